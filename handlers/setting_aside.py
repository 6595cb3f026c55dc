"""A message that ended the bot twice is not handled again; its sender and the officers are told."""

from handlers.messages import Message
from handlers.outgoing import tell_officers
from handlers.settings import ClubSettings
from handlers.speech import Speech
from storage.database.engine import Tx
from storage.members import members


async def tell(tx: Tx, club: ClubSettings, reference: str) -> None:
    """Tells officers that it happened, and under what reference the log has it; not whose it was."""

    def write(say: Speech) -> Message:
        return Message(say("set-aside-notice", reference=reference))

    await tell_officers(
        tx, club, await members.officers(tx), f"set aside {reference}", write, about=None
    )
