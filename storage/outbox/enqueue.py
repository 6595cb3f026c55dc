"""Enqueueing: opens mailings and adds deliveries; `storage.outbox.deliveries` takes them out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import SQLModel, bindparam, case, col, null, or_, select, update

from storage.database import Tx, id_of, insert
from storage.database.sealing import opened, seal
from storage.models import (
    Delivery,
    DeliveryState,
    Lane,
    Mailing,
    MailingKind,
    MailingState,
    Purpose,
)
from storage.outbox import wake
from storage.outbox.metering import QUOTA_ONLY, Allowance

_DELIVERY = SQLModel.metadata.tables["delivery"]
UNADDRESSED: Mapping[str, ColumnElement[Any]] = MappingProxyType(
    {
        name: case((_DELIVERY.c.lane == Lane.MISSED, null()), else_=_DELIVERY.c[name])
        for name in ("messenger", "chat_sealed")
    }
)
"""Columns of a delivery that waits for the member's next message: that chat is the next one."""
EMPTIED: Mapping[str, ColumnElement[Any] | None] = MappingProxyType(
    {"messenger": UNADDRESSED["messenger"], "body_sealed": None, "chat_sealed": None}
)
"""Columns that are emptied when a delivery ends: its own body, and the chat it was addressed to."""
UNSENT = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.NOT_NOW)
"""States of a delivery that was not sent and may be sent yet."""
_BODY = "delivery.body"
_CHAT = "delivery.chat"
_MANY = 500
_GIVE_BODY = (
    update(_DELIVERY)
    .where(_DELIVERY.c.id == bindparam("number"))
    .values(body_sealed=bindparam("body"))
)


async def open_mailing(
    tx: Tx,
    *,
    kind: MailingKind,
    subject: str,
    lane: Lane,
    bodies: Mapping[str, Any] | None = None,
    about_id: int | None = None,
    state: MailingState = MailingState.SENDING,
    purpose: Purpose | None = None,
    announcement_id: int | None = None,
    areas: Iterable[str] = (),
    first: str = "",
    spending: Allowance = QUOTA_ONLY,
    valid_until: datetime | None = None,
    watcher_id: int | None = None,
    pinned: bool = False,
    covered_until: datetime | None = None,
) -> Mailing | None:
    """Opens a mailing; None when one of this kind and subject is there already.

    With `state=FILLING` the delivery worker adds everybody who agreed to `purpose` (in `areas`);
    else the caller names the recipients with `add_recipients` in the same transaction. `spending` is
    what it may cost where messages are not always free. `bodies` are public words in each language; a
    notice has none, its words go to `add_recipients`. `about_id` is whom those words name or quote. A digest counts as made at the moment `covered_until` which it
    tells the news.
    """
    if await find_mailing(tx, kind, subject):
        return None
    mailing = Mailing(
        kind=kind,
        subject=subject,
        announcement_id=announcement_id,
        state=state,
        lane=lane,
        purpose=purpose,
        bodies=dict(bodies or {}),
        about_id=about_id,
        areas=list(areas),
        first=first,
        from_quota=spending.from_quota,
        paid_most=spending.paid_most,
        valid_until=valid_until,
        watcher_id=watcher_id,
        unpinned_to=0 if pinned else None,
        created_at=covered_until or tx.clock.now(),
    )
    tx.session.add(mailing)
    await tx.session.flush()
    wake.note_queued(tx)
    return mailing


async def find_mailing(tx: Tx, kind: MailingKind, subject: str) -> Mailing | None:
    """The one mailing of this kind and subject."""
    return await tx.first(select(Mailing).where(Mailing.kind == kind, Mailing.subject == subject))


async def bodies_of(tx: Tx, kind: MailingKind, subject: str) -> Mapping[str, Any]:
    """The bodies of a mailing of this subject, or of the newest whose subject continues it."""
    query = select(Mailing.bodies).where(
        Mailing.kind == kind,
        or_(col(Mailing.subject) == subject, col(Mailing.subject).startswith(f"{subject} ")),
    )
    return await tx.first(query.order_by(col(Mailing.id).desc())) or {}


async def add_recipients(
    tx: Tx,
    mailing: Mailing,
    member_ids: Iterable[int],
    *,
    not_before: datetime | None = None,
    bodies: Mapping[int, str] | None = None,
) -> None:
    """Queues the mailing for these members; one who has a row already keeps it as it is.

    `bodies` gives members a message of their own (`Message` as JSON) instead of the mailing's.
    """
    rows = [
        {
            "mailing_id": mailing.id,
            "member_id": member_id,
            "lane": mailing.lane,
            "state": DeliveryState.QUEUED,
            "not_before": not_before or tx.clock.now(),
            "body_sealed": sealed_body(tx, id_of(mailing), member_id, bodies[member_id])
            if bodies
            else None,
            "changed_at": tx.clock.now(),
        }
        for member_id in member_ids
    ]
    if rows:
        await tx.execute(insert(tx, Delivery).on_conflict_do_nothing(), rows)
        wake.note_queued(tx)


async def add_chat(
    tx: Tx, mailing: Mailing, member_id: int, *, messenger: str, chat: str, body: str
) -> None:
    """Queues the mailing for one given chat, in words of its own.

    It goes to that chat and no other, also when the chat is not (any more) one of the member's, and
    whether or not it could be reached before. It ends when the member leaves, and not when the
    member only stops what comes unasked.
    """
    key = {"mailing_id": id_of(mailing), "member_id": member_id}
    tx.session.add(
        Delivery(
            mailing_id=key["mailing_id"],
            member_id=member_id,
            lane=mailing.lane,
            state=DeliveryState.QUEUED,
            not_before=tx.clock.now(),
            body_sealed=seal(tx, _BODY, body, key),
            messenger=messenger,
            chat_sealed=sealed_chat(tx, key, chat),
            changed_at=tx.clock.now(),
        )
    )
    await tx.session.flush()
    wake.note_queued(tx)


def sealed_chat(tx: Tx, delivery: Any, chat: str) -> bytes:
    """The chat that this delivery is addressed to, the way it keeps it."""
    return seal(tx, _CHAT, chat, delivery)


def given_chat(tx: Tx, sealed: bytes, delivery: Any) -> str:
    """The messenger's id of the chat that this row of the outbox was addressed to."""
    return opened(tx, _CHAT, sealed, delivery)


async def cancel_about(tx: Tx, member_id: int) -> None:
    """Cancels deliveries that name or quote this member, and deletes their bodies."""
    of_mailings = col(Delivery.mailing_id).in_(
        select(Mailing.id).where(Mailing.about_id == member_id)
    )
    await tx.session.exec(
        update(Delivery)
        .where(of_mailings, col(Delivery.state).in_(UNSENT))
        .values(state=DeliveryState.CANCELLED, changed_at=tx.clock.now())
    )
    await tx.session.exec(update(Delivery).where(of_mailings).values(**EMPTIED))


async def give_own_body(tx: Tx, delivery_ids: Sequence[int], body: str) -> None:
    """These deliveries leave with this message (JSON) instead of the mailing's."""
    for start in range(0, len(delivery_ids), _MANY):
        query = select(Delivery.id, Delivery.mailing_id, Delivery.member_id).where(
            col(Delivery.id).in_(delivery_ids[start : start + _MANY]),
            col(Delivery.member_id).is_not(None),
        )
        changes = [
            {"number": row.id, "body": seal(tx, _BODY, body, row)}
            for row in (await tx.execute(query)).all()
        ]
        if changes:
            await tx.execute(_GIVE_BODY, changes)


def sealed_body(tx: Tx, mailing_id: int, member_id: int, body: str) -> bytes:
    """A member's own message (JSON), the way a delivery keeps it."""
    return seal(tx, _BODY, body, {"mailing_id": mailing_id, "member_id": member_id})


def own_body(tx: Tx, sealed: bytes, delivery: Any) -> str:
    """The message of one member's own, as JSON, from this row of the outbox."""
    return opened(tx, _BODY, sealed, delivery)
