"""Messages that go out through the outbox, written once for every language."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from handlers.messages import Message
from handlers.settings import LANGUAGES, ClubSettings
from handlers.speech import Speech, speech_to
from storage import outbox, people
from storage.engine import Tx
from storage.models import Lane, MailingKind, Member, Purpose, Role

_MESSAGE = TypeAdapter(Message)


def pack(message: Message) -> dict[str, Any]:
    """A message as JSON, the way a mailing keeps it."""
    packed: dict[str, Any] = _MESSAGE.dump_python(message, mode="json", exclude_defaults=True)
    return packed


def pack_text(message: Message) -> str:
    """The same as a string, the way a delivery keeps a message of its own."""
    return json.dumps(pack(message), ensure_ascii=False)


def unpack(packed: object) -> Message:
    """The message that was packed."""
    return _MESSAGE.validate_python(packed)


def unpack_text(packed: str) -> Message:
    """The message that was packed as a string."""
    return _MESSAGE.validate_json(packed)


def in_every_language(
    club: ClubSettings, write: Callable[[Speech], Message], role: Role | None = None
) -> dict[str, Any]:
    """The bodies of a mailing: what `write` says, in each language, to people of this role."""
    return {language: pack(write(speech_to(club, language, role))) for language in LANGUAGES}


def choose(bodies: Mapping[str, object], language: str) -> Message:
    """The body in this language, or in Vietnamese when there is none."""
    return unpack(bodies.get(language) or bodies[LANGUAGES[0]])


async def tell_officers(
    tx: Tx,
    club: ClubSettings,
    officers: Iterable[Member],
    subject: str,
    write: Callable[[Speech], Message],
    *,
    not_before: datetime | None = None,
) -> None:
    """Queues a word to those of these officers who agreed to be told of their duties.

    Asking twice for one `subject` tells them once.
    """
    duties = Purpose.DUTIES
    await tell(tx, club, officers, subject, write, purpose=duties, not_before=not_before)


async def tell(
    tx: Tx,
    club: ClubSettings,
    members: Iterable[Member],
    subject: str,
    write: Callable[[Speech], Message],
    *,
    purpose: Purpose | None = None,
    not_before: datetime | None = None,
) -> None:
    """Queues a word to these members: an answer they asked for, or one they agreed to."""
    readers = list(members)
    role = Role.OFFICER if all(reader.role.is_officer for reader in readers) else Role.MEMBER
    mailing = await outbox.open_mailing(
        tx,
        kind=MailingKind.NOTICE,
        subject=subject,
        lane=Lane.NOTICE,
        bodies=in_every_language(club, write, role),
        purpose=purpose,
    )
    if mailing is not None:
        numbers = [people.number_of(reader) for reader in readers]
        await outbox.add_recipients(tx, mailing, numbers, not_before=not_before)


async def tell_in_confidence(
    tx: Tx, club: ClubSettings, member: Member, subject: str, write: Callable[[Speech], Message]
) -> None:
    """Queues an answer that speaks of the member's own affairs: sealed while it waits, then gone."""
    mailing = await outbox.open_mailing(
        tx, kind=MailingKind.NOTICE, subject=subject, lane=Lane.NOTICE, bodies={}
    )
    if mailing is not None:
        number = people.number_of(member)
        body = pack_text(write(speech_to(club, member.language, member.role)))
        await outbox.add_recipients(tx, mailing, [number], bodies={number: body})
