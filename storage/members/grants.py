"""Grants (invites, offers, codes) are valid only while their maker may still make them.

The same condition is checked when an invite, a role offer or a transfer code is used. When the role or
state of a member changes, their grants that fail it are revoked permanently.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlmodel import SQLModel

from storage.database import Tx
from storage.models import Member, MemberState, Role

MAY_GRANT: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {
        Role.MEMBER: frozenset(),
        Role.OFFICER: frozenset({Role.MEMBER}),
        Role.OWNER: frozenset(Role),
    }
)
"""Role of the maker to the roles they may grant."""

_TABLES = SQLModel.metadata.tables
_INVITE = _TABLES["invite"]
_OFFER = _TABLES["roleoffer"]
_CODE = _TABLES["movecode"]
_CONTACT = _TABLES["contact"].c
_STANDING = frozenset({MemberState.ACTIVE, MemberState.SUSPENDED})


def invite_stands() -> ColumnElement[bool]:
    """Whether the maker of an invite may still make it; the operator always may."""
    maker, role = _INVITE.c.created_by, _INVITE.c.role
    return or_(
        _INVITE.c.by_operator, *[and_(role == one, _is(maker, *_givers(one))) for one in Role]
    )


def offer_stands() -> ColumnElement[bool]:
    """Whether the maker of a role offer may still make it."""
    return _is(_OFFER.c.offered_by, *_givers(Role.OFFICER))


def code_stands() -> ColumnElement[bool]:
    """Whether the maker of a transfer code may still make it.

    A suspended member may transfer the account, and stays suspended, but may not add a chat.
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
    """Whether the maker exists and has one of these roles and states."""
    member = _TABLES["member"].alias()
    return exists().where(
        member.c.id == maker, member.c.role.in_(roles), member.c.state.in_(list(states))
    )
