"""A mailing as a whole: its text, its state and the counts of its deliveries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import sqlalchemy
from sqlmodel import SQLModel, and_, col, exists, func, or_, select, update

from storage.database import Tx, id_of, state_machine
from storage.database.batch_clock import SHOWN_STATE, shown_delivery_state
from storage.database.due import Due, if_any
from storage.database.sealing import opened, seal
from storage.models import (
    AnnouncementState,
    CorrectionOutcome,
    DeliveryState,
    Mailing,
    MailingKind,
    MailingState,
)
from storage.outbox import corrections, deliveries, wake
from storage.outbox.deliveries import OPEN
from storage.outbox.eligibility import RUNNING
from storage.outbox.metering import QUOTA_ONLY, Allowance

SHOWN = frozenset({MailingKind.ANNOUNCEMENT, *corrections.KINDS})
"""Mailings that officers watch, pause and cancel."""
TRANSITIONS: Mapping[MailingState, Collection[MailingState]] = {
    MailingState.FILLING: {MailingState.SENDING, MailingState.PAUSED, MailingState.CANCELLED},
    MailingState.SENDING: {MailingState.DONE, MailingState.PAUSED, MailingState.CANCELLED},
    # Resumed as FILLING: it may have been paused before its list of recipients was complete.
    MailingState.PAUSED: {MailingState.FILLING, MailingState.CANCELLED},
    # Reopened by an officer, for those who have no copy (`storage.outbox.resend`).
    MailingState.DONE: {MailingState.FILLING, MailingState.SENDING},
    MailingState.CANCELLED: {MailingState.FILLING, MailingState.SENDING},
}
"""Which state may follow which."""
_PROGRESS = "mailing.progress"
_ENDED = (MailingState.DONE, MailingState.CANCELLED)
_UNDER_WAY = (*RUNNING, MailingState.PAUSED)
_ANNOUNCEMENT = SQLModel.metadata.tables["announcement"]
_IS_WATCHED = (col(Mailing.kind).in_(SHOWN), col(Mailing.watcher_id).is_not(None))
_DELIVERY = SQLModel.metadata.tables["delivery"].c
_MAILING = SQLModel.metadata.tables["mailing"]


@dataclass
class MailingCounts:
    """A mailing under way, with its deliveries counted as officers see them before its end."""

    mailing: Mailing
    by_state: dict[DeliveryState, int] = field(default_factory=dict)
    by_outcome: dict[CorrectionOutcome, int] = field(default_factory=dict)
    """Of a correction or recall, what was done about the copies."""

    def add(self, state: DeliveryState, outcome: CorrectionOutcome | None, number: int) -> None:
        """Counts these deliveries; cancelled ones as queued (`before_the_end`)."""
        shown = next(iter(before_the_end({state: number})))
        self.by_state[shown] = self.by_state.get(shown, 0) + number
        if outcome:
            self.by_outcome[outcome] = self.by_outcome.get(outcome, 0) + number


async def bodies(tx: Tx, mailing_id: int) -> Mapping[str, object]:
    """The text of a mailing: language to message."""
    return await tx.one(select(Mailing.bodies).where(Mailing.id == mailing_id))


async def counts(tx: Tx, mailing_id: int) -> dict[DeliveryState, int]:
    """Number of deliveries in each state, as officers see it; states without any are left out.

    Until the mailing has ended, cancelled deliveries are counted as queued: a number that grows by
    one would show officers at which moment a member stopped.
    """
    query = sqlalchemy.select(shown_delivery_state(tx), func.count()).group_by(SHOWN_STATE)
    rows = (await tx.execute(query.where(_DELIVERY.mailing_id == mailing_id))).all()
    by_state = {DeliveryState(state): number for state, number in rows}
    state = await tx.first(select(Mailing.state).where(Mailing.id == mailing_id))
    return by_state if state in _ENDED else before_the_end(by_state)


def before_the_end(by_state: Mapping[DeliveryState, int]) -> dict[DeliveryState, int]:
    """Counts as they are shown before the end: cancelled deliveries count as queued."""
    shown = dict(by_state)
    if cancelled := shown.pop(DeliveryState.CANCELLED, 0):
        shown[DeliveryState.QUEUED] = shown.get(DeliveryState.QUEUED, 0) + cancelled
    return shown


_IS_FINISHED = and_(
    _MAILING.c.state == MailingState.SENDING,
    ~exists().where(and_(_DELIVERY.mailing_id == _MAILING.c.id, _DELIVERY.state.in_(OPEN))),
)


def first_finished() -> Due:
    """At once, if a mailing is to be ended (`finish`)."""
    return [if_any(exists(sqlalchemy.select(_MAILING.c.id).where(_IS_FINISHED)))]


async def finish(tx: Tx) -> list[int]:
    """Ends mailings without open deliveries, and their announcements; returns the mailings' ids."""
    ended = await tx.execute(
        update(_MAILING)
        .where(_IS_FINISHED)
        .values(state=MailingState.DONE, finished_at=tx.clock.now())
        .returning(_MAILING.c.id, _MAILING.c.kind, _MAILING.c.announcement_id)
    )
    rows = ended.all()
    await _mark_sent(tx, [(row.kind, row.announcement_id) for row in rows])
    return [row.id for row in rows]


async def _mark_sent(tx: Tx, ended: Collection[tuple[MailingKind, int]]) -> None:
    sent = [number for kind, number in ended if kind is MailingKind.ANNOUNCEMENT]
    corrected = [number for kind, number in ended if kind is MailingKind.CORRECTION]
    if sent or corrected:
        await tx.execute(
            update(_ANNOUNCEMENT)
            .where(
                or_(_ANNOUNCEMENT.c.id.in_(sent), _ANNOUNCEMENT.c.corrects_id.in_(corrected)),
                _ANNOUNCEMENT.c.state == AnnouncementState.SENDING,
            )
            .values(state=AnnouncementState.SENT)
        )


async def find_shown(tx: Tx, mailing_id: int) -> Mailing | None:
    """The mailing with this id, if it is of a kind that officers control (`SHOWN`)."""
    mailing = await tx.session.get(Mailing, mailing_id, populate_existing=True)
    return mailing if mailing and mailing.kind in SHOWN else None


async def lock(tx: Tx, mailing: Mailing) -> Mailing:
    """The same row, read anew and locked until the end of the transaction."""
    await tx.session.refresh(mailing, with_for_update=True)
    return mailing


async def of_announcement(tx: Tx, announcement_id: int) -> Mailing | None:
    """The mailing that sent this announcement; None before sending, and after the retention time."""
    return await tx.first(
        select(Mailing).where(
            Mailing.kind == MailingKind.ANNOUNCEMENT, Mailing.announcement_id == announcement_id
        )
    )


async def allowance_of(tx: Tx, announcement_id: int) -> Allowance:
    """What a correction or recall of this announcement may spend: what is left of its own."""
    original = await of_announcement(tx, announcement_id)
    if original is None:
        return QUOTA_ONLY
    return Allowance(announcement_id, original.from_quota, original.paid_most)


async def running_of(tx: Tx, announcement_id: int) -> list[Mailing]:
    """The mailings of this announcement, its corrections and its recall that are being sent."""
    query = select(Mailing).where(
        Mailing.announcement_id == announcement_id,
        col(Mailing.kind).in_(SHOWN),
        col(Mailing.state).in_(RUNNING),
    )
    return list(await tx.all(query))


async def under_way(tx: Tx, *, limit: int) -> list[Mailing]:
    """Announcements, corrections and recalls that are being sent or paused, newest first."""
    query = select(Mailing).where(col(Mailing.kind).in_(SHOWN), col(Mailing.state).in_(_UNDER_WAY))
    return list(await tx.all(query.order_by(col(Mailing.id).desc()).limit(limit)))


async def counts_under_way(tx: Tx, found: Collection[Mailing]) -> list[MailingCounts]:
    """The counts of these mailings, none of which has ended, in their order and in one statement."""
    by_id = {id_of(mailing): MailingCounts(mailing) for mailing in found}
    query = (
        sqlalchemy.select(
            _DELIVERY.mailing_id,
            shown_delivery_state(tx),
            _DELIVERY.correction_outcome,
            func.count(),
        )
        .where(_DELIVERY.mailing_id.in_(by_id))
        .group_by(_DELIVERY.mailing_id, SHOWN_STATE, _DELIVERY.correction_outcome)
    )
    rows = (await tx.execute(query)).all() if by_id else ()
    for mailing_id, state, outcome, number in rows:
        by_id[mailing_id].add(
            DeliveryState(state), CorrectionOutcome(outcome) if outcome else None, number
        )
    return list(by_id.values())


async def pause(tx: Tx, mailing_id: int) -> bool:
    """Pauses a mailing; whether its state changed."""
    return await _transition(tx, mailing_id, MailingState.PAUSED, RUNNING)


async def resume(tx: Tx, mailing_id: int) -> bool:
    """Resumes a paused mailing; whether its state changed."""
    # Throughput is measured anew: the samples span the pause.
    return await _transition(
        tx, mailing_id, MailingState.FILLING, [MailingState.PAUSED], samples=[]
    )


async def cancel(tx: Tx, mailing: Mailing) -> bool:
    """Cancels the deliveries that are not being sent; whether the mailing was under way.

    Copies that were sent stay, so the announcement counts as sent.
    """
    now = tx.clock.now()
    mailing_id = id_of(mailing)
    if not await _transition(tx, mailing_id, MailingState.CANCELLED, _UNDER_WAY, finished_at=now):
        return False
    await deliveries.cancel_rest(tx, mailing_id)
    await _mark_sent(tx, [(mailing.kind, mailing.announcement_id or 0)])
    return True


async def cancel_all(tx: Tx, announcement_id: int) -> None:
    """Cancels the mailing of this announcement, and its corrections that are under way."""
    if mailing := await of_announcement(tx, announcement_id):
        await cancel(tx, await lock(tx, mailing))
        # Of a mailing that has ended: what waits for a member's next message, or comes after it.
        await deliveries.cancel_rest(tx, id_of(mailing))
    await cancel_corrections(tx, announcement_id)


async def cancel_corrections(tx: Tx, announcement_id: int) -> None:
    """Cancels the corrections of this announcement that are under way: a newer one replaces them."""
    for mailing in await corrections.open_of(tx, announcement_id, _UNDER_WAY):
        await cancel(tx, mailing)


async def reopen(tx: Tx, mailing_id: int, *, anew: bool) -> bool:
    """Reopens a mailing that has ended; whether it had ended.

    With `anew` all members are gone through once more for new recipients.
    """
    values: dict[str, object] = {"finished_at": None}
    if anew:
        return await _transition(
            tx, mailing_id, MailingState.FILLING, _ENDED, **values, filled_to=0
        )
    return await _transition(tx, mailing_id, MailingState.SENDING, _ENDED, **values)


async def watch(tx: Tx, mailing: Mailing, officer_id: int, message_id: str) -> None:
    """Stores the officer and the message of their chat that shows the progress."""
    mailing.watcher_id = officer_id
    await tx.session.flush()
    await keep_progress_message(tx, id_of(mailing), message_id)


async def _transition(
    tx: Tx,
    mailing_id: int,
    target: MailingState,
    sources: Collection[MailingState],
    **values: object,
) -> bool:
    """Changes the state of a mailing that is in one of the `sources`; whether it was."""
    state_machine.require(TRANSITIONS, sources, target)
    statement = update(_MAILING).where(_MAILING.c.id == mailing_id, _MAILING.c.state.in_(sources))
    if target in RUNNING:
        wake.note_queued(tx)
    return (
        await tx.execute(statement.values(state=target, **values).returning(_MAILING.c.id))
    ).first() is not None


def first_watched() -> Due:
    """At once, if an officer watches the progress of a mailing (`watched`)."""
    under_way = and_(col(Mailing.state).in_(_UNDER_WAY), *_IS_WATCHED)
    unfinished = and_(col(Mailing.progress_sealed).is_not(None), *_IS_WATCHED)
    return [if_any(exists().where(condition)) for condition in (under_way, unfinished)]


async def watched(tx: Tx, also: Collection[int] = ()) -> list[Mailing]:
    """Mailings whose progress an officer sees: under way, or the final progress message is pending.

    `also` are ids of mailings that ended before their progress was shown at all.
    """
    query = select(Mailing).where(
        *_IS_WATCHED,
        or_(
            col(Mailing.state).not_in(_ENDED),
            col(Mailing.progress_sealed).is_not(None),
            col(Mailing.id).in_(also),
        ),
    )
    return list(await tx.all(query.order_by(col(Mailing.id))))


def has_ended(mailing: Mailing) -> bool:
    """Whether the mailing is done or cancelled."""
    return mailing.state in _ENDED


def progress_message(tx: Tx, mailing: Mailing) -> str:
    """The id of the message that shows the progress; empty when there is none."""
    return (
        opened(tx, _PROGRESS, mailing.progress_sealed, mailing) if mailing.progress_sealed else ""
    )


async def keep_progress_message(tx: Tx, mailing_id: int, message_id: str) -> None:
    """Stores the id of the progress message; an empty id ends the progress display."""
    sealed = seal(tx, _PROGRESS, message_id, {"id": mailing_id}) if message_id else None
    await tx.session.exec(
        update(Mailing).where(col(Mailing.id) == mailing_id).values(progress_sealed=sealed)
    )
