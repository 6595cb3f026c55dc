"""Tells whoever flagged a case, once, that its deadline has passed and the verdict takes longer.

At a fixed time of the day and on a later day than the flag, so that it shows nothing of when one was
sent (refusal: no-disclosure-of-flaggers).
"""

from collections.abc import Collection

from handlers.conversation import ClubSettings, Speech, speech_to
from handlers.messages import Message
from handlers.notifications import pack_text
from handlers.views.verdict import day_of
from storage.cases import flags
from storage.database import Tx
from storage.members import members
from storage.models import Lane, MailingKind
from storage.outbox import enqueue

_MOST_CODES = 20


async def send_delay_notices(tx: Tx, club: ClubSettings) -> int:
    """Queues one message for each member whose cases are overdue; returns how many.

    Before the time of the officers' digest, when officers are reminded, it does nothing.
    """
    local = tx.clock.now().astimezone(club.timezone)
    if local.hour * 60 + local.minute < club.officer_digest_minute:
        return 0
    today = day_of(tx.clock.now(), club)
    delayed = await flags.claim_delayed(tx, club.deadlines.by_category, today)
    bodies: dict[int, str] = {}
    for member_id, codes in delayed.items():
        member = await members.get(tx, member_id)
        say = speech_to(club, member.language, member.role)
        bodies[member_id] = pack_text(_message(codes, say))
    if bodies:
        await _queue(tx, bodies)
    return len(bodies)


def _message(codes: Collection[str], say: Speech) -> Message:
    shown = ", ".join(sorted(codes)[:_MOST_CODES])
    return Message(say("flag-delayed", count=len(codes), codes=shown))


async def _queue(tx: Tx, bodies: dict[int, str]) -> None:
    mailing = await enqueue.open_mailing(
        tx, kind=MailingKind.NOTICE, subject=f"delays {tx.ids.number()}", lane=Lane.NOTICE
    )
    if mailing is not None:
        await enqueue.add_recipients(tx, mailing, bodies, bodies=bodies)
