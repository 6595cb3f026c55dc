"""Feedback on a meeting: of one member, of whom nothing is recorded with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database import Tx, sealing
from storage.models import MeetingFeedback, Rsvp

SHOWN_FROM = 5
"""Feedback of fewer people is not shown."""
RATINGS = range(1, 6)
_WORDS = "meetingfeedback.words"
_MARK_BITS = 2**31 - 1


@dataclass(frozen=True)
class Ratings:
    """Answers to the three questions, each one of `RATINGS`."""

    content: int
    organisation: int
    place: int


async def give(tx: Tx, rsvp: Rsvp, ratings: Ratings, words: str) -> bool:
    """Stores feedback, which officers see with the batch; False for a second one."""
    if rsvp.gave_feedback:
        return False
    rsvp.gave_feedback = True
    row = MeetingFeedback(
        meeting_id=rsvp.meeting_id,
        content_rating=ratings.content,
        organisation_rating=ratings.organisation,
        place_rating=ratings.place,
        mark=tx.ids.number() & _MARK_BITS,
        shown_from=tx.batches.end(tx.clock.now()),
    )
    await (sealing.add(tx, row, words=words) if words else _add(tx, row))
    return True


async def averages(tx: Tx, meeting_id: int) -> tuple[int, Ratings] | None:
    """How many gave feedback, and their average ratings in hundredths; None below `SHOWN_FROM`."""
    rows = await tx.all(_shown(tx, meeting_id))
    if len(rows) < SHOWN_FROM:
        return None
    asked = ("content_rating", "organisation_rating", "place_rating")
    sums = (sum(getattr(row, name) for row in rows) for name in asked)
    return len(rows), Ratings(*(round(100 * one / len(rows)) for one in sums))


async def words(tx: Tx, meeting_id: int, *, limit: int, offset: int = 0) -> Sequence[str]:
    """What people wrote, in a random order that stays; nothing below `SHOWN_FROM` people."""
    if await averages(tx, meeting_id) is None:
        return []
    written = _shown(tx, meeting_id).where(col(MeetingFeedback.words_sealed).is_not(None))
    query = written.order_by(col(MeetingFeedback.mark), col(MeetingFeedback.id))
    return [
        sealing.opened(tx, _WORDS, row.words_sealed, row)
        for row in await tx.all(query.limit(limit).offset(offset))
        if row.words_sealed is not None
    ]


async def count(tx: Tx, meeting_id: int) -> int:
    """How many gave feedback, shown or not."""
    of_meeting = MeetingFeedback.meeting_id == meeting_id
    return await tx.one(select(func.count()).select_from(MeetingFeedback).where(of_meeting))


async def _add(tx: Tx, row: MeetingFeedback) -> None:
    tx.session.add(row)
    await tx.session.flush()


def _shown(tx: Tx, meeting_id: int) -> SelectOfScalar[MeetingFeedback]:
    return select(MeetingFeedback).where(
        MeetingFeedback.meeting_id == meeting_id,
        col(MeetingFeedback.shown_from) <= tx.clock.now(),
    )
