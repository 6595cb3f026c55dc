"""Records the outcomes of attempts, many in one transaction.

See docs/decisions/0018-durable-outbox.md.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import structlog

from handlers.announcing.auto_pause import pause_mailing
from handlers.conversation import ClubSettings
from scheduler.delivery.charge_reports import MeteredAccount
from scheduler.delivery.metered import reconsider, settle
from scheduler.delivery.sender import DeliveryOutcome
from storage.database import Store, Tx
from storage.database.event_wait import wait_for
from storage.members import contacts
from storage.models import DeliveryState
from storage.outbox import deliveries, mailings
from storage.outbox.deliveries import Result

_BATCH_MIN = 100
"""A batch of this size is written without waiting for more outcomes."""
_BATCH_MAX = 500
"""Outcomes in one transaction, when many have come while the last was being written."""
_COLLECT_S = 0.02
_RETRY_DELAY_S = 1.0

Batch = Sequence[tuple[str, DeliveryOutcome]]
"""Outcomes, each with the lease holder that made the attempt."""

log = structlog.stdlib.get_logger()


class ResultWriter:
    """Collects outcomes for 20 ms and writes them together; a failed write is retried, none is lost."""

    def __init__(
        self,
        store: Store,
        club: ClubSettings,
        on_end: Callable[[Sequence[int]], None],
        metered: MeteredAccount | None = None,
    ) -> None:
        self._metered = metered
        self._store = store
        self._club = club
        self._on_end = on_end
        self._outcomes: list[tuple[str, DeliveryOutcome]] = []
        self._added = asyncio.Event()
        self._closed = asyncio.Event()
        self.outcomes: Counter[DeliveryState] = Counter()
        """How many attempts of this process ended in each state; `queued` is to be retried."""

    @property
    def unwritten(self) -> set[int]:
        """Deliveries whose outcome is known and not yet in the database."""
        return {outcome.result.delivery_id for _, outcome in self._outcomes}

    def add(self, holder: str, outcome: DeliveryOutcome) -> None:
        """Queues the outcome of an attempt by the worker `holder`."""
        self._outcomes.append((holder, outcome))
        self.outcomes[outcome.result.state] += 1
        self._added.set()

    def open(self) -> None:
        """More outcomes may come; call it before `run` and `close`."""
        self._closed.clear()

    def close(self) -> None:
        """No more outcomes will come; `run` ends when the last is written."""
        self._closed.set()
        self._added.set()

    async def run(self) -> None:
        """Writes until it is closed and every outcome is written."""
        while not self._closed.is_set() or self._outcomes:
            await self._added.wait()
            if len(self._outcomes) < _BATCH_MIN:
                await wait_for(self._closed, _COLLECT_S)
            self._added.clear()
            await self._write()

    async def _write(self) -> None:
        batch = self._outcomes[:_BATCH_MAX]
        try:
            async with self._store.write() as tx:
                await record_outcomes(tx, self._club, batch, self._metered)
                # A query that is left out while batches are full: no mailing ends then.
                ended = await mailings.finish(tx) if len(batch) < _BATCH_MIN else []
        except Exception:  # the outcomes are kept and retried
            log.exception("results not written, retrying", rows=len(batch))
            await asyncio.sleep(_RETRY_DELAY_S)
            ended = []
        else:
            del self._outcomes[: len(batch)]
            if self._metered is not None:
                self._metered.guard.recorded([one.result.delivery_id for _, one in batch])
        if self._outcomes or self._closed.is_set():
            self._added.set()
        if ended:
            self._on_end(ended)


async def _reroute_to_other_messenger(tx: Tx, club: ClubSettings, batch: Batch) -> Batch:
    """Queues what failed on one messenger for another one, where the member has one.

    Where that other one had turned it away before, it waits for the member's message there.
    """
    failed = {
        outcome.result.delivery_id: outcome.failed_via for _, outcome in batch if outcome.failed_via
    }
    if not failed:
        return batch
    moved = await contacts.can_go_elsewhere(tx, failed)
    waiting = await contacts.can_write_there(tx, failed, club.metered) if club.metered else set()

    def rerouted(outcome: DeliveryOutcome) -> DeliveryOutcome:
        if outcome.result.delivery_id in moved:
            return _queued_again(tx, outcome)
        is_waiting = outcome.result.delivery_id in waiting
        return _waits(outcome) if is_waiting and outcome.gone_contact is not None else outcome

    return [(holder, rerouted(outcome)) for holder, outcome in batch]


def _waits(outcome: DeliveryOutcome) -> DeliveryOutcome:
    result = replace(outcome.result, state=DeliveryState.NOT_NOW, counted=False)
    return replace(outcome, result=result)


def _queued_again(tx: Tx, outcome: DeliveryOutcome) -> DeliveryOutcome:
    result = outcome.result
    again = Result(
        result.delivery_id,
        DeliveryState.QUEUED,
        reason=result.reason,
        not_before=tx.clock.now(),
        counted=False,
    )
    return replace(outcome, result=again, halts=False)


async def record_outcomes(
    tx: Tx, club: ClubSettings, batch: Batch, metered: MeteredAccount | None
) -> None:
    """Records outcomes of attempts, what they say of people and of the account, and what they cost."""
    if metered is not None:
        batch = await reconsider(tx, batch)
    batch = await _reroute_to_other_messenger(tx, club, batch)
    recorded: set[int] = set()
    for holder in {holder for holder, _ in batch}:
        results = [outcome.result for owner, outcome in batch if owner == holder]
        moved = await deliveries.record_results(tx, holder, results)
        if late := len(results) - len(moved):
            log.warning("results ignored: the lease had expired", rows=late)
        recorded |= moved
    if metered is not None:
        outcomes = [one for _, one in batch if one.result.delivery_id in recorded]
        await settle(tx, club, metered, outcomes)
    gone = [one.gone_contact for _, one in batch if one.gone_contact is not None]
    if gone:
        await contacts.mark_unreachable(tx, gone)
    for _, outcome in batch:
        if outcome.moved:
            await contacts.move(tx, *outcome.moved)
    for mailing_id in {outcome.mailing_id for _, outcome in batch if outcome.halts}:
        await pause_mailing(tx, club, mailing_id)
