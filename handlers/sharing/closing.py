"""Until when an announcement takes shares, and what is forgotten when it takes none any more."""

from datetime import datetime, timedelta

from handlers.announcing.archive import readable
from handlers.conversation.context import Context, UserError
from handlers.views.announcement import Content, unpack
from storage.announcements import published, shares
from storage.database.engine import Tx

AFTER_THE_END = timedelta(days=1)
"""What was shared in time can still be told."""
WITHOUT_AN_END = timedelta(days=90)
"""How long an announcement that holds without an end takes shares."""


async def still_open(context: Context, number: int) -> Content:
    """The announcement, if a share of it can still be told or added to.

    Raises:
        UserError: it is closed, or not for this member.
    """
    content = await readable(context, number)
    if is_closed(content, await published.sent_at(context.tx, number), context.now):
        raise UserError("share-closed", number=str(number))
    return content


def is_closed(content: Content, sent_at: datetime | None, now: datetime) -> bool:
    """Whether nothing is noted any more of an announcement that began to go out at `sent_at`."""
    if content.valid_until is not None:
        return content.valid_until + AFTER_THE_END <= now
    return sent_at is not None and sent_at + WITHOUT_AN_END <= now


async def forget_refusals(tx: Tx) -> int:
    """*Not for me* is kept only to stop asking: it goes with its announcement. Returns how many."""
    gone = 0
    for number in await shares.refused(tx):
        found = await published.find(tx, number)
        sent_at = await published.sent_at(tx, number)
        if found is None or is_closed(unpack(found.content), sent_at, tx.clock.now()):
            gone += await shares.forget_refusals(tx, number)
    return gone
