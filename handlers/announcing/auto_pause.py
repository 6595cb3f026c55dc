"""Pauses a mailing that the messenger keeps refusing (circuit breaker), and notifies officers."""

from handlers.conversation import ClubSettings, Speech
from handlers.messages import Message
from handlers.notifications import notify_officers
from storage.database import Tx
from storage.members import members
from storage.outbox import mailings


async def pause_mailing(tx: Tx, club: ClubSettings, mailing_id: int) -> None:
    """Pauses the mailing and notifies the officers; does nothing if it is not being sent."""
    mailing = await mailings.find_shown(tx, mailing_id)
    if mailing is None or not await mailings.pause(tx, mailing_id):
        return

    def write(say: Speech) -> Message:
        return Message(say("progress-halted", number=str(mailing.announcement_id)))

    # It may be paused, resumed and paused again: each time gets a notice of its own.
    subject = f"halted {mailing_id} {tx.clock.now():%Y%m%dT%H%M%S}"
    await notify_officers(tx, club, await members.officers(tx), subject, write, about=None)
