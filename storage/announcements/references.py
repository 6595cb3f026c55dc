"""How announcements are referred to: by their id in code, by their label among people.

The label is the number, which an announcement is given when it goes out; before that it is a provisional
one of its id, `N12`. A correction is known by what it corrects.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, Table, cast, func, literal, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.database import Tx, id_of
from storage.models import Announcement

PROVISIONAL = "N"
"""Before the id of an announcement without a number: “nháp”, a draft."""


@dataclass(frozen=True)
class Reference:
    """An announcement, as buttons carry it (`id`) and as people read it (`label`)."""

    id: int
    """For a correction, the id of what it corrects; 0 for none, as for a sample."""
    number: int | None = None
    """None until it goes out."""

    @property
    def label(self) -> str:
        """The number; before it goes out `N` and the id."""
        return str(self.number) if self.number is not None else provisional(self.id)


def provisional(announcement_id: int) -> str:
    """The label of an announcement before it has a number."""
    return f"{PROVISIONAL}{announcement_id}"


def reference(announcement: Announcement) -> Reference:
    """The reference of an announcement that is no correction."""
    return Reference(id_of(announcement), announcement.number)


async def of(tx: Tx, announcement_id: int) -> Reference:
    """The reference of the announcement with this id; without a number if there is none."""
    return (await of_all(tx, [announcement_id])).get(announcement_id, Reference(announcement_id))


async def of_all(tx: Tx, ids: Collection[int]) -> dict[int, Reference]:
    """The references of these announcements by their ids, in one query; unknown ids are left out."""
    if not ids:
        return {}
    corrected = aliased(Announcement)
    query = (
        select(
            col(Announcement.id),
            func.coalesce(Announcement.corrects_id, Announcement.id),
            func.coalesce(Announcement.number, corrected.number),
        )
        .outerjoin(corrected, col(corrected.id) == Announcement.corrects_id)
        .where(col(Announcement.id).in_(list(ids)))
    )
    return {row[0]: Reference(row[1], row[2]) for row in (await tx.execute(query)).all()}


async def with_number(tx: Tx, number: int) -> Reference | None:
    """The announcement that was given this number; None if none was."""
    return await _first(tx, col(Announcement.number) == number)


async def with_provisional(tx: Tx, announcement_id: int) -> Reference | None:
    """The announcement that has or had the provisional label of this id; None if there is none."""
    is_one = col(Announcement.corrects_id).is_(None)
    return await _first(tx, (col(Announcement.id) == announcement_id) & is_one)


async def _first(tx: Tx, condition: ColumnElement[bool]) -> Reference | None:
    query = select(col(Announcement.id), col(Announcement.number)).where(condition)
    row = (await tx.execute(query)).first()
    return Reference(row[0], row[1]) if row else None


def label_column(announcement_id: ColumnElement[Any], table: Table) -> ColumnElement[str]:
    """The label of the announcement with the id that a query of `table` finds for each row."""
    one, corrected = aliased(Announcement), aliased(Announcement)
    number = cast(func.coalesce(one.number, corrected.number), String)
    label = func.coalesce(number, literal(PROVISIONAL) + cast(one.id, String))
    return (
        select(label)
        .select_from(one)
        .outerjoin(corrected, col(corrected.id) == one.corrects_id)
        .where(col(one.id) == announcement_id)
        .correlate(table)
        .scalar_subquery()
    )
