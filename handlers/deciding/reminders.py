"""Notifies officers of new cases in batches and of overdue cases once a day; never at the minute of
a flag (refusal: no-disclosure-of-flaggers)."""

from collections.abc import Callable, Mapping, Sequence

from handlers import notifications
from handlers.conversation import ClubSettings, Html, Speech
from handlers.flagging.post import unpack
from handlers.messages import Button, Message
from handlers.views.verdict import day_of
from storage import schedules
from storage.announcements import official_texts
from storage.announcements.official_texts import KnownText
from storage.cases import cases, posts, queue
from storage.cases.queue import QueueFilter
from storage.database import Clock, Tx
from storage.database.due import Due
from storage.members import members
from storage.models import Category

_FORGED_SHOWN = 3
"""Maximum number of forged texts with a button in one notice; the queue lists all of them."""


async def notify_new_cases(tx: Tx, club: ClubSettings) -> int:
    """Queues one notice about all new cases whose batch has ended; returns their number."""
    new = await queue.claim_new(tx)
    if new.counts:
        forged = await _forged(tx, new.impersonations)
        await _notify_officers(
            tx,
            club,
            f"new cases {tx.ids.number()}",
            lambda say: _new_cases_message(new.counts, forged, say),
        )
    return sum(new.counts.values())


async def _forged(tx: Tx, codes: Sequence[str]) -> list[tuple[str, KnownText]]:
    """The cases about a changed copy of an official text, each with that text."""
    found = []
    for code in codes:
        case = await cases.with_code(tx, code)
        content = await posts.first_content(tx, case) if case else None
        imitates = unpack(content).imitates if content else 0
        if imitates and (known := await official_texts.numbered(tx, imitates)):
            found.append((code, known))
    return found


def _new_cases_message(
    counts: Mapping[Category, int], forged: Sequence[tuple[str, KnownText]], say: Speech
) -> Message:
    lines = [
        say("case-news-line", count=count, category=say(f"flag-category-{category.value}"))
        for category, count in sorted(counts.items())
    ]
    text = Html("\n".join([say("case-news", count=sum(counts.values())), *lines]))
    rows = tuple((_forged_button(code, known, say),) for code, known in forged[:_FORGED_SHOWN])
    return Message(text, (*rows, (Button(say.plain("case-news-open"), action="queue:0"),)))


def _forged_button(code: str, known: KnownText, say: Speech) -> Button:
    """Opens the case of a forged text at once."""
    if known.announcement is None:
        return Button(say.plain("case-news-forged-verdict"), action=f"case:{code}")
    label = say.plain("case-news-forged", number=known.announcement.label)
    return Button(label, action=f"case:{code}")


def first_overdue(clock: Clock, club: ClubSettings) -> Due:
    """When cases that became overdue are to be told of (`notify_overdue_cases`)."""
    overdue = queue.has_overdue(
        clock, club.deadlines.by_category, lambda: day_of(clock.now(), club)
    )
    return schedules.every_day_from(clock, club.officer_digest_minute, club.timezone, overdue)


async def notify_overdue_cases(tx: Tx, club: ClubSettings) -> int:
    """Queues one notice about cases that became overdue today; returns their number.

    Before the time of the officers' digest it does nothing.
    """
    if not schedules.is_after(tx.clock.now(), club.officer_digest_minute, club.timezone):
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
