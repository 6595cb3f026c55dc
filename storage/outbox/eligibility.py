"""Eligibility: who may be sent what now, as SQL conditions on `delivery` or `member` rows.

Refusal: no-sending-without-consent.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Column, SQLModel, and_, exists, or_

from storage.models import Lane, MailingKind, MailingState, MemberState, ShareState

_TABLES = SQLModel.metadata.tables
_CONSENT = _TABLES["consent"].c
_CONTACT = _TABLES["contact"].c
_DELIVERY = _TABLES["delivery"].c
_MAILING = _TABLES["mailing"].c
_MEMBER = _TABLES["member"].c
_SHARE = _TABLES["share"].c
_MINE, _BETTER, _LEFT = (_TABLES["contact"].alias().c for _ in range(3))
"""Aliases of `contact`, for conditions on several chats of a member."""

RUNNING = (MailingState.FILLING, MailingState.SENDING)
"""States of a mailing whose deliveries may be sent."""
MISSED_FROM = (*RUNNING, MailingState.DONE)
"""States of a mailing that members get later who missed it (`Lane.MISSED`)."""


def reachable(member_id: Column[int], messenger: str | None = None) -> ColumnElement[bool]:
    """The member has a reachable chat, on `messenger` or on any messenger."""
    contact = and_(_CONTACT.member_id == member_id, _CONTACT.unreachable_since.is_(None))
    if messenger is not None:
        contact = and_(contact, _CONTACT.messenger == messenger)
    return exists().where(contact).correlate(member_id.table)


def addressed_to(messenger: str) -> ColumnElement[bool]:
    """The delivery is for one given chat, on this messenger. Never NULL: it may be negated."""
    return and_(_DELIVERY.messenger.is_not(None), _DELIVERY.messenger == messenger)


def served_by(
    member_id: Column[int], messenger: str, cheaper: Collection[str] = ()
) -> ColumnElement[bool]:
    """Whether a delivery to this member is for `messenger` to carry: the one they prefer, or another
    when that cannot be reached or has failed with this very delivery.

    Of several that are not preferred it is the cheapest; `cheaper` are those that come before this
    one.
    """
    better: ColumnElement[bool] = _BETTER.preferred
    if cheaper:
        better = or_(better, _BETTER.messenger.in_(cheaper))
    comes_first = exists().where(_open_to(_BETTER, member_id), better)
    return (
        exists()
        .where(
            and_(_open_to(_MINE, member_id), _MINE.messenger == messenger),
            or_(_MINE.preferred, ~comes_first.correlate(_TABLES["delivery"])),
        )
        .correlate(_TABLES["delivery"])
    )


def is_running(*, has_window: bool) -> ColumnElement[bool]:
    """The mailing of a delivery is being sent, for a condition on both rows.

    On a messenger with a messaging window that is once its recipients are complete, since only then
    it is known who goes first. On any, members get what they missed of a mailing that has ended, and
    so does a given chat.
    """
    has_waited = or_(_DELIVERY.lane == Lane.MISSED, _DELIVERY.messenger.is_not(None))
    is_missed = and_(has_waited, _MAILING.state.in_(MISSED_FROM))
    running = (MailingState.SENDING,) if has_window else RUNNING
    return or_(_MAILING.state.in_(running), is_missed)


def served_by_none(member_id: Column[int]) -> ColumnElement[bool]:
    """The member has no chat left to which the delivery could go."""
    return ~exists().where(_open_to(_LEFT, member_id)).correlate(_TABLES["delivery"])


def _open_to(contact: Any, member_id: Column[int]) -> ColumnElement[bool]:
    failed = _DELIVERY.failed_via
    return and_(
        contact.member_id == member_id,
        contact.unreachable_since.is_(None),
        or_(failed.is_(None), failed != contact.messenger),
    )


def agreed(member_id: Column[int], purpose: object) -> ColumnElement[bool]:
    """The member agrees to `purpose` now; `purpose` is a value or a column."""
    current_consent = and_(
        _CONSENT.member_id == member_id,
        _CONSENT.purpose == purpose,
        _CONSENT.withdrawn_at.is_(None),
    )
    return exists().where(current_consent).correlate(member_id.table, _TABLES["mailing"])


def may_get() -> ColumnElement[bool]:
    """The member of a delivery is present and agrees, for a condition on the rows of both and the
    mailing.

    A mailing without a purpose answers a request and needs no consent; it reaches every member who
    has not left. A reminder is not for who has shared meanwhile what it reminds of.
    """
    asked_for = and_(_MAILING.purpose.is_(None), _MEMBER.state != MemberState.LEFT)
    agreed_to = and_(
        _MEMBER.state == MemberState.ACTIVE, agreed(_DELIVERY.member_id, _MAILING.purpose)
    )
    return and_(or_(asked_for, agreed_to), or_(_MAILING.kind != MailingKind.REMINDER, ~_shared()))


def _shared() -> ColumnElement[bool]:
    """The member of a delivery has said that they shared the announcement of its mailing."""
    shared = and_(
        _SHARE.announcement_id == _MAILING.announcement_id,
        _SHARE.member_id == _DELIVERY.member_id,
        _SHARE.state == ShareState.SHARED,
    )
    return exists().where(shared).correlate(_TABLES["mailing"], _TABLES["delivery"])


def still_wanted(now: datetime, messenger: str, *, has_window: bool = False) -> ColumnElement[bool]:
    """The delivery may still be sent: mailing running and not expired, member present, consent given."""
    current = and_(
        _MAILING.id == _DELIVERY.mailing_id,
        is_running(has_window=has_window),
        or_(_MAILING.valid_until.is_(None), _MAILING.valid_until > now),
        _MEMBER.id == _DELIVERY.member_id,
        may_get(),
    )
    return and_(
        exists().where(current).correlate(_TABLES["delivery"]),
        or_(
            addressed_to(messenger),
            and_(
                _DELIVERY.messenger.is_(None),
                reachable(_DELIVERY.member_id, messenger),
                or_(_DELIVERY.failed_via.is_(None), _DELIVERY.failed_via != messenger),
            ),
        ),
    )
