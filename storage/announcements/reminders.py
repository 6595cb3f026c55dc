"""Reminders that members asked for: one for each announcement and member."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, exists, select

from storage.database import Tx, insert
from storage.database.due import Due, earliest
from storage.models import Member, MemberState, Reminder

_BATCH = 500
"""Reminders per transaction; far more than a messenger's rate limit allows in a second."""


async def ask(tx: Tx, announcement_id: int, member_id: int, due_at: datetime) -> None:
    """Sets the member's reminder of this announcement; an earlier one is replaced."""
    row = {"announcement_id": announcement_id, "member_id": member_id, "due_at": due_at}
    unique = ["announcement_id", "member_id"]
    asked = insert(tx, Reminder).values(row)
    await tx.execute(asked.on_conflict_do_update(index_elements=unique, set_={"due_at": due_at}))


async def asked_for(tx: Tx, announcement_id: int, member_id: int) -> datetime | None:
    """When the member's reminder of this announcement is due; None without one."""
    return await tx.first(
        select(Reminder.due_at).where(
            Reminder.announcement_id == announcement_id, Reminder.member_id == member_id
        )
    )


def is_asked_for(announcement_id: int, member_id: int) -> ColumnElement[bool]:
    """Whether the member has asked for a reminder of this announcement, in a query."""
    return exists().where(
        col(Reminder.announcement_id) == announcement_id, col(Reminder.member_id) == member_id
    )


async def discard(tx: Tx, announcement_id: int, member_id: int) -> None:
    """Deletes the member's reminder of this announcement."""
    of_member = (
        col(Reminder.announcement_id) == announcement_id,
        col(Reminder.member_id) == member_id,
    )
    await tx.session.exec(delete(Reminder).where(*of_member))


def first_due() -> Due:
    """When the first reminder is due."""
    return [earliest(Reminder.due_at)]


async def take_due(tx: Tx) -> Mapping[int, list[int]]:
    """Claims due reminders: announcement to its members who are active now.

    Exactly one process gets each: a reminder counts for the transaction that deleted its row.
    """
    due = select(Reminder.id).where(Reminder.due_at <= tx.clock.now())
    ids = await tx.all(due.order_by(col(Reminder.due_at)).limit(_BATCH))
    if not ids:
        return {}
    deleted = await tx.execute(
        delete(Reminder)
        .where(col(Reminder.id).in_(ids))
        .returning(col(Reminder.announcement_id), col(Reminder.member_id))
    )
    return await _by_announcement(tx, [(row[0], row[1]) for row in deleted])


async def _by_announcement(tx: Tx, reminders: list[tuple[int, int]]) -> dict[int, list[int]]:
    query = select(Member.id).where(
        col(Member.id).in_({member for _, member in reminders}), Member.state == MemberState.ACTIVE
    )
    active = set(await tx.all(query))
    grouped: dict[int, list[int]] = {}
    for announcement, member in reminders:
        if member in active:
            grouped.setdefault(announcement, []).append(member)
    return grouped
