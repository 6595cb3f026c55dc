"""An announcement that the messenger refuses again and again stops by itself; officers are told."""

from handlers.conversation.i18n import Speech
from handlers.conversation.settings import ClubSettings
from handlers.messages import Message
from handlers.notifications import tell_officers
from storage.database.engine import Tx
from storage.members import members
from storage.outbox import mailings


async def halt(tx: Tx, club: ClubSettings, mailing_id: int) -> None:
    """Pauses the announcement and tells the officers, unless it does not go out any more."""
    mailing = await mailings.find_shown(tx, mailing_id)
    if mailing is None or not await mailings.pause(tx, mailing_id):
        return

    def write(say: Speech) -> Message:
        return Message(say("progress-halted", number=str(mailing.announcement_id)))

    # It may stop, be let go on, and stop again: each time is told.
    subject = f"halted {mailing_id} {tx.clock.now():%Y%m%dT%H%M%S}"
    await tell_officers(tx, club, await members.officers(tx), subject, write, about=None)
