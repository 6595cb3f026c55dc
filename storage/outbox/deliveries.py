"""The state machine of a delivery: claim, send, record (docs/decisions/0018-durable-outbox.md).

A worker claims rows under a lease, commits them as `sending` before the call, and records the result
after it. A crash before `sending` is committed means that nothing was sent, so the row is queued
again; a crash after it makes the row `uncertain`, since the message may have arrived. Every UPDATE
names the states it starts from, so a late worker, whose row has moved on, changes no row.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Row
from sqlmodel import (
    Column,
    SQLModel,
    Text,
    and_,
    case,
    cast,
    col,
    exists,
    literal,
    or_,
    select,
    update,
)

from storage.database import Clock, SealBroken, Tx, among, leases, lists_by_number, state_machine
from storage.database.due import Due, earliest, if_any, live
from storage.database.leases import LeaseTerm
from storage.members import members
from storage.models import (
    CorrectionOutcome,
    DeliveryState,
    Lane,
    Mailing,
    MailingKind,
)
from storage.outbox import dispatch_order, enqueue, quiet_hours, wake
from storage.outbox.eligibility import still_wanted
from storage.outbox.metering import Reservation
from storage.outbox.quiet_hours import NEVER, QuietHours

_S = DeliveryState
_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"].c
_MAILING = _TABLES["mailing"]
_MEMBER = _TABLES["member"].c
_CONTACT = _TABLES["contact"].c
_message_ids = case((cast(_DELIVERY.message_ids, Text) != "[]", _DELIVERY.message_ids))
"""NULL for an empty list, so that most rows need no JSON parsing."""
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
"""Columns instead of objects: a claim reads up to thousands of rows."""

TRANSITIONS: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    _S.QUEUED: frozenset({_S.CLAIMED, _S.CANCELLED}),
    _S.CLAIMED: frozenset({_S.QUEUED, _S.SENDING, _S.FAILED, _S.NOT_NOW, _S.CANCELLED}),
    # Back to queued only when it certainly did not arrive.
    # Cancelled when a correction finds no copy to change (`storage.outbox.corrections`).
    _S.SENDING: frozenset(
        {_S.QUEUED, _S.SENT, _S.FAILED, _S.GONE, _S.UNCERTAIN, _S.NOT_NOW, _S.CANCELLED}
    ),
    # Proof of arrival, or an officer decided to send it again (`storage.outbox.uncertain`).
    _S.UNCERTAIN: frozenset({_S.SENT, _S.QUEUED}),
    _S.SENT: frozenset(),
    # An officer sends it again after the obstacle is removed (`storage.outbox.resend`).
    _S.FAILED: frozenset({_S.QUEUED}),
    _S.GONE: frozenset({_S.QUEUED}),
    _S.CANCELLED: frozenset({_S.QUEUED}),
    # The member wrote, so it can be sent to them (`storage.outbox.missed`).
    _S.NOT_NOW: frozenset({_S.QUEUED, _S.CANCELLED}),
}
"""Which state may follow which."""

OPEN = frozenset({_S.QUEUED, _S.CLAIMED, _S.SENDING})
"""States of a delivery that is not finished."""
Pick = Callable[[Tx, list[int]], Awaitable[list[int]]]
"""Puts deliveries into another order, or replaces some by others of the same mailing."""
_FINISHED = frozenset({_S.SENT, _S.FAILED, _S.GONE, _S.CANCELLED})
_REASON_CHARACTERS = 200
_SEAL_BROKEN = "what is stored cannot be opened"
_NO_CHAT = "the chat it was addressed to is not stored"
_NEVER_RECORDED = "the worker stopped before an answer came"


@dataclass(frozen=True)
class Claimed:
    """One delivery that one worker has claimed."""

    id: int
    mailing_id: int
    member_id: int
    lane: int
    attempts: int
    """Counted attempts before this one."""
    language: str
    contact_id: int | None
    """None for a delivery to a given chat."""
    chat: str = field(repr=False)
    kind: MailingKind = MailingKind.NOTICE
    own_body: str | None = field(repr=False, default=None)
    """The member's own message as JSON; None when the mailing's is sent."""
    message_ids: tuple[str, ...] = ()
    """Messages that an earlier attempt delivered: an album without its text."""
    wording: int = 0
    """Version of the mailing's text at the time of the claim."""
    reservation: Reservation | None = None
    """What this attempt may cost; None where it is free."""
    announcement_id: int | None = None
    """On a messenger with a messaging window: the announcement that it costs."""
    interaction: tuple[int, bytes | None] | None = field(repr=False, default=None)
    """On a messenger with a messaging window: the contact whose last interaction (sealed) was relied
    on."""


@dataclass(frozen=True)
class Result:
    """The result of one attempt."""

    delivery_id: int
    state: DeliveryState
    message_ids: tuple[str, ...] = ()
    reason: str | None = None
    not_before: datetime | None = None
    """Earliest time of the next attempt, for a delivery that is queued again."""
    counted: bool = True
    """Whether the attempt counts towards the limit of attempts."""
    correction_outcome: CorrectionOutcome | None = None
    """Of a correction or a recall: what happened to the copy."""


@dataclass(frozen=True)
class Recovered:
    """Number of deliveries whose leases had expired, by what they became."""

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
    cheaper: Collection[str] = (),
    pick: Pick | None = None,
) -> list[Claimed]:
    """Claims the next deliveries for `messenger` under a lease, the most urgent first.

    Rows that are not eligible any more are cancelled instead: the member left, was suspended or
    withdrew consent, no chat can be reached, or the message has expired. Lanes that can wait are
    held back during the club's quiet hours (`night`); rows of members with quiet hours of their own
    are deferred to the end of these.

    A messenger with a messaging window has a `pick`. `cheaper` as in `storage.outbox.eligibility`.

    Raises:
        LeaseLost: another worker delivers now.
    """
    await leases.check(tx, term)
    now = tx.clock.now()
    has_window = pick is not None
    ids = await dispatch_order.next_deliveries(
        tx, messenger, limit, night.open_lanes(now), cheaper=cheaper, has_window=has_window
    )
    if not ids:
        return []
    if pick is not None:
        ids = await pick(tx, ids)
    deferred = await quiet_hours.defer(tx, ids, night)
    ready = [number for number in ids if number not in deferred]
    still_eligible = still_wanted(now, messenger, has_window=has_window)
    claimed = await transition(
        tx,
        ready,
        _S.CLAIMED,
        {_S.QUEUED},
        still_eligible,
        claimed_by=term.holder,
        lease_until=now + lease,
    )
    if len(claimed) < len(ids):
        await transition(tx, ids, _S.CANCELLED, {_S.QUEUED}, ~still_eligible, **enqueue.EMPTIED)
    rows = await _details(tx, claimed, messenger) if claimed else []
    if pick is not None:
        place = {number: index for index, number in enumerate(ids)}
        rows.sort(key=lambda row: place[row.id])
    return rows


async def mark_sending(
    tx: Tx,
    term: LeaseTerm,
    rows: Collection[Claimed],
    *,
    messenger: str,
    lease: timedelta,
    night: QuietHours = NEVER,
    has_window: bool = False,
) -> list[Claimed]:
    """Marks claimed deliveries as `sending`; returns those that may be sent now.

    Checks again everything that `claim` checked, since minutes may have passed. Rows that are not
    eligible any more, whose lease another worker has, or whose text was corrected meanwhile are put
    back into the queue; the next claim decides about them.

    Raises:
        LeaseLost: another worker delivers now.
    """
    await leases.check(tx, term)
    now = tx.clock.now()
    is_holder = _DELIVERY.claimed_by == term.holder
    current_rows = await _with_current_wording(tx, rows)
    started = await transition(
        tx,
        list(current_rows),
        _S.SENDING,
        {_S.CLAIMED},
        and_(
            is_holder,
            still_wanted(now, messenger, has_window=has_window),
            quiet_hours.is_allowed_now(now, night),
        ),
        attempts=_DELIVERY.attempts + 1,
        lease_until=now + lease,
        via=messenger,
    )
    if len(started) < len(rows):
        await give_back(tx, term.holder, [row.id for row in rows])
    started_ids = set(started)
    return [row for delivery_id, row in current_rows.items() if delivery_id in started_ids]


async def _with_current_wording(tx: Tx, rows: Collection[Claimed]) -> dict[int, Claimed]:
    """The rows whose mailing still has the text they were claimed with.

    The mailings stay locked (shared) until the transaction ends. A correction needs the exclusive
    lock, so it either comes before this check or sees these rows as `sending`; no copy leaves with
    the old text unnoticed.
    """
    query = select(Mailing.id, Mailing.wording).where(
        col(Mailing.id).in_({row.mailing_id for row in rows})
    )
    current = dict(await tx.all(query.with_for_update(read=True)))
    return {row.id: row for row in rows if current.get(row.mailing_id) == row.wording}


async def give_back(tx: Tx, holder: str, ids: Collection[int]) -> None:
    """Puts deliveries that the holder claimed and did not begin to send back into the queue."""
    await _requeue(tx, and_(_DELIVERY.claimed_by == holder, among(tx, _DELIVERY.id, ids)))


async def _requeue(tx: Tx, only_if: ColumnElement[bool]) -> list[int]:
    now = literal(tx.clock.now(), _DELIVERY.not_before.type)
    # A claimed row was due. If the clock was set back since, it must not wait once more.
    return await transition(
        tx,
        None,
        _S.QUEUED,
        {_S.CLAIMED},
        only_if,
        not_before=case((_DELIVERY.not_before > now, now), else_=_DELIVERY.not_before),
        claimed_by=None,
        lease_until=None,
    )


async def record_results(tx: Tx, holder: str, results: Sequence[Result]) -> set[int]:
    """Records the results of attempts; returns the ids of the rows that changed.

    A row is missing if its lease had expired and it was marked uncertain; of these only a proof of
    arrival is recorded.
    """
    changed: set[int] = set()
    for state in {result.state for result in results}:
        changed |= await _record(tx, holder, state, [r for r in results if r.state is state])
    return changed


async def cancel_rest(tx: Tx, mailing_id: int) -> None:
    """Cancels deliveries of a mailing that are not being sent; calls in progress finish."""
    of_mailing = _DELIVERY.mailing_id == mailing_id
    await transition(tx, None, _S.CANCELLED, enqueue.UNSENT, of_mailing, **enqueue.EMPTIED)


async def cancel_reminders(tx: Tx, announcement_id: int, member_id: int) -> None:
    """Cancels queued reminders of this announcement to this member, who has answered meanwhile."""
    theirs = _is_reminder(announcement_id, member_id)
    await transition(tx, None, _S.CANCELLED, enqueue.UNSENT, theirs, **enqueue.EMPTIED)


def has_reminder(announcement_id: int, member_id: int) -> ColumnElement[bool]:
    """Whether a reminder of this announcement to this member can be cancelled, in a query."""
    return exists(
        sqlalchemy.select(_DELIVERY.id).where(
            _is_reminder(announcement_id, member_id), _DELIVERY.state.in_(enqueue.UNSENT)
        )
    )


def _is_reminder(announcement_id: int, member_id: int) -> ColumnElement[bool]:
    reminders = sqlalchemy.select(_MAILING.c.id).where(
        _MAILING.c.kind == MailingKind.REMINDER, _MAILING.c.announcement_id == announcement_id
    )
    return and_(_DELIVERY.mailing_id.in_(reminders), _DELIVERY.member_id == member_id)


def first_expired(clock: Clock, lease: timedelta) -> Due:
    """When the first lease of a delivery expires (`recover`)."""
    over = leases.is_over_at(
        _DELIVERY.lease_until, live(clock.now), live(lambda: clock.now() + 2 * lease)
    )
    leased = and_(dispatch_order.OPEN_ROWS, _DELIVERY.state.in_((_S.CLAIMED, _S.SENDING)))
    return [
        earliest(_DELIVERY.lease_until, leased),
        # Also one that was written before the clock was set back.
        if_any(exists(sqlalchemy.select(_DELIVERY.id).where(leased, over))),
    ]


async def recover(
    tx: Tx,
    *,
    lease: timedelta,
    in_hand: Collection[int] = (),
    unchangeable: Collection[str] = (),
) -> Recovered:
    """Ends expired leases: claimed rows are queued again, rows that were being sent are uncertain.

    `unchangeable` are the messengers that delete nothing: there a recall is a message like others.
    `in_hand` are deliveries whose calls this worker is still waiting for; they are left alone,
    because their results will be recorded.
    """
    expired = and_(
        dispatch_order.OPEN_ROWS, leases.is_over(_DELIVERY.lease_until, tx.clock.now(), lease)
    )
    requeued = await _requeue(tx, expired)
    if in_hand:
        expired = and_(expired, ~among(tx, _DELIVERY.id, in_hand))
    uncertain = await transition(
        tx, None, _S.UNCERTAIN, {_S.SENDING}, expired, reason=_NEVER_RECORDED
    )
    requeued_recalls = await _requeue_recalls(tx, uncertain, unchangeable) if uncertain else []
    return Recovered(len(requeued) + len(requeued_recalls), len(uncertain) - len(requeued_recalls))


async def _requeue_recalls(
    tx: Tx, ids: Collection[int], unchangeable: Collection[str]
) -> list[int]:
    """Queues interrupted deletions again: they are idempotent, so none is uncertain."""
    of_recalls = and_(
        _DELIVERY.mailing_id.in_(select(Mailing.id).where(Mailing.kind == MailingKind.RECALL)),
        _DELIVERY.via.not_in(unchangeable),
    )
    cleared = {"claimed_by": None, "lease_until": None, "reason": None}
    return await transition(tx, ids, _S.QUEUED, {_S.UNCERTAIN}, of_recalls, **cleared)


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
    claimed: dict[int, Claimed] = {}
    for row in (await tx.execute(query)).all():
        # One row that cannot be read must not block the rows behind it.
        if row.contact_id is None and row.given_chat_sealed is None:
            await _fail(tx, row.id, _NO_CHAT)
            continue
        try:
            claimed.setdefault(row.id, _claimed(tx, row))
        except SealBroken:
            await _fail(tx, row.id, _SEAL_BROKEN)
    return list(claimed.values())


async def _fail(tx: Tx, number: int, reason: str) -> None:
    await transition(tx, [number], _S.FAILED, {_S.CLAIMED}, reason=reason, **enqueue.EMPTIED)


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
    return (
        enqueue.given_chat(tx, row.given_chat_sealed, row)
        if row.given_chat_sealed is not None
        else members.open_chat(tx, row)
    )


async def _record(tx: Tx, holder: str, state: DeliveryState, results: Sequence[Result]) -> set[int]:
    sources = {_S.SENDING, _S.UNCERTAIN} if state is _S.SENT else {_S.SENDING}
    is_holder = _DELIVERY.claimed_by == holder
    values = _result_columns(tx, results) | {"lease_until": None}
    if state in _FINISHED:
        values |= enqueue.EMPTIED
    elif state is _S.NOT_NOW:
        values |= enqueue.UNADDRESSED
    message_ids = {r.delivery_id: r.message_ids for r in results if r.message_ids}
    without_message = [r.delivery_id for r in results if not r.message_ids]
    moved: list[int] = []
    if message_ids:
        lists = lists_by_number(tx, message_ids)
        own_row = and_(is_holder, _DELIVERY.id == lists.c.number)
        moved += await transition(
            tx, None, state, sources, own_row, message_ids=lists.c.list, **values
        )
    if without_message:
        moved += await transition(tx, without_message, state, sources, is_holder, **values)
    return set(moved)


def _result_columns(tx: Tx, results: Sequence[Result]) -> dict[str, Any]:
    """New values of the columns that differ by row, as one CASE expression for each column."""
    values = {
        "reason": _case_by_id(
            results, _DELIVERY.reason, lambda r: (r.reason or "")[:_REASON_CHARACTERS]
        ),
        "not_before": _case_by_id(results, _DELIVERY.not_before, lambda r: r.not_before),
        "correction_outcome": _case_by_id(
            results, _DELIVERY.correction_outcome, lambda r: r.correction_outcome
        ),
    }
    uncounted = [result.delivery_id for result in results if not result.counted]
    if uncounted:
        values["attempts"] = _DELIVERY.attempts - case(
            (among(tx, _DELIVERY.id, uncounted), 1), else_=0
        )
    return {name: value for name, value in values.items() if value is not None}


def _case_by_id(
    results: Sequence[Result], column: Column[Any], value: Callable[[Result], object]
) -> ColumnElement[Any] | None:
    """A CASE over the ids; rows without a value keep the present one. None if no row has one."""
    values = {r.delivery_id: literal(value(r), column.type) for r in results if value(r)}
    return case(values, value=_DELIVERY.id, else_=column) if values else None


async def transition(
    tx: Tx,
    ids: Collection[int] | None,
    target: DeliveryState,
    sources: Collection[DeliveryState],
    only_if: ColumnElement[bool] | None = None,
    **values: object,
) -> list[int]:
    """Changes the state of deliveries, here and nowhere else; returns the ids of changed rows.

    Raises:
        WrongState: `TRANSITIONS` has no such transition.
    """
    state_machine.require(TRANSITIONS, sources, target)
    statement = update(_TABLES["delivery"]).where(_DELIVERY.state.in_(sources))
    if ids is not None:
        statement = statement.where(among(tx, _DELIVERY.id, ids))
    if only_if is not None:
        statement = statement.where(only_if)
    values = {"changed_at": _changed_at(tx), **values, "state": target}
    changed = (await tx.execute(statement.values(values).returning(_DELIVERY.id))).scalars()
    if target is _S.QUEUED:
        wake.note_queued(tx)
    return list(changed)


def _changed_at(tx: Tx) -> ColumnElement[datetime]:
    """Now; of what a member gets because they wrote, only in which batch it was."""
    now, kind = tx.clock.now(), _DELIVERY.changed_at.type
    batch = literal(tx.batches.begin(now), kind)
    return case((_DELIVERY.lane == Lane.MISSED, batch), else_=literal(now, kind))
