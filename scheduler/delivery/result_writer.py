"""Writing down what became of the tries, many in one transaction.

See docs/decisions/0018-durable-outbox.md.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import structlog

from handlers.announcing.auto_pause import halt
from handlers.conversation.settings import ClubSettings
from scheduler.delivery.sender import DeliveryOutcome
from scheduler.pacing.event_wait import wait_for
from storage.database.engine import Store, Tx
from storage.members import contacts
from storage.models import DeliveryState
from storage.outbox import deliveries, mailings
from storage.outbox.deliveries import Result

_ENTRIES = 100
"""So many are written without waiting for more."""
_BATCH_MAX = 500
"""How many one transaction writes, when more have come while the last was being written."""
_GATHER_S = 0.02
_TROUBLE_S = 1.0

Batch = Sequence[tuple[str, DeliveryOutcome]]
"""What became of tries, each with the worker that found it out."""

log = structlog.stdlib.get_logger()


class ResultWriter:
    """Gathers entries for a moment, then writes them together. None is dropped: it tries again."""

    def __init__(
        self, store: Store, club: ClubSettings, on_end: Callable[[Sequence[int]], None]
    ) -> None:
        self._store = store
        self._club = club
        self._on_end = on_end
        self._entries: list[tuple[str, DeliveryOutcome]] = []
        self._added = asyncio.Event()
        self._closed = asyncio.Event()
        self.outcomes: Counter[DeliveryState] = Counter()
        """What became of the tries of this process; `queued` is to be tried again."""

    @property
    def unwritten(self) -> set[int]:
        """Deliveries whose fate is known here and not yet in the database."""
        return {entry.result.delivery_id for _, entry in self._entries}

    def add(self, holder: str, entry: DeliveryOutcome) -> None:
        """One more to write, found out by the worker `holder`."""
        self._entries.append((holder, entry))
        self.outcomes[entry.result.state] += 1
        self._added.set()

    def open(self) -> None:
        """From now on there may come more; to be called before `run` and `close`."""
        self._closed.clear()

    def close(self) -> None:
        """No more will come; `run` ends when the last is written."""
        self._closed.set()
        self._added.set()

    async def run(self) -> None:
        """Writes until it is closed and empty."""
        while not self._closed.is_set() or self._entries:
            await self._added.wait()
            if len(self._entries) < _ENTRIES:
                await wait_for(self._closed, _GATHER_S)
            self._added.clear()
            await self._write()

    async def _write(self) -> None:
        batch = self._entries[:_BATCH_MAX]
        try:
            async with self._store.write() as tx:
                await _record(tx, self._club, batch)
                # Looking for an end costs a little; while results pour in, nothing ends.
                ended = await mailings.finish(tx) if len(batch) < _ENTRIES else []
        except Exception:  # kept in hand and tried again
            log.exception("results could not be written yet", rows=len(batch))
            await asyncio.sleep(_TROUBLE_S)
            ended = []
        else:
            del self._entries[: len(batch)]
        if self._entries or self._closed.is_set():
            self._added.set()
        if ended:
            self._on_end(ended)


async def _reroute_to_other_messenger(tx: Tx, batch: Batch) -> Batch:
    """The same, but what failed on one messenger goes by another, where the member has one."""
    failed = {one.result.delivery_id: one.failed_via for _, one in batch if one.failed_via}
    if not failed:
        return batch
    moved = await contacts.can_go_elsewhere(tx, failed)
    return [
        (holder, _queued_again(tx, one) if one.result.delivery_id in moved else one)
        for holder, one in batch
    ]


def _queued_again(tx: Tx, entry: DeliveryOutcome) -> DeliveryOutcome:
    result = entry.result
    again = Result(
        result.delivery_id,
        DeliveryState.QUEUED,
        reason=result.reason,
        not_before=tx.clock.now(),
        counted=False,
    )
    return replace(entry, result=again, halts=False)


async def _record(tx: Tx, club: ClubSettings, batch: Batch) -> None:
    batch = await _reroute_to_other_messenger(tx, batch)
    for holder in {holder for holder, _ in batch}:
        results = [entry.result for owner, entry in batch if owner == holder]
        late = len(results) - await deliveries.record_results(tx, holder, results)
        if late:
            log.warning("results came too late to count", rows=late)
    gone = [entry.gone_contact for _, entry in batch if entry.gone_contact is not None]
    if gone:
        await contacts.mark_unreachable(tx, gone)
    for _, entry in batch:
        if entry.moved:
            await contacts.move(tx, *entry.moved)
    for mailing_id in {entry.mailing_id for _, entry in batch if entry.halts}:
        await halt(tx, club, mailing_id)
