"""Grants (invites, offers, codes) are valid only while their maker may still make them.

Invites, role offers and codes for another chat are looked at by the same condition at the moment of
use; when somebody's role or standing changes, what fails it from then on is ended for good.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlmodel import SQLModel

from storage.database.engine import Tx
from storage.models import Member, MemberState, Role

MAY_GRANT: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {
        Role.MEMBER: frozenset(),
        Role.OFFICER: frozenset({Role.MEMBER}),
        Role.OWNER: frozenset(Role),
    }
)
"""Role of the maker to the roles that they may grant."""

_TABLES = SQLModel.metadata.tables
_INVITE = _TABLES["invite"]
_OFFER = _TABLES["roleoffer"]
_CODE = _TABLES["movecode"]
_CONTACT = _TABLES["contact"].c
_STANDING = frozenset({MemberState.ACTIVE, MemberState.SUSPENDED})


def invite_stands() -> ColumnElement[bool]:
    """Whether an invite's maker could make it now; the operator always can."""
    maker, role = _INVITE.c.created_by, _INVITE.c.role
    by_a_member = [and_(role == one, _is(maker, *_givers(one))) for one in Role]
    return or_(_INVITE.c.by_operator, *by_a_member)


def offer_stands() -> ColumnElement[bool]:
    """Whether who offered a member the role of an officer could do so now."""
    return _is(_OFFER.c.offered_by, *_givers(Role.OFFICER))


def code_stands() -> ColumnElement[bool]:
    """Whether a code for another chat could be made now by whose chat it was made in.

    A suspension goes along to a new account, but nobody who is suspended adds a chat.
    """
    maker = select(_CONTACT.member_id).where(_CONTACT.id == _CODE.c.contact_id).scalar_subquery()
    return or_(
        and_(_CODE.c.adds, _is(maker, *Role)),
        and_(~_CODE.c.adds, _is(maker, *Role, states=_STANDING)),
    )


async def revoke_invalid(tx: Tx, member: Member) -> None:
    """Revokes grants that this member may not make any more; they stay revoked."""
    await tx.session.flush()
    open_invites = and_(_INVITE.c.created_by == member.id, _INVITE.c.revoked_at.is_(None))
    await tx.execute(
        update(_INVITE).where(open_invites, ~invite_stands()).values(revoked_at=tx.clock.now())
    )
    await tx.execute(delete(_OFFER).where(_OFFER.c.offered_by == member.id, ~offer_stands()))
    chats = select(_CONTACT.id).where(_CONTACT.member_id == member.id)
    await tx.execute(delete(_CODE).where(_CODE.c.contact_id.in_(chats), ~code_stands()))


def _givers(role: Role) -> Collection[Role]:
    return [giver for giver, given in MAY_GRANT.items() if role in given]


def _is(
    maker: ColumnElement[Any],
    *roles: Role,
    states: Collection[MemberState] = (MemberState.ACTIVE,),
) -> ColumnElement[bool]:
    """Whether the maker is there, in one of these roles and states."""
    there = _TABLES["member"].alias()
    return exists().where(
        there.c.id == maker, there.c.role.in_(roles), there.c.state.in_(list(states))
    )
