"""Admission: which deliveries may leave on a messenger with a messaging window, and at what price.

A delivery that may not leave goes by another messenger of the member, where they have one; else it
waits for their next message (`DeliveryState.NOT_NOW`, `storage.outbox.missed`).
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import SQLModel, and_

from storage.database import SealBroken, Tx, among
from storage.members import chat_changes, contacts, interactions, members
from storage.models import DeliveryState, MailingKind
from storage.outbox import budget, enqueue
from storage.outbox.deliveries import Claimed, transition
from storage.outbox.messaging_window import WindowPhase
from storage.outbox.metering import Allowance, Metering

_S = DeliveryState
_TABLES = SQLModel.metadata.tables
_CONTACT = _TABLES["contact"].c
_DELIVERY = _TABLES["delivery"].c
_MAILING = _TABLES["mailing"].c
_PAYING = (MailingKind.ANNOUNCEMENT, MailingKind.CORRECTION, MailingKind.RECALL)
"""Mailings that spend on account of their announcement."""
_CLOSED = "the messaging window is closed"
_BEYOND_LIMIT = "more than may be spent"
_QUOTA_UNKNOWN_DELAY = timedelta(seconds=5)
"""When a delivery is tried again for which the rest of the quota must be known."""
_UNTRIED: Mapping[str, Any] = {"claimed_by": None, "lease_until": None, "via": None}


@dataclass(frozen=True)
class _Person:
    """The last interaction in the chat of a delivery."""

    last_interaction: datetime | None = None
    is_known: bool = True
    """Whether the chat is the member's, or was until a transfer."""
    relied_on: tuple[int, bytes | None] | None = None
    """The contact and its sealed value (`Claimed.interaction`)."""


async def screen(tx: Tx, metering: Metering, rows: Sequence[Claimed]) -> list[Claimed]:
    """Turns away claimed deliveries that cannot leave now; returns the others. Reserves nothing."""
    return await _sort_out(tx, metering, rows, _S.CLAIMED, None)


async def admit(
    tx: Tx, metering: Metering, rows: Sequence[Claimed], messages: Mapping[int, int]
) -> list[Claimed]:
    """Reserves the price of deliveries that this transaction has marked as being sent.

    `messages` are the messages that each delivery becomes. Returns those that may leave, each with
    what was reserved for it; the others are turned away.
    """
    return await _sort_out(tx, metering, rows, _S.SENDING, messages)


async def _sort_out(
    tx: Tx,
    metering: Metering,
    rows: Sequence[Claimed],
    state: DeliveryState,
    messages: Mapping[int, int] | None,
) -> list[Claimed]:
    if not rows:
        return []
    people = await _people(tx, metering, rows)
    phases = {row.id: _phase(tx, metering, people[row.id]) for row in rows}
    allowances = await _allowances(tx, {row.mailing_id for row in rows})
    charged = [row for row in rows if phases[row.id] is WindowPhase.CHARGED]
    admitted = {row.id: row for row in rows if phases[row.id] is WindowPhase.FREE}
    postponed: set[int] = set()
    if charged:
        purse = await budget.lock(tx, metering, allowances.values())
        postponed = {row.id for row in charged if purse.is_open(allowances[row.mailing_id])}
        payable = [row for row in charged if row.id not in postponed]
        admitted |= await _charge(tx, purse, payable, allowances, messages)
    refused = {
        row.id: _CLOSED if phases[row.id] is WindowPhase.CLOSED else _BEYOND_LIMIT
        for row in rows
        if row.id not in admitted and row.id not in postponed
    }
    await _postpone(tx, postponed, state)
    await turn_away(tx, metering.messenger, refused, state)
    return [
        replace(
            admitted[row.id],
            announcement_id=allowances[row.mailing_id].announcement_id,
            interaction=people[row.id].relied_on,
        )
        for row in rows
        if row.id in admitted
    ]


async def _charge(
    tx: Tx,
    purse: budget.Budget,
    rows: Sequence[Claimed],
    allowances: Mapping[int, Allowance],
    messages: Mapping[int, int] | None,
) -> dict[int, Claimed]:
    """The deliveries whose price may be spent, each with its reservation."""
    if messages is None:
        return {row.id: row for row in rows if purse.allows(allowances[row.mailing_id])}
    charged = {}
    for row in rows:
        reservation = purse.reserve(allowances[row.mailing_id], messages[row.id])
        if reservation is not None:
            charged[row.id] = replace(row, reservation=reservation)
    await purse.save(tx)
    return charged


async def turn_away(
    tx: Tx, messenger: str, refused: Mapping[int, str], state: DeliveryState
) -> None:
    """Ends these attempts without a message: deliveries (with reasons) in this state.

    They go by another messenger, or wait for the member's next message.
    """
    if not refused:
        return
    elsewhere = await contacts.can_go_elsewhere(tx, dict.fromkeys(refused, messenger))
    values = _untried(state)
    await transition(tx, elsewhere, _S.QUEUED, {state}, **values)
    for reason in set(refused.values()):
        waiting = [n for n, why in refused.items() if why == reason and n not in elsewhere]
        await transition(
            tx, waiting, _S.NOT_NOW, {state}, **values, **enqueue.UNADDRESSED, reason=reason
        )


async def _postpone(tx: Tx, ids: Collection[int], state: DeliveryState) -> None:
    """Queues these again: what they may cost is not known yet."""
    if ids:
        later = tx.clock.now() + _QUOTA_UNKNOWN_DELAY
        await transition(tx, ids, _S.QUEUED, {state}, **_untried(state), not_before=later)


def _untried(state: DeliveryState) -> dict[str, Any]:
    counted = {"attempts": _DELIVERY.attempts - 1} if state is _S.SENDING else {}
    return {**_UNTRIED, **counted}


def _phase(tx: Tx, metering: Metering, person: _Person) -> WindowPhase:
    # A stranger's chat, to which an answer is due, has just written or did so lately: it is tried.
    if not person.is_known:
        return WindowPhase.FREE
    return metering.window.phase(person.last_interaction, tx.clock.now())


async def _people(tx: Tx, metering: Metering, rows: Collection[Claimed]) -> dict[int, _Person]:
    """Delivery to the person, whose contact stays locked until the transaction ends.

    Whoever writes meanwhile waits for this transaction, and then finds what it leaves waiting
    (`storage.outbox.missed`).
    """
    people = {row.id: _Person() for row in rows}
    found = {one.delivery_id: one for one in await _contacts(tx, metering.messenger, rows)}
    for row in rows:
        # A row whose chats cannot be opened waits, and must not block the others.
        with suppress(SealBroken):
            people[row.id] = await _person(tx, metering.messenger, row, found.get(row.id))
    return people


async def _person(tx: Tx, messenger: str, row: Claimed, contact: Row[Any] | None) -> _Person:
    if contact is not None and members.open_chat(tx, contact) == row.chat:
        relied_on = (contact.contact_id, contact.last_interaction_sealed)
        return _Person(interactions.read(tx, contact), relied_on=relied_on)
    return await _former(tx, messenger, row) if row.contact_id is None else _Person()


async def _former(tx: Tx, messenger: str, row: Claimed) -> _Person:
    """Of a delivery to a given chat which is not the member's (any more)."""
    for change in await chat_changes.replaced_of(tx, row.member_id, messenger):
        if chat_changes.chat_of(tx, change) == row.chat:
            return _Person(chat_changes.last_interaction_of(tx, change))
    return _Person(is_known=False)


async def _contacts(tx: Tx, messenger: str, rows: Collection[Claimed]) -> Sequence[Row[Any]]:
    query = (
        select(_DELIVERY.id.label("delivery_id"), *members.CHAT, _CONTACT.last_interaction_sealed)
        .join(_TABLES["contact"], _CONTACT.member_id == _DELIVERY.member_id)
        .where(
            and_(
                among(tx, _DELIVERY.id, [row.id for row in rows]),
                _CONTACT.messenger == messenger,
            )
        )
        .order_by(_CONTACT.id)
        .with_for_update(of=_TABLES["contact"])
    )
    return (await tx.execute(query)).all()


async def _allowances(tx: Tx, mailing_ids: Collection[int]) -> dict[int, Allowance]:
    """Mailing to what it may spend."""
    columns = (
        _MAILING.id,
        _MAILING.kind,
        _MAILING.announcement_id,
        _MAILING.from_quota,
        _MAILING.paid_most,
    )
    rows = (await tx.execute(select(*columns).where(_MAILING.id.in_(mailing_ids)))).all()
    return {
        row.id: Allowance(
            row.announcement_id if row.kind in _PAYING else None, row.from_quota, row.paid_most
        )
        for row in rows
    }
