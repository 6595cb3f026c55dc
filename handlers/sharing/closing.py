"""The deadline of shares of an announcement, and what is deleted after it."""

from datetime import datetime, timedelta

from handlers.announcing.archive import find_readable
from handlers.conversation import Context, require
from handlers.views.announcement import Content, unpack
from storage.announcements import published, shares
from storage.announcements.published import Published
from storage.announcements.references import Reference
from storage.database import Tx

AFTER_THE_END = timedelta(days=1)
"""For so long after its end a share of an announcement can still be confirmed."""
WITHOUT_AN_END = timedelta(days=90)
"""For so long an announcement without an end takes shares."""


async def still_open(context: Context, which: Reference, known: Published | None = None) -> Content:
    """The announcement, if shares of it can still be confirmed or changed.

    `known` is the announcement, if it was found already in this transaction.

    Raises:
        UserError: it is closed, or not for this member.
    """
    found = await find_readable(context, which, known=known)
    is_open = not is_closed(found.content, found.sent_at, context.now)
    require(is_open, "share-closed", number=which.label)
    return found.content


def is_closed(content: Content, sent_at: datetime | None, now: datetime) -> bool:
    """Whether the deadline of shares is over; `sent_at` is when sending began, if it did."""
    if content.valid_until is not None:
        return content.valid_until + AFTER_THE_END <= now
    return sent_at is not None and sent_at + WITHOUT_AN_END <= now


async def delete_refusals(tx: Tx) -> int:
    """Deletes *Not for me* answers of closed announcements; returns how many.

    They are stored only so that the member is not asked again.
    """
    deleted = 0
    for announcement_id in await shares.refused(tx):
        found = await published.find(tx, announcement_id)
        if found is None or is_closed(unpack(found.content), found.sent_at, tx.clock.now()):
            deleted += await shares.delete_refusals(tx, announcement_id)
    return deleted
