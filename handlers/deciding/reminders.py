"""Notifies officers of new cases in batches and of overdue cases once a day; never at the minute of
a flag (refusal: no-disclosure-of-flaggers)."""

from collections.abc import Callable, Mapping

from handlers import notifications
from handlers.conversation import ClubSettings, Html, Speech
from handlers.messages import Button, Message
from handlers.views.verdict import day_of
from storage.cases import queue
from storage.cases.queue import QueueFilter
from storage.database import Tx
from storage.members import members
from storage.models import Category


async def notify_new_cases(tx: Tx, club: ClubSettings) -> int:
    """Queues one notice about all new cases whose batch has ended; returns their number."""
    counts = await queue.claim_new(tx)
    if counts:
        await _notify_officers(
            tx, club, f"new cases {tx.ids.number()}", lambda say: _new_cases_message(counts, say)
        )
    return sum(counts.values())


def _new_cases_message(counts: Mapping[Category, int], say: Speech) -> Message:
    lines = [
        say("case-news-line", count=count, category=say(f"flag-category-{category.value}"))
        for category, count in sorted(counts.items())
    ]
    text = Html("\n".join([say("case-news", count=sum(counts.values())), *lines]))
    return Message(text, ((Button(say.plain("case-news-open"), action="queue:0"),),))


async def notify_overdue_cases(tx: Tx, club: ClubSettings) -> int:
    """Queues one notice about cases that became overdue today; returns their number.

    Before the time of the officers' digest it does nothing.
    """
    local = tx.clock.now().astimezone(club.timezone)
    if local.hour * 60 + local.minute < club.officer_digest_minute:
        return 0
    count = await queue.claim_overdue(tx, club.deadlines.by_category, day_of(tx.clock.now(), club))
    if count:
        await _notify_officers(
            tx, club, f"late cases {tx.ids.number()}", lambda say: _overdue_message(count, say)
        )
    return count


def _overdue_message(count: int, say: Speech) -> Message:
    return Message(
        say("case-late-notice", count=count),
        ((Button(say.plain("case-late-open"), action=f"queue:0:{QueueFilter.LATE.value}"),),),
    )


async def _notify_officers(
    tx: Tx, club: ClubSettings, subject: str, write: Callable[[Speech], Message]
) -> None:
    await notifications.notify_officers(
        tx, club, await members.officers(tx), subject, write, about=None
    )
