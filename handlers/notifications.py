"""Messages that go out through the outbox, written once for every language."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from handlers.conversation.i18n import Speech, speech_to
from handlers.conversation.settings import LANGUAGES, ClubSettings
from handlers.messages import Address, Message
from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.models import Lane, MailingKind, Member, Purpose, Role
from storage.outbox import enqueue

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


def in_every_language(club: ClubSettings, write: Callable[[Speech], Message]) -> dict[str, Any]:
    """The bodies of a mailing: what `write` says in each language. They are kept in clear."""
    return {language: pack(write(speech_to(club, language))) for language in LANGUAGES}


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
    about: Member | None,
    not_before: datetime | None = None,
) -> None:
    """Queues a word to those of these officers who agreed to be told of their duties.

    Asking twice for one `subject` tells them once.
    """
    await tell(
        tx,
        club,
        officers,
        subject,
        write,
        about=about,
        purpose=Purpose.DUTIES,
        not_before=not_before,
    )


async def tell(
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
    """Queues a word to these members: an answer they asked for, or one they agreed to.

    It waits sealed for each of them and is forgotten once sent. `about` is whoever else it names or
    quotes: with them it goes, wherever it waits.
    """
    mailing = await enqueue.open_mailing(
        tx,
        kind=MailingKind.NOTICE,
        subject=subject,
        lane=Lane.NOTICE,
        purpose=purpose,
        about_id=about.id if about else None,
    )
    if mailing is not None:
        bodies = _for_each(club, members, write)
        await enqueue.add_recipients(tx, mailing, bodies, not_before=not_before, bodies=bodies)


async def tell_chats(
    tx: Tx,
    club: ClubSettings,
    member: Member,
    chats: Iterable[Address],
    write: Callable[[Speech], Message],
) -> None:
    """Queues a word to each of these chats, which are, were or asked to become the member's.

    It waits for nobody's answers and is not lost when the process ends. A chat of the member's that
    has failed or is not preferred gets it all the same.
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
            number = id_of(member)
            await enqueue.add_chat(
                tx, mailing, number, messenger=chat.messenger, chat=chat.chat, body=body
            )


def _for_each(
    club: ClubSettings, readers: Iterable[Member], write: Callable[[Speech], Message]
) -> dict[int, str]:
    """What each reads, written once for all of one language and role."""
    written: dict[tuple[str, Role], str] = {}
    bodies = {}
    for reader in readers:
        as_whom = (reader.language, reader.role)
        if as_whom not in written:
            written[as_whom] = pack_text(write(speech_to(club, *as_whom)))
        bodies[id_of(reader)] = written[as_whom]
    return bodies
