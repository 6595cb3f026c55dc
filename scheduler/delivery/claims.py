"""Claiming: takes deliveries out of the outbox under a lease, marks them as being sent, returns them.

A claim is safe against two senders: it is made under the term of the account's lease, so that a
process that lost the lease cannot claim or mark any more, and the claimed row has a lease of its
own, after which it is queued again. A row is marked as being sent in a committed transaction
before the call: what a crash leaves marked may have arrived, and becomes uncertain instead of being
sent twice.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from scheduler.settings import DeliverySettings
from storage.database import Store, Tx
from storage.database.leases import LeaseTerm
from storage.outbox import deliveries, mailings
from storage.outbox.deliveries import Claimed
from storage.outbox.quiet_hours import QuietHours

_RECOVER_EVERY = timedelta(seconds=1)
"""How often expired leases are looked for at most: the query scans every claimed row."""


class DeliveryClaims:
    """The claims of one worker on the deliveries of one messenger."""

    def __init__(
        self, store: Store, messenger: str, quiet_hours: QuietHours, settings: DeliverySettings
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._quiet_hours = quiet_hours
        self._settings = settings
        self._recovered_at: datetime | None = None

    async def claim(
        self, term: LeaseTerm, *, in_progress: Collection[int]
    ) -> tuple[list[Claimed], Sequence[int]]:
        """The next batch; when there is none, the mailings that have ended.

        `in_progress` are deliveries whose call has not ended; they are not taken for lost.

        Raises:
            LeaseLost: another process delivers for this account.
        """
        async with self._store.write() as tx:
            await self._recover_expired(tx, in_progress)
            claimed = await deliveries.claim(
                tx,
                term,
                messenger=self._messenger,
                limit=self._settings.batch,
                lease=self._settings.lease,
                night=self._quiet_hours,
            )
            ended = [] if claimed else await mailings.finish(tx)
        return claimed, ended

    async def _recover_expired(self, tx: Tx, in_progress: Collection[int]) -> None:
        now, before = tx.clock.now(), self._recovered_at
        if before is None or not before <= now < before + _RECOVER_EVERY:
            await deliveries.recover(tx, lease=self._settings.lease, in_hand=in_progress)
            self._recovered_at = now

    async def mark_sending(self, term: LeaseTerm, rows: Sequence[Claimed]) -> list[Claimed]:
        """Commits that these are being sent; returns those that may still be sent.

        Raises:
            LeaseLost: another process delivers for this account.
        """
        async with self._store.write() as tx:
            return await deliveries.mark_sending(
                tx,
                term,
                rows,
                messenger=self._messenger,
                lease=self._settings.lease,
                night=self._quiet_hours,
            )

    async def give_back(self, term: LeaseTerm, rows: Sequence[Claimed]) -> None:
        """Queues claimed rows again that were not marked as being sent."""
        async with self._store.write() as tx:
            await deliveries.give_back(tx, term.holder, [row.id for row in rows])
