"""Notices through the outbox, written once for every language."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from handlers.conversation import LANGUAGES, ClubSettings, Speech, speech_to
from handlers.messages import Address, Message
from storage.database import Tx, id_of
from storage.models import Lane, MailingKind, Member, Purpose, Role
from storage.outbox import enqueue

_MESSAGE = TypeAdapter(Message)


def pack(message: Message) -> dict[str, Any]:
    """A message as JSON, as a mailing stores it."""
    packed: dict[str, Any] = _MESSAGE.dump_python(message, mode="json", exclude_defaults=True)
    return packed


def pack_text(message: Message) -> str:
    """A message as a JSON string, as a delivery stores its own body."""
    return json.dumps(pack(message), ensure_ascii=False)


def unpack(packed: object) -> Message:
    """The message that was packed."""
    return _MESSAGE.validate_python(packed)


def unpack_text(packed: str) -> Message:
    """The message that was packed as a string."""
    return _MESSAGE.validate_json(packed)


def in_every_language(club: ClubSettings, write: Callable[[Speech], Message]) -> dict[str, Any]:
    """The bodies of a mailing: the result of `write` in each language. They are stored unsealed."""
    return {language: pack(write(speech_to(club, language))) for language in LANGUAGES}


def choose(bodies: Mapping[str, object], language: str) -> Message:
    """The body in this language, or in Vietnamese if there is none."""
    return unpack(bodies.get(language) or bodies[LANGUAGES[0]])


async def notify_officers(
    tx: Tx,
    club: ClubSettings,
    officers: Iterable[Member],
    subject: str,
    write: Callable[[Speech], Message],
    *,
    about: Member | None,
    not_before: datetime | None = None,
) -> None:
    """Queues a notice to those of these officers who agreed to messages about their duties.

    The same `subject` twice queues one notice (idempotent).
    """
    await notify(
        tx,
        club,
        officers,
        subject,
        write,
        about=about,
        purpose=Purpose.DUTIES,
        not_before=not_before,
    )


async def notify(
    tx: Tx,
    club: ClubSettings,
    members: Iterable[Member],
    subject: str,
    write: Callable[[Speech], Message],
    *,
    about: Member | None,
    purpose: Purpose | None = None,
    not_before: datetime | None = None,
) -> None:
    """Queues a notice to these members: an answer they asked for, or one they agreed to.

    The body is sealed in each delivery and emptied once sent. `about` is the other member whom it
    names or quotes; their erasure removes the notice.
    """
    bodies = _for_each(club, members, write)
    await _queue(tx, subject, bodies, about=about, purpose=purpose, not_before=not_before)


async def notify_each(
    tx: Tx,
    club: ClubSettings,
    members: Iterable[Member],
    subject: str,
    write: Callable[[Speech, Member], Message],
    *,
    about: Member | None,
) -> None:
    """As `notify`, with words that depend on who reads them."""
    bodies = {
        id_of(reader): pack_text(write(speech_to(club, reader.language, reader.role), reader))
        for reader in members
    }
    await _queue(tx, subject, bodies, about=about)


async def _queue(
    tx: Tx,
    subject: str,
    bodies: Mapping[int, str],
    *,
    about: Member | None,
    purpose: Purpose | None = None,
    not_before: datetime | None = None,
) -> None:
    mailing = await enqueue.open_mailing(
        tx,
        kind=MailingKind.NOTICE,
        subject=subject,
        lane=Lane.NOTICE,
        purpose=purpose,
        about_id=about.id if about else None,
    )
    if mailing is not None:
        await enqueue.add_recipients(tx, mailing, bodies, not_before=not_before, bodies=bodies)


async def notify_chats(
    tx: Tx,
    club: ClubSettings,
    member: Member,
    chats: Iterable[Address],
    write: Callable[[Speech], Message],
) -> None:
    """Queues a notice to each of these chats, which are, were or asked to become the member's.

    It is a delivery like others, so it survives a restart, and it is sent also to a chat that is
    unreachable or not preferred.
    """
    body = pack_text(write(speech_to(club, member.language, member.role)))
    for chat in chats:
        mailing = await enqueue.open_mailing(
            tx,
            kind=MailingKind.NOTICE,
            subject=f"chat {tx.ids.number()}",
            lane=Lane.NOTICE,
        )
        if mailing is not None:
            await enqueue.add_chat(
                tx, mailing, id_of(member), messenger=chat.messenger, chat=chat.chat, body=body
            )


def _for_each(
    club: ClubSettings, readers: Iterable[Member], write: Callable[[Speech], Message]
) -> dict[int, str]:
    """The body for each reader, written once for each language and role."""
    by_reader_kind: dict[tuple[str, Role], str] = {}
    bodies = {}
    for reader in readers:
        reader_kind = (reader.language, reader.role)
        if reader_kind not in by_reader_kind:
            by_reader_kind[reader_kind] = pack_text(write(speech_to(club, *reader_kind)))
        bodies[id_of(reader)] = by_reader_kind[reader_kind]
    return bodies
