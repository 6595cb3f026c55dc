"""Tells whoever flagged a case, once, that its deadline has passed and the verdict takes longer.

At a fixed time of the day and on a later day than the flag, so that it shows nothing of when one was
sent (refusal: no-disclosure-of-flaggers).
"""

from collections.abc import Sequence

from handlers.conversation import ClubSettings, Html, Speech, speech_to
from handlers.messages import Message
from handlers.notifications import pack_text
from handlers.recognition.plain_text import opening_words
from handlers.views.defang import defang
from handlers.views.verdict import day_of
from storage import schedules
from storage.cases import flags
from storage.cases.flags import OwnFlag
from storage.database import Clock, Tx
from storage.database.due import Due
from storage.members import members
from storage.models import Lane, MailingKind
from storage.outbox import enqueue

_MOST_CODES = 20
_QUOTED = 80
"""Characters of each post that are quoted."""


def first_due(clock: Clock, club: ClubSettings) -> Due:
    """When notices of delay are to be sent (`send_delay_notices`)."""
    delayed = flags.has_delayed(club.deadlines.by_category, lambda: day_of(clock.now(), club))
    return schedules.every_day_from(clock, club.officer_digest_minute, club.timezone, delayed)


async def send_delay_notices(tx: Tx, club: ClubSettings) -> int:
    """Queues one message for each member whose cases are overdue; returns how many.

    Before the time of the officers' digest, when officers are reminded, it does nothing.
    """
    if not schedules.is_after(tx.clock.now(), club.officer_digest_minute, club.timezone):
        return 0
    today = day_of(tx.clock.now(), club)
    delayed = await flags.claim_delayed(tx, club.deadlines.by_category, today)
    bodies: dict[int, str] = {}
    for member_id, own in delayed.items():
        member = await members.get(tx, member_id)
        say = speech_to(club, member.language, member.role)
        bodies[member_id] = pack_text(_message(own, say))
    if bodies:
        await _queue(tx, bodies)
    return len(bodies)


def _message(delayed: Sequence[OwnFlag], say: Speech) -> Message:
    shown = sorted(delayed, key=lambda own: own.code)[:_MOST_CODES]
    codes = ", ".join(own.code for own in shown)
    quotes = [_quote(own, say) for own in shown if own.opening]
    return Message(Html("\n".join([say("flag-delayed", count=len(delayed), codes=codes), *quotes])))


def _quote(own: OwnFlag, say: Speech) -> Html:
    words = defang(opening_words(own.opening, _QUOTED))
    return say("flag-delayed-quote", code=own.code, quote=words)


async def _queue(tx: Tx, bodies: dict[int, str]) -> None:
    mailing = await enqueue.open_mailing(
        tx, kind=MailingKind.NOTICE, subject=f"delays {tx.ids.number()}", lane=Lane.NOTICE
    )
    if mailing is not None:
        await enqueue.add_recipients(tx, mailing, bodies, bodies=bodies)
