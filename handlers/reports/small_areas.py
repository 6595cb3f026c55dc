"""k-anonymity of areas: areas with fewer than `SMALLEST_SHOWN` members are merged into one group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.views.small_counts import SMALLEST_SHOWN
from storage.announcements.statistics import OfArea

MOST = 15
"""Groups in one chart; the smallest areas beyond are merged."""


@dataclass(frozen=True)
class Group:
    """One area, or several that are merged."""

    areas: tuple[str | None, ...]
    figures: OfArea

    @property
    def is_joint(self) -> bool:
        """Whether it is several merged areas."""
        return len(self.areas) > 1


def groups(by_area: Mapping[str | None, OfArea], order: Sequence[str | None]) -> list[Group]:
    """Areas in the club's own order, never by size, and the merged group last.

    A small area cannot be computed as the rest of a total: the merged group has at least
    `SMALLEST_SHOWN` members and more than one area. Empty if no area can be shown alone.
    """
    by_size = sorted(by_area, key=lambda area: (by_area[area].sent, str(area)))
    joint = [area for area in by_size if by_area[area].sent < SMALLEST_SHOWN]
    alone = [area for area in by_size if area not in joint]
    beyond = max(0, len(alone) - (MOST - 1 if joint or len(alone) > MOST else MOST))
    joint, alone = joint + alone[:beyond], alone[beyond:]
    while joint and alone and _sum(by_area, joint).sent < SMALLEST_SHOWN:
        joint.append(alone.pop(0))
    if not alone:
        return []
    configured = [area for area in order if area in alone]
    others = [area for area in alone if area not in configured]
    single = [Group((area,), by_area[area]) for area in [*configured, *others]]
    return [*single, Group(tuple(joint), _sum(by_area, joint))] if joint else single


def _sum(by_area: Mapping[str | None, OfArea], areas: Sequence[str | None]) -> OfArea:
    each = [by_area[area] for area in areas]
    return OfArea(
        sum(one.sent for one in each),
        sum(one.opened for one in each),
        sum(one.shared for one in each),
    )
