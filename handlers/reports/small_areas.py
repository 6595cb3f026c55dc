"""Areas with so few members that figures would speak of one of them are told together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.views.small_counts import SMALLEST_SHOWN
from storage.announcements.statistics import OfArea

MOST = 15
"""Areas told apart in one picture; the smallest beyond are told together."""


@dataclass(frozen=True)
class Group:
    """One area, or several told together."""

    areas: tuple[str | None, ...]
    figures: OfArea

    @property
    def is_joint(self) -> bool:
        return len(self.areas) > 1


def groups(found: Mapping[str | None, OfArea], order: Sequence[str | None]) -> list[Group]:
    """Areas in the club's own order, never by size, and those told together last.

    Nobody can work out a small area from the others: what is told together has `SMALLEST_SHOWN` members at
    least and is always of more than one area. Empty when no area could be told apart.
    """
    by_size = sorted(found, key=lambda area: (found[area].sent, str(area)))
    joint = [area for area in by_size if found[area].sent < SMALLEST_SHOWN]
    alone = [area for area in by_size if area not in joint]
    beyond = max(0, len(alone) - (MOST - 1 if joint or len(alone) > MOST else MOST))
    joint, alone = joint + alone[:beyond], alone[beyond:]
    while joint and alone and _sum(found, joint).sent < SMALLEST_SHOWN:
        joint.append(alone.pop(0))
    if not alone:
        return []
    known = [area for area in order if area in alone]
    others = [area for area in alone if area not in known]
    single = [Group((area,), found[area]) for area in [*known, *others]]
    return [*single, Group(tuple(joint), _sum(found, joint))] if joint else single


def _sum(found: Mapping[str | None, OfArea], areas: Sequence[str | None]) -> OfArea:
    each = [found[area] for area in areas]
    return OfArea(
        sum(one.sent for one in each),
        sum(one.opened for one in each),
        sum(one.shared for one in each),
    )
