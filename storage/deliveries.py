"""Taking things out of the outbox: claim, send, record (decision 6).

Every change names the states it comes from, so that a worker who comes late undoes nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, case, literal, update
from sqlmodel import SQLModel, col, select

from storage import leases, outbox, people, turns
from storage.eligibility import wanted
from storage.engine import Tx
from storage.leases import Term
from storage.models import (
    Contact,
    Delivery,
    DeliveryState,
    Member,
)
from storage.vault import SealBroken

_S = DeliveryState
_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"].c
_MAILING = _TABLES["mailing"]

TRANSITIONS: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    _S.QUEUED: frozenset({_S.CLAIMED, _S.CANCELLED}),
    _S.CLAIMED: frozenset({_S.QUEUED, _S.SENDING, _S.FAILED, _S.CANCELLED}),
    # Back to queued only when it certainly did not arrive.
    _S.SENDING: frozenset({_S.QUEUED, _S.SENT, _S.FAILED, _S.GONE, _S.UNCERTAIN}),
    # Proof that it arrived, or an officer's word to send it again (`storage.doubts`).
    _S.UNCERTAIN: frozenset({_S.SENT, _S.QUEUED}),
    _S.SENT: frozenset(),
    _S.FAILED: frozenset(),
    _S.GONE: frozenset(),
    _S.CANCELLED: frozenset(),
}
"""Which state may follow which."""

OPEN = frozenset({_S.QUEUED, _S.CLAIMED, _S.SENDING})
"""States of a delivery that has not come to its end."""
_FINISHED = frozenset(state for state in DeliveryState if not TRANSITIONS[state])
_REASON_CHARACTERS = 200
_SEAL_BROKEN = "what is stored cannot be opened"
_NEVER_RECORDED = "the worker stopped before an answer came"


@dataclass(frozen=True)
class Claimed:
    """One delivery in the hands of one worker."""

    id: int
    mailing_id: int
    member_id: int
    lane: int
    attempts: int
    """Tries that counted, before this one."""
    language: str
    contact_id: int
    chat: str = field(repr=False)
    own_body: str | None = field(repr=False, default=None)
    """The member's own message as JSON; None when the mailing's is sent."""


@dataclass(frozen=True)
class Result:
    """What became of one try."""

    delivery_id: int
    state: DeliveryState
    message_ids: tuple[str, ...] = ()
    reason: str | None = None
    not_before: datetime | None = None
    """When to try again, for one that goes back to the queue."""
    counted: bool = True
    """Whether it counts as one of the tries a delivery has."""


@dataclass(frozen=True)
class Recovered:
    """What was found under leases that ran out."""

    requeued: int
    uncertain: int


async def claim(
    tx: Tx, term: Term, *, messenger: str, limit: int, lease: timedelta
) -> list[Claimed]:
    """Takes the next deliveries for `messenger` under a lease, the most urgent first.

    What must not go out any more is cancelled instead: the member left, was suspended or withdrew
    the consent, there is nowhere to send it, or its time is over.

    Raises:
        LeaseLost: another worker delivers now.
    """
    await leases.check(tx, term)
    ids = await turns.next_in_line(tx, messenger, limit)
    now = tx.clock.now()
    unwanted = ~wanted(now, messenger)
    await move(tx, ids, _S.CANCELLED, {_S.QUEUED}, unwanted, body_sealed=None)
    claimed = await move(
        tx, ids, _S.CLAIMED, {_S.QUEUED}, claimed_by=term.holder, lease_until=now + lease
    )
    return await _details(tx, claimed, messenger)


async def mark_sending(
    tx: Tx, term: Term, ids: Collection[int], *, messenger: str, lease: timedelta
) -> set[int]:
    """Commits to sending these now; returns those that may really go.

    Looks again at everything `claim` looked at. What may not go, or was taken by another worker
    meanwhile, is left out; the next claim decides about it.

    Raises:
        LeaseLost: another worker delivers now.
    """
    await leases.check(tx, term)
    now = tx.clock.now()
    mine = _DELIVERY.claimed_by == term.holder
    going = await move(
        tx,
        ids,
        _S.SENDING,
        {_S.CLAIMED},
        and_(mine, wanted(now, messenger)),
        attempts=_DELIVERY.attempts + 1,
        lease_until=now + lease,
    )
    await give_back(tx, term.holder, ids)
    return set(going)


async def give_back(tx: Tx, holder: str, ids: Collection[int]) -> None:
    """Puts what was claimed and not begun back into the queue."""
    mine = and_(_DELIVERY.claimed_by == holder, _DELIVERY.id.in_(ids))
    await _requeue(tx, mine)


async def _requeue(tx: Tx, only_if: ColumnElement[bool]) -> list[int]:
    now = literal(tx.clock.now(), _DELIVERY.not_before.type)
    # It was due when it was claimed, and is due now, even if the clock was set back since.
    due = case((_DELIVERY.not_before > now, now), else_=_DELIVERY.not_before)
    return await move(
        tx,
        None,
        _S.QUEUED,
        {_S.CLAIMED},
        only_if,
        not_before=due,
        claimed_by=None,
        lease_until=None,
    )


async def record(tx: Tx, holder: str, results: Sequence[Result]) -> int:
    """Writes down what became of tries; returns how many rows changed.

    Fewer than were given means that some had been given up; only proof of arrival counts then.
    """
    changed = 0
    for state in {result.state for result in results}:
        changed += await _record(tx, holder, state, [r for r in results if r.state is state])
    return changed


async def cancel_rest(tx: Tx, mailing_id: int) -> None:
    """Gives up what has not begun to be sent; a call under way is let come to its end."""
    of_it = _DELIVERY.mailing_id == mailing_id
    await move(tx, None, _S.CANCELLED, {_S.QUEUED, _S.CLAIMED}, of_it, body_sealed=None)


async def recover(tx: Tx, *, lease: timedelta, in_hand: Collection[int] = ()) -> Recovered:
    """Ends leases that ran out: what was claimed is queued again, what was being sent is uncertain.

    `in_hand` are calls this worker is still waiting for: their fate will be known.
    """
    over = leases.is_over(_DELIVERY.lease_until, tx.clock.now(), lease)
    requeued = await _requeue(tx, over)
    if in_hand:
        over = and_(over, _DELIVERY.id.not_in(in_hand))
    uncertain = await move(tx, None, _S.UNCERTAIN, {_S.SENDING}, over, reason=_NEVER_RECORDED)
    return Recovered(len(requeued), len(uncertain))


async def _details(tx: Tx, ids: Collection[int], messenger: str) -> list[Claimed]:
    query = (
        select(Delivery, Member.language, Contact)
        .join(Member, col(Member.id) == Delivery.member_id)
        .join(Contact, col(Contact.member_id) == Delivery.member_id)
        .where(
            col(Delivery.id).in_(ids),
            Contact.messenger == messenger,
            col(Contact.unreachable_since).is_(None),
        )
        .order_by(col(Delivery.lane), col(Delivery.not_before), col(Delivery.id), col(Contact.id))
    )
    found: dict[int | None, Claimed] = {}
    for row, language, contact in (await tx.session.exec(query)).all():
        try:
            found.setdefault(row.id, _claimed(tx, row, language, contact))
        except SealBroken:
            # One damaged row must not hold up everybody behind it.
            await move(tx, [row.id or 0], _S.FAILED, {_S.CLAIMED}, reason=_SEAL_BROKEN)
    return list(found.values())


def _claimed(tx: Tx, row: Delivery, language: str, contact: Contact) -> Claimed:
    return Claimed(
        id=row.id or 0,
        mailing_id=row.mailing_id,
        member_id=row.member_id or 0,
        lane=row.lane,
        attempts=row.attempts,
        language=language,
        contact_id=contact.id or 0,
        chat=people.chat_of(tx, contact),
        own_body=outbox.own_body(tx, row.body_sealed) if row.body_sealed else None,
    )


async def _record(tx: Tx, holder: str, state: DeliveryState, results: Sequence[Result]) -> int:
    sources = {_S.SENDING, _S.UNCERTAIN} if state is _S.SENT else {_S.SENDING}
    uncounted = [result.delivery_id for result in results if not result.counted]
    refund = case((_DELIVERY.id.in_(uncounted), 1), else_=0)
    values: dict[str, Any] = {
        "attempts": _DELIVERY.attempts - refund,
        "message_ids": _each(results, _DELIVERY.message_ids, lambda r: list(r.message_ids)),
        "reason": _each(results, _DELIVERY.reason, lambda r: (r.reason or "")[:_REASON_CHARACTERS]),
        "not_before": _each(results, _DELIVERY.not_before, lambda r: r.not_before),
        "lease_until": None,
    }
    if state in _FINISHED:
        values["body_sealed"] = None
    ids = [result.delivery_id for result in results]
    mine = _DELIVERY.claimed_by == holder
    return len(await move(tx, ids, state, sources, mine, **values))


def _each(
    results: Sequence[Result], column: Column[Any], value: Callable[[Result], object]
) -> ColumnElement[Any]:
    """The value of each row, in one statement for all; what has none stays as it is."""
    known = {r.delivery_id: literal(value(r), column.type) for r in results if value(r)}
    return case(known, value=_DELIVERY.id, else_=column) if known else column


async def move(
    tx: Tx,
    ids: Collection[int] | None,
    target: DeliveryState,
    sources: Collection[DeliveryState],
    only_if: ColumnElement[bool] | None = None,
    **values: object,
) -> list[int]:
    """The one place where a delivery changes its state; returns the rows that did.

    Raises:
        ValueError: `TRANSITIONS` knows no such step.
    """
    if any(target not in TRANSITIONS[source] for source in sources):
        raise ValueError(f"no way from {sorted(sources)} to {target}")
    statement = update(_TABLES["delivery"]).where(_DELIVERY.state.in_(sources))
    if ids is not None:
        statement = statement.where(_DELIVERY.id.in_(ids))
    if only_if is not None:
        statement = statement.where(only_if)
    connection = await tx.session.connection()
    values |= {"state": target, "changed_at": tx.clock.now()}
    moved = await connection.execute(statement.values(values).returning(_DELIVERY.id))
    return list(moved.scalars())
