"""What officers are told at once, past the outbox, when the bot cannot do what is due."""

from dataclasses import dataclass

from handlers.messages import Address, Message
from handlers.settings import ClubSettings
from handlers.speech import Speech
from storage import people
from storage.engine import Tx
from storage.models import Purpose, Role


@dataclass(frozen=True)
class Listener:
    """An officer who agreed to be told of their duties, and where."""

    address: Address
    language: str


async def listeners(tx: Tx) -> list[Listener]:
    """Everybody who is to be told, in the chat they prefer."""
    found = []
    for officer in await people.officers(tx):
        number = people.number_of(officer)
        contact = await people.contact_of(tx, number)
        agreed = Purpose.DUTIES in await people.agreed(tx, number)
        if agreed and contact and contact.unreachable_since is None:
            address = Address(contact.messenger, people.chat_of(tx, contact))
            found.append(Listener(address, officer.language))
    return found


def not_done(club: ClubSettings, language: str) -> Message:
    """Something that is due cannot be done."""
    return Message(_speech(club, language)("alarm-not-done"))


def done_again(club: ClubSettings, language: str) -> Message:
    """It can be done again, and what was missed is made up for."""
    return Message(_speech(club, language)("alarm-done-again"))


def _speech(club: ClubSettings, language: str) -> Speech:
    return Speech(language, club.timezone, you=club.address(language, Role.OFFICER))
