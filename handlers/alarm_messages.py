"""Alarm messages to officers, sent directly and not through the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.conversation import ClubSettings, Speech, speech_to
from handlers.messages import Address, Message
from handlers.notifications import notify_officers
from storage.database import Tx, id_of
from storage.members import members
from storage.models import Purpose, Role
from storage.outbox.window_audience import is_free


class AlarmKind(StrEnum):
    """The alarms; docs/operations.md says what to do for each."""

    CLOCK = "clock"
    """Scheduled jobs do not run."""
    UPDATES = "updates"
    """Updates are not handled in time."""
    QUEUE = "queue"
    """Due deliveries of the outbox are not sent."""
    WEBHOOK = "webhook"
    """The messenger cannot deliver updates to the webhook."""
    DISK = "disk"
    """Little disk space is left for the database."""
    TOKEN = "token"  # noqa: S105 - what is wrong, not a token
    """A messenger rejects the token."""
    ZALO_USERS = "zalo-users"
    """The Zalo account serves nearly as many people as its plan allows."""
    GRANT = "grant"
    """The Official Account grants no access, or soon will not."""


@dataclass(frozen=True)
class AlarmRecipient:
    """An officer who agreed to messages about their duties, with addresses, the preferred first."""

    addresses: tuple[Address, ...]
    language: str


async def recipients(tx: Tx, club: ClubSettings) -> list[AlarmRecipient]:
    """The officers to alarm, with every chat in which they can be reached free of charge."""
    entries = []
    for officer in await members.officers(tx):
        number = id_of(officer)
        if Purpose.DUTIES not in await members.agreed(tx, number):
            continue
        contacts = await members.contacts_of(tx, number)
        contacts.sort(key=lambda contact: not contact.preferred)
        addresses = tuple(
            Address(contact.messenger, members.chat_of(tx, contact))
            for contact in contacts
            if contact.unreachable_since is None and is_free(tx, contact, club.metered)
        )
        if addresses:
            entries.append(AlarmRecipient(addresses, officer.language))
    return entries


def raised_message(
    club: ClubSettings, language: str, kind: AlarmKind, values: Mapping[str, str]
) -> Message:
    """The message that an alarm was raised."""
    return Message(speech_to(club, language, Role.OFFICER)(f"alarm-{kind.value}", **values))


def resolved_message(
    club: ClubSettings, language: str, kind: AlarmKind, values: Mapping[str, str]
) -> Message:
    """The message that an alarm is over."""
    return Message(speech_to(club, language, Role.OFFICER)(f"alarm-over-{kind.value}", **values))


async def notify_permission_revoked(tx: Tx, club: ClubSettings, at: datetime) -> None:
    """Notifies officers that the Official Account no longer lets the bot act for it, once for each time."""

    def write(say: Speech) -> Message:
        return Message(say("permission-revoked-notice", when=say.moment(at)))

    subject = f"permission revoked {at.isoformat()}"
    await notify_officers(tx, club, await members.officers(tx), subject, write, about=None)


async def notify_set_aside(tx: Tx, club: ClubSettings, reference: str) -> None:
    """Notifies officers that an update was set aside; the notice has its reference in the log only."""

    def write(say: Speech) -> Message:
        return Message(say("set-aside-notice", reference=reference))

    await notify_officers(
        tx, club, await members.officers(tx), f"set aside {reference}", write, about=None
    )
