"""What officers are told at once, past the outbox, when the bot cannot do what is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from handlers.conversation.i18n import Speech, speech_to
from handlers.conversation.settings import ClubSettings
from handlers.messages import Address, Message
from handlers.notifications import tell_officers
from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.members import members
from storage.models import Purpose, Role


class AlarmKind(StrEnum):
    """What needs a person; docs/operations.md says for each what to do."""

    CLOCK = "clock"
    """What comes round by itself is not done."""
    UPDATES = "updates"
    """What people write has no effect in time."""
    QUEUE = "queue"
    """The outbox does not move, though something is due."""
    WEBHOOK = "webhook"
    """The messenger cannot bring what people write."""
    DISK = "disk"
    """There is hardly any room left for the database."""
    TOKEN = "token"  # noqa: S105 - what is wrong, not a token
    """A messenger does not accept the bot any more."""


@dataclass(frozen=True)
class AlarmRecipient:
    """An officer who agreed to be told of their duties, and where, best first."""

    addresses: tuple[Address, ...]
    language: str


async def recipients(tx: Tx) -> list[AlarmRecipient]:
    """Everybody who is to be told, in the chat they prefer or, where that fails, in another."""
    found = []
    for officer in await members.officers(tx):
        number = id_of(officer)
        if Purpose.DUTIES not in await members.agreed(tx, number):
            continue
        contacts = await members.contacts_of(tx, number)
        contacts.sort(key=lambda contact: not contact.preferred)
        addresses = tuple(
            Address(contact.messenger, members.chat_of(tx, contact))
            for contact in contacts
            if contact.unreachable_since is None
        )
        if addresses:
            found.append(AlarmRecipient(addresses, officer.language))
    return found


def raised_message(
    club: ClubSettings, language: str, trouble: AlarmKind, values: Mapping[str, str]
) -> Message:
    """Something needs a person."""
    say = speech_to(club, language, Role.OFFICER)
    return Message(say(f"alarm-{trouble.value}", **values))


def resolved_message(
    club: ClubSettings, language: str, trouble: AlarmKind, values: Mapping[str, str]
) -> Message:
    """It is well again, and what was missed is made up for."""
    say = speech_to(club, language, Role.OFFICER)
    return Message(say(f"alarm-over-{trouble.value}", **values))


async def tell_set_aside(tx: Tx, club: ClubSettings, reference: str) -> None:
    """Tells officers that it happened, and under what reference the log has it; not whose it was."""

    def write(say: Speech) -> Message:
        return Message(say("set-aside-notice", reference=reference))

    await tell_officers(
        tx, club, await members.officers(tx), f"set aside {reference}", write, about=None
    )
