"""Members, their contacts and consents."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel, bindparam, col, exists, func, insert, select, update

from storage.database import SealBroken, Tx, Vault, id_of, sealing
from storage.models import Consent, Contact, Member, MemberState, Purpose, Role

_NAME = "member.name"
_CHAT = "contact.chat"
_AGREE = insert(Consent)
# Built once, as every update runs it: building it for each call would cost half as much again.
_BY_CHAT = (
    select(Member, Contact)
    .join(Contact, col(Contact.member_id) == Member.id)
    .where(col(Contact.lookup).in_(bindparam("lookups", expanding=True)))
)
_CONTACT = SQLModel.metadata.tables["contact"].c
CHAT = (
    _CONTACT.id.label("contact_id"),
    _CONTACT.member_id.label("contact_of"),
    _CONTACT.messenger.label("contact_messenger"),
    _CONTACT.chat_sealed,
)
"""Columns that `open_chat` needs."""


async def find_by_chat(tx: Tx, messenger: str, chat: str) -> tuple[Member, Contact] | None:
    """The member of a chat, in any state, with the contact; None for an unknown chat."""
    lookups = tx.vault.lookups("contact", messenger, chat)
    row = (await tx.session.exec(_BY_CHAT, params={"lookups": lookups})).first()
    return (row[0], row[1]) if row else None


async def get(tx: Tx, member_id: int) -> Member:
    """The member with this id, who must exist."""
    return await tx.session.get_one(Member, member_id)


async def languages(tx: Tx, member_ids: Collection[int]) -> dict[int, str]:
    """The language that each of these members chose."""
    query = select(Member.id, Member.language).where(col(Member.id).in_(member_ids))
    return {number: language for number, language in await tx.all(query) if number}


async def by_actors(tx: Tx, actors: Collection[int]) -> list[Member]:
    """The members with these numbers of the audit log; erased ones are missing."""
    return list(await tx.all(select(Member).where(col(Member.actor).in_(actors))))


async def add(
    tx: Tx, *, messenger: str, chat: str, name: str, role: Role, language: str, area: str | None
) -> Member:
    """Adds a member with one contact and without consents."""
    member = Member(
        role=role,
        language=language,
        area=area,
        actor=tx.ids.number(),
        joined_at=tx.clock.now(),
    )
    await sealing.add(tx, member, name=name)
    contact = Contact(
        member_id=id_of(member),
        messenger=messenger,
        lookup=sealing.chat_lookup(tx, messenger, chat),
    )
    await sealing.add(tx, contact, chat=chat)
    return member


async def require_member(tx: Tx) -> None:
    """Checks the encryption key against the newest contact.

    Raises:
        SealBroken: the key belongs to another database.
    """
    newest = await tx.first(select(Contact.chat_sealed).order_by(col(Contact.id).desc()).limit(1))
    if newest is not None and not tx.vault.knows(newest):
        raise SealBroken(_CHAT)


def name_of(tx: Tx, member: Member) -> str:
    """The member's name as their messenger gave it; empty once they have left."""
    return open_name(tx, member.name_sealed, id_of(member))


def open_name(tx: Tx, sealed: bytes | None, member_id: int) -> str:
    """The name that a row of this member holds, opened; empty for None."""
    return open_sealed_name(tx.vault, sealed, member_id) if sealed else ""


def open_sealed_name(vault: Vault, sealed: bytes, member_id: int) -> str:
    """The sealed name of this member, opened outside of a transaction."""
    return vault.open(_NAME, sealed, *sealing.bound(_NAME, {"id": member_id}))


def rename(tx: Tx, member: Member, name: str) -> None:
    """Stores the name that the messenger reports; writes only when it changed."""
    if name != name_of(tx, member):
        member.name_sealed = sealing.seal(tx, _NAME, name, member)


def chat_of(tx: Tx, contact: Contact) -> str:
    """The messenger's id of the chat."""
    return sealing.opened(tx, _CHAT, contact.chat_sealed, contact)


def open_chat(tx: Tx, row: Any) -> str:
    """The messenger's id of the chat, from a row that has the columns `CHAT`."""
    contact = {
        "id": row.contact_id,
        "member_id": row.contact_of,
        "messenger": row.contact_messenger,
    }
    return sealing.opened(tx, _CHAT, row.chat_sealed, contact)


def put_chat(tx: Tx, contact: Contact, messenger: str, chat: str) -> None:
    """Replaces the chat of a contact; when somebody last wrote there, is unknown."""
    contact.messenger = messenger
    contact.last_interaction_sealed = None
    contact.lookup = sealing.chat_lookup(tx, messenger, chat)
    contact.chat_sealed = sealing.seal(tx, _CHAT, chat, contact)


async def contact_of(tx: Tx, member_id: int) -> Contact | None:
    """The contact to send to: a reachable one first, then the preferred; None without contacts."""
    best_first = (col(Contact.unreachable_since).is_not(None), col(Contact.preferred).desc())
    return await tx.first(
        select(Contact).where(Contact.member_id == member_id).order_by(*best_first, col(Contact.id))
    )


async def contacts_of(tx: Tx, member_id: int) -> list[Contact]:
    """Every chat of a member."""
    query = select(Contact).where(Contact.member_id == member_id).order_by(col(Contact.id))
    return list(await tx.all(query))


async def is_last_owner(tx: Tx, member: Member) -> bool:
    """Whether this member is the only active owner.

    Locks the owners until the transaction ends, so that two cannot leave at the same time.
    """
    query = select(Member.id).where(Member.role == Role.OWNER, Member.state == MemberState.ACTIVE)
    return list(await tx.all(query.order_by(col(Member.id)).with_for_update())) == [member.id]


async def officers(tx: Tx, *, but: int | None = None, owners_only: bool = False) -> list[Member]:
    """Active officers and owners, without the member `but`."""
    query = select(Member).where(
        col(Member.role).in_([Role.OWNER] if owners_only else [Role.OFFICER, Role.OWNER]),
        Member.state == MemberState.ACTIVE,
        Member.id != but,
    )
    return list(await tx.all(query.order_by(col(Member.id))))


async def agree(
    tx: Tx, member: Member, *purposes: Purpose, text_version: str, language: str
) -> None:
    """Records that the member agreed to these purposes; agreeing twice changes nothing."""
    present = await agreed(tx, id_of(member))
    new_consents = [
        {
            "member_id": id_of(member),
            "purpose": purpose,
            "text_version": text_version,
            "language": language,
            "given_at": tx.clock.now(),
        }
        for purpose in purposes
        if purpose not in present
    ]
    if new_consents:
        await tx.execute(_AGREE, new_consents)


async def withdraw(
    tx: Tx,
    member_id: int,
    purposes: Collection[Purpose] = tuple(Purpose),
    *,
    at: datetime | None = None,
) -> None:
    """Withdraws the member's consent to these purposes, now or with the time `at`."""
    await tx.session.exec(
        update(Consent)
        .where(
            col(Consent.member_id) == member_id,
            col(Consent.purpose).in_(purposes),
            col(Consent.withdrawn_at).is_(None),
        )
        .values(withdrawn_at=at or tx.clock.now())
    )


async def agreed(tx: Tx, member_id: int) -> set[Purpose]:
    """The purposes of the member's present consents."""
    query = select(Consent.purpose).where(
        Consent.member_id == member_id, col(Consent.withdrawn_at).is_(None)
    )
    return {Purpose(value) for value in await tx.all(query)}


async def count_reachable(tx: Tx, purpose: Purpose) -> dict[str | None, int]:
    """Number of active members with consent to `purpose` and a chat that can be reached, by area.

    None is the whole province.
    """
    reachable = exists().where(
        col(Contact.member_id) == Member.id, col(Contact.unreachable_since).is_(None)
    )
    return dict(
        await tx.all(
            select(Member.area, func.count())
            .select_from(Member)
            .join(Consent, col(Consent.member_id) == Member.id)
            .where(
                Member.state == MemberState.ACTIVE,
                Consent.purpose == purpose,
                col(Consent.withdrawn_at).is_(None),
                reachable,
            )
            .group_by(col(Member.area))
        )
    )
