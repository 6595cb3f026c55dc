"""What members missed while their messaging window was closed, sent once they write again.

The transaction that handles their message moves the delivery from `not_now` back into the queue, for
the chat they wrote in; the delivery worker sends it after the answer. Only what is current is sent,
in its current wording.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlmodel import SQLModel

from storage.database import SealBroken, Tx
from storage.database.batch_clock import shown_delivery_state
from storage.models import (
    AnnouncementState,
    Contact,
    DeliveryState,
    Lane,
    MailingKind,
    MailingState,
)
from storage.outbox import corrections, enqueue
from storage.outbox.deliveries import transition
from storage.outbox.eligibility import MISSED_FROM, may_get

AT_ONCE = 3
"""How many are sent after one message; the others follow after the next."""
WAITS_FOR = timedelta(days=30)
"""How long what is written for one member alone waits for their next message."""

_S = DeliveryState
_TABLES = SQLModel.metadata.tables
_ANNOUNCEMENT = _TABLES["announcement"].c
_DELIVERY = _TABLES["delivery"].c
_MAILING = _TABLES["mailing"].c
_LATER = _TABLES["mailing"].alias().c
_MEMBER = _TABLES["member"].c
_CAUGHT_UP = tuple(kind for kind in MailingKind if kind is not MailingKind.DIGEST)
"""A digest is not sent later: the next one has its news."""


@dataclass(frozen=True)
class Missed:
    """What a member gets after their message."""

    sent_now: int = 0
    still_waiting: int = 0
    """More that follow after their next message."""


async def send_to(tx: Tx, contact: Contact, chat: str) -> Missed:
    """Queues what the member of this chat missed, the newest first, at most `AT_ONCE`.

    On a messenger with a messaging window, `storage.members.interactions.note` must have stored the
    interaction in this transaction.
    """
    rows = await _waiting(tx, contact.member_id)
    now = rows[:AT_ONCE]
    for row in now:
        await transition(
            tx,
            [row.id],
            _S.QUEUED,
            {_S.NOT_NOW},
            lane=Lane.MISSED,
            not_before=tx.clock.now(),
            attempts=0,
            reason=None,
            messenger=contact.messenger,
            chat_sealed=enqueue.sealed_chat(tx, row, chat),
            changed_at=tx.batches.begin(tx.clock.now()),
        )
    return Missed(len(now), len(rows) - len(now))


async def send_to_given(tx: Tx, messenger: str, chat: str) -> int:
    """Queues what was addressed to this very chat, of a member or not; returns how many."""
    now = tx.clock.now()
    query = (
        select(_DELIVERY.id, _DELIVERY.mailing_id, _DELIVERY.member_id, _DELIVERY.chat_sealed)
        .join(_TABLES["mailing"], _MAILING.id == _DELIVERY.mailing_id)
        .where(
            _MAILING.kind == MailingKind.NOTICE,
            _MAILING.created_at > now - WAITS_FOR,
            _DELIVERY.state == _S.NOT_NOW,
            _DELIVERY.messenger == messenger,
            _DELIVERY.chat_sealed.is_not(None),
            _is_current(tx),
        )
    )
    rows = (await tx.execute(query)).all()
    found = [row.id for row in rows if _is_for(tx, row, chat)]
    reset: dict[str, Any] = {"not_before": now, "attempts": 0, "reason": None}
    return len(await transition(tx, found, _S.QUEUED, {_S.NOT_NOW}, **reset)) if found else 0


def _is_for(tx: Tx, row: Row[Any], chat: str) -> bool:
    try:
        return enqueue.given_chat(tx, row.chat_sealed, row) == chat
    except SealBroken:
        return False


async def cancel_old(tx: Tx) -> None:
    """Cancels what waited too long for a message of its member, and deletes it."""
    old = and_(
        _DELIVERY.body_sealed.is_not(None), _DELIVERY.changed_at < tx.clock.now() - WAITS_FOR
    )
    await transition(tx, None, _S.CANCELLED, {_S.NOT_NOW}, old, **enqueue.EMPTIED)


async def waiting_by_announcement(tx: Tx) -> dict[int, int]:
    """Announcement to the number of copies that wait for members' next messages, newest first.

    As far as they are current, and as officers see them.
    """
    query = (
        select(_MAILING.announcement_id, func.count())
        .join(_TABLES["delivery"], _DELIVERY.mailing_id == _MAILING.id)
        .where(
            _MAILING.kind == MailingKind.ANNOUNCEMENT,
            shown_delivery_state(tx).element == _S.NOT_NOW,
            _is_current(tx),
        )
        .group_by(_MAILING.announcement_id)
        .order_by(_MAILING.announcement_id.desc())
    )
    rows = (await tx.execute(query)).all()
    return {number: count for number, count in rows if number is not None}


async def count_waiting(tx: Tx) -> int:
    """Number of deliveries that wait for a member's next message, as far as they are current."""
    query = (
        select(func.count())
        .select_from(_TABLES["delivery"])
        .where(shown_delivery_state(tx).element == _S.NOT_NOW, _mailing_is_current(tx))
    )
    return int((await tx.execute(query)).scalar_one())


async def _waiting(tx: Tx, member_id: int) -> list[Row[Any]]:
    """The deliveries that the member may still get, newest mailing first.

    What is addressed to a given chat waits for a message in that one (`send_to_given`).
    """
    query = (
        select(_DELIVERY.id, _DELIVERY.mailing_id, _DELIVERY.member_id)
        .join(_TABLES["mailing"], _MAILING.id == _DELIVERY.mailing_id)
        .join(_TABLES["member"], _MEMBER.id == _DELIVERY.member_id)
        .where(
            _DELIVERY.member_id == member_id,
            _DELIVERY.state == _S.NOT_NOW,
            _DELIVERY.messenger.is_(None),
            _MAILING.kind.in_(_CAUGHT_UP),
            _is_current(tx),
            may_get(),
        )
        .order_by(_MAILING.id.desc())
    )
    return list((await tx.execute(query)).all())


def _mailing_is_current(tx: Tx) -> ColumnElement[bool]:
    current = exists().where(_MAILING.id == _DELIVERY.mailing_id, _is_current(tx))
    return current.correlate(_TABLES["delivery"])


def _is_current(tx: Tx) -> ColumnElement[bool]:
    """The mailing runs or is done, has not expired, and its announcement was not recalled.

    The words of a reminder are those of the time when it was due: not if it was corrected since. A
    correction brings the present text, so of several the newest is enough.
    """
    superseded = exists().where(
        _LATER.announcement_id == _MAILING.announcement_id,
        _LATER.kind.in_(corrections.KINDS),
        _LATER.id > _MAILING.id,
        _LATER.state != MailingState.CANCELLED,
    )
    recalled = exists().where(
        _ANNOUNCEMENT.id == _MAILING.announcement_id,
        _ANNOUNCEMENT.state == AnnouncementState.RECALLED,
    )
    corrected_since = exists().where(
        _ANNOUNCEMENT.corrects_id == _MAILING.announcement_id,
        _ANNOUNCEMENT.sent_at > _MAILING.created_at,
    )
    return and_(
        _MAILING.state.in_(MISSED_FROM),
        or_(_MAILING.valid_until.is_(None), _MAILING.valid_until > tx.clock.now()),
        or_(
            _MAILING.kind == MailingKind.RECALL,
            ~recalled.correlate(_TABLES["mailing"]),
        ),
        or_(
            _MAILING.kind != MailingKind.REMINDER,
            ~corrected_since.correlate(_TABLES["mailing"]),
        ),
        or_(
            _MAILING.kind.not_in(corrections.KINDS),
            ~superseded.correlate(_TABLES["mailing"]),
        ),
    )
