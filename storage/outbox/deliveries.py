"""Taking things out of the outbox: claim, send, record (docs/decisions/0018-durable-outbox.md).

Every change names the states it comes from, so that a worker who comes late undoes nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import Column, ColumnElement, Row, Text, and_, case, cast, literal, or_, update
from sqlmodel import SQLModel, col, select

from storage.database import leases, state_machine
from storage.database.dialect import among, lists_by_number
from storage.database.engine import Tx
from storage.database.leases import LeaseTerm
from storage.database.vault import SealBroken
from storage.members import members
from storage.models import (
    DeliveryState,
    Mailing,
    MailingKind,
    Remedy,
)
from storage.outbox import dispatch_order, enqueue, quiet_hours
from storage.outbox.eligibility import still_wanted
from storage.outbox.quiet_hours import NEVER, QuietHours

_S = DeliveryState
_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"].c
_MAILING = _TABLES["mailing"]
_MEMBER = _TABLES["member"].c
_CONTACT = _TABLES["contact"].c
_message_ids = case((cast(_DELIVERY.message_ids, Text) != "[]", _DELIVERY.message_ids))
"""Mostly nothing, and then there is no JSON to be read."""
_CLAIMED = (
    _DELIVERY.id,
    _DELIVERY.mailing_id,
    _DELIVERY.member_id,
    _DELIVERY.lane,
    _DELIVERY.attempts,
    _DELIVERY.body_sealed,
    _message_ids.label("message_ids"),
    _MAILING.c.kind,
    _MAILING.c.wording,
    _MEMBER.language,
    *members.CHAT,
    _DELIVERY.chat_sealed.label("given_chat_sealed"),
)
"""Columns, not objects: there are thousands of rows."""

TRANSITIONS: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    _S.QUEUED: frozenset({_S.CLAIMED, _S.CANCELLED}),
    _S.CLAIMED: frozenset({_S.QUEUED, _S.SENDING, _S.FAILED, _S.CANCELLED}),
    # Back to queued only when it certainly did not arrive.
    # Cancelled when there turned out to be nothing to do (`storage.outbox.corrections`).
    _S.SENDING: frozenset({_S.QUEUED, _S.SENT, _S.FAILED, _S.GONE, _S.UNCERTAIN, _S.CANCELLED}),
    # Proof that it arrived, or an officer's word to send it again (`storage.outbox.uncertain`).
    _S.UNCERTAIN: frozenset({_S.SENT, _S.QUEUED}),
    _S.SENT: frozenset(),
    # An officer's word once what was in the way is mended (`storage.outbox.resend`).
    _S.FAILED: frozenset({_S.QUEUED}),
    _S.GONE: frozenset({_S.QUEUED}),
    _S.CANCELLED: frozenset({_S.QUEUED}),
}
"""Which state may follow which."""

OPEN = frozenset({_S.QUEUED, _S.CLAIMED, _S.SENDING})
"""States of a delivery that has not come to its end."""
_FINISHED = frozenset({_S.SENT, _S.FAILED, _S.GONE, _S.CANCELLED})
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
    contact_id: int | None
    """None for a delivery to a given chat."""
    chat: str = field(repr=False)
    kind: MailingKind = MailingKind.NOTICE
    own_body: str | None = field(repr=False, default=None)
    """The member's own message as JSON; None when the mailing's is sent."""
    message_ids: tuple[str, ...] = ()
    """What of it arrived in an earlier try: an album without its words."""
    wording: int = 0
    """Which wording of the mailing it was claimed for."""


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
    remedy: Remedy | None = None
    """Of a correction or a recall: what became of the copy."""


@dataclass(frozen=True)
class Recovered:
    """What was found under leases that ran out."""

    requeued: int
    uncertain: int


async def claim(
    tx: Tx,
    term: LeaseTerm,
    *,
    messenger: str,
    limit: int,
    lease: timedelta,
    night: QuietHours = NEVER,
) -> list[Claimed]:
    """Takes the next deliveries for `messenger` under a lease, the most urgent first.

    What must not go out any more is cancelled instead: the member left, was suspended or withdrew
    the consent, there is nowhere to send it, or its time is over. What can wait until morning waits
    while it is `night`, or while the member has quiet hours.

    Raises:
        LeaseLost: another worker delivers now.
    """
    await leases.check(tx, term)
    now = tx.clock.now()
    ids = await dispatch_order.next_deliveries(tx, messenger, limit, night.open_lanes(now))
    if not ids:
        return []
    resting = await quiet_hours.defer(tx, ids, night)
    ready = [number for number in ids if number not in resting]
    still = still_wanted(now, messenger)
    claimed = await transition(
        tx, ready, _S.CLAIMED, {_S.QUEUED}, still, claimed_by=term.holder, lease_until=now + lease
    )
    if len(claimed) < len(ids):
        await transition(tx, ids, _S.CANCELLED, {_S.QUEUED}, ~still, **enqueue.EMPTIED)
    return await _details(tx, claimed, messenger) if claimed else []


async def mark_sending(
    tx: Tx,
    term: LeaseTerm,
    rows: Collection[Claimed],
    *,
    messenger: str,
    lease: timedelta,
    night: QuietHours = NEVER,
) -> list[Claimed]:
    """Commits to sending these now; returns those that may really go.

    Looks again at everything `claim` looked at. What may not go, was taken by another worker or
    corrected meanwhile, is left out; the next claim decides about it.

    Raises:
        LeaseLost: another worker delivers now.
    """
    await leases.check(tx, term)
    now = tx.clock.now()
    mine = _DELIVERY.claimed_by == term.holder
    worded = await _with_current_wording(tx, rows)
    going = await transition(
        tx,
        list(worded),
        _S.SENDING,
        {_S.CLAIMED},
        and_(mine, still_wanted(now, messenger), quiet_hours.is_allowed_now(now, night)),
        attempts=_DELIVERY.attempts + 1,
        lease_until=now + lease,
        via=messenger,
    )
    if len(going) < len(rows):
        await give_back(tx, term.holder, [row.id for row in rows])
    begun = set(going)
    return [row for number, row in worded.items() if number in begun]


async def _with_current_wording(tx: Tx, rows: Collection[Claimed]) -> dict[int, Claimed]:
    """Those whose wording still counts: no copy leaves in words that were corrected by then.

    Nobody corrects them until this transaction ends, so that a correction sees what is being sent.
    """
    mailings = {row.mailing_id for row in rows}
    query = select(Mailing.id, Mailing.wording).where(col(Mailing.id).in_(mailings))
    current = dict((await tx.session.exec(query.with_for_update(read=True))).all())
    return {row.id: row for row in rows if current.get(row.mailing_id) == row.wording}


async def give_back(tx: Tx, holder: str, ids: Collection[int]) -> None:
    """Puts what was claimed and not begun back into the queue."""
    mine = and_(_DELIVERY.claimed_by == holder, among(tx, _DELIVERY.id, ids))
    await _requeue(tx, mine)


async def _requeue(tx: Tx, only_if: ColumnElement[bool]) -> list[int]:
    now = literal(tx.clock.now(), _DELIVERY.not_before.type)
    # It was due when it was claimed, and is due now, even if the clock was set back since.
    due = case((_DELIVERY.not_before > now, now), else_=_DELIVERY.not_before)
    return await transition(
        tx,
        None,
        _S.QUEUED,
        {_S.CLAIMED},
        only_if,
        not_before=due,
        claimed_by=None,
        lease_until=None,
    )


async def record_results(tx: Tx, holder: str, results: Sequence[Result]) -> int:
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
    await transition(tx, None, _S.CANCELLED, {_S.QUEUED, _S.CLAIMED}, of_it, **enqueue.EMPTIED)


async def recover(tx: Tx, *, lease: timedelta, in_hand: Collection[int] = ()) -> Recovered:
    """Ends leases that ran out: what was claimed is queued again, what was being sent is uncertain.

    `in_hand` are calls this worker is still waiting for: their fate will be known.
    """
    over = and_(
        dispatch_order.OPEN_ROWS, leases.is_over(_DELIVERY.lease_until, tx.clock.now(), lease)
    )
    requeued = await _requeue(tx, over)
    if in_hand:
        over = and_(over, ~among(tx, _DELIVERY.id, in_hand))
    uncertain = await transition(tx, None, _S.UNCERTAIN, {_S.SENDING}, over, reason=_NEVER_RECORDED)
    again = await _requeue_recalls(tx, uncertain) if uncertain else []
    return Recovered(len(requeued) + len(again), len(uncertain) - len(again))


async def _requeue_recalls(tx: Tx, ids: Collection[int]) -> list[int]:
    """A recall may be carried out twice: nothing of it is uncertain, it is only not done yet."""
    recall = select(Mailing.id).where(Mailing.kind == MailingKind.RECALL)
    theirs = _DELIVERY.mailing_id.in_(recall)
    anew = {"claimed_by": None, "lease_until": None, "reason": None}
    return await transition(tx, ids, _S.QUEUED, {_S.UNCERTAIN}, theirs, **anew)


async def _details(tx: Tx, ids: Collection[int], messenger: str) -> list[Claimed]:
    query = (
        sqlalchemy.select(*_CLAIMED)
        .join(_TABLES["mailing"], _MAILING.c.id == _DELIVERY.mailing_id)
        .join(_TABLES["member"], _MEMBER.id == _DELIVERY.member_id)
        .outerjoin(
            _TABLES["contact"],
            and_(
                _CONTACT.member_id == _DELIVERY.member_id,
                _CONTACT.messenger == messenger,
                _CONTACT.unreachable_since.is_(None),
                _DELIVERY.messenger.is_(None),
            ),
        )
        .where(
            among(tx, _DELIVERY.id, ids),
            or_(_CONTACT.id.is_not(None), _DELIVERY.messenger == messenger),
        )
        .order_by(_DELIVERY.lane, _DELIVERY.not_before, _DELIVERY.id, _CONTACT.id)
    )
    found: dict[int, Claimed] = {}
    for row in (await tx.execute(query)).all():
        try:
            found.setdefault(row.id, _claimed(tx, row))
        except SealBroken:
            # One damaged row must not hold up everybody behind it.
            await transition(tx, [row.id], _S.FAILED, {_S.CLAIMED}, reason=_SEAL_BROKEN)
    return list(found.values())


def _claimed(tx: Tx, row: Row[*tuple[Any, ...]]) -> Claimed:
    return Claimed(
        id=row.id,
        mailing_id=row.mailing_id,
        member_id=row.member_id,
        lane=row.lane,
        attempts=row.attempts,
        language=row.language,
        contact_id=row.contact_id,
        chat=_chat(tx, row),
        kind=row.kind,
        message_ids=tuple(row.message_ids or ()),
        own_body=enqueue.own_body(tx, row.body_sealed, row) if row.body_sealed else None,
        wording=row.wording,
    )


def _chat(tx: Tx, row: Row[*tuple[Any, ...]]) -> str:
    if row.given_chat_sealed is not None:
        return enqueue.given_chat(tx, row.given_chat_sealed, row)
    return members.open_chat(tx, row)


async def _record(tx: Tx, holder: str, state: DeliveryState, results: Sequence[Result]) -> int:
    sources = {_S.SENDING, _S.UNCERTAIN} if state is _S.SENT else {_S.SENDING}
    mine = _DELIVERY.claimed_by == holder
    values = _result_columns(tx, results) | {"lease_until": None}
    if state in _FINISHED:
        values |= enqueue.EMPTIED
    came = {r.delivery_id: r.message_ids for r in results if r.message_ids}
    nothing_came = [r.delivery_id for r in results if not r.message_ids]
    moved: list[int] = []
    if came:
        known = lists_by_number(tx, came)
        its = and_(mine, _DELIVERY.id == known.c.number)
        moved += await transition(tx, None, state, sources, its, message_ids=known.c.list, **values)
    if nothing_came:
        moved += await transition(tx, nothing_came, state, sources, mine, **values)
    return len(moved)


def _result_columns(tx: Tx, results: Sequence[Result]) -> dict[str, Any]:
    """What differs from row to row and mostly is not there at all, as one value for each column."""
    values = {
        "reason": _case_by_id(
            results, _DELIVERY.reason, lambda r: (r.reason or "")[:_REASON_CHARACTERS]
        ),
        "not_before": _case_by_id(results, _DELIVERY.not_before, lambda r: r.not_before),
        "remedy": _case_by_id(results, _DELIVERY.remedy, lambda r: r.remedy),
    }
    uncounted = [result.delivery_id for result in results if not result.counted]
    if uncounted:
        refund = case((among(tx, _DELIVERY.id, uncounted), 1), else_=0)
        values["attempts"] = _DELIVERY.attempts - refund
    return {name: value for name, value in values.items() if value is not None}


def _case_by_id(
    results: Sequence[Result], column: Column[Any], value: Callable[[Result], object]
) -> ColumnElement[Any] | None:
    """The value of each row, in one statement for all; what has none stays as it is."""
    known = {r.delivery_id: literal(value(r), column.type) for r in results if value(r)}
    return case(known, value=_DELIVERY.id, else_=column) if known else None


async def transition(
    tx: Tx,
    ids: Collection[int] | None,
    target: DeliveryState,
    sources: Collection[DeliveryState],
    only_if: ColumnElement[bool] | None = None,
    **values: object,
) -> list[int]:
    """The one place where a delivery changes its state; returns the rows that did.

    Raises:
        WrongState: `TRANSITIONS` has no such transition.
    """
    state_machine.require(TRANSITIONS, sources, target)
    statement = update(_TABLES["delivery"]).where(_DELIVERY.state.in_(sources))
    if ids is not None:
        statement = statement.where(among(tx, _DELIVERY.id, ids))
    if only_if is not None:
        statement = statement.where(only_if)
    values |= {"state": target, "changed_at": tx.clock.now()}
    moved = await tx.execute(statement.values(values).returning(_DELIVERY.id))
    return list(moved.scalars())
