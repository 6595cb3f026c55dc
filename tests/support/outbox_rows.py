"""Mailings and a minimal worker for the tests of the outbox's queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from storage.database import leases
from storage.database.engine import Store
from storage.database.leases import LeaseTerm
from storage.models import (
    Delivery,
    DeliveryState,
    Lane,
    Mailing,
    MailingKind,
    MailingState,
    Purpose,
)
from storage.outbox import deliveries, enqueue
from storage.outbox.deliveries import Claimed, Result
from tests.support.transactions import in_write, rows_of

LEASE = timedelta(seconds=60)
MESSENGER = "telegram"


@dataclass
class Outbox:
    """The outbox of one club and the calls a delivery worker makes."""

    store: Store
    worker: str = "worker"
    opened: int = 0

    async def mail(
        self,
        *members: int,
        purpose: Purpose | None = Purpose.ANNOUNCEMENTS,
        lane: Lane = Lane.ANNOUNCEMENT,
        kind: MailingKind = MailingKind.REMINDER,
        state: MailingState = MailingState.SENDING,
        valid_until: datetime | None = None,
        **more: Any,
    ) -> int:
        """Opens a mailing to these members; returns its id."""
        self.opened += 1
        async with self.store.write() as tx:
            mailing = await enqueue.open_mailing(
                tx,
                kind=kind,
                subject=self.store.ids.code(8),
                lane=lane,
                bodies={"vi": {"text": f"tin {self.opened}"}, "en": {"text": "news"}},
                state=state,
                purpose=purpose,
                valid_until=valid_until,
                **more,
            )
            assert mailing is not None
            assert mailing.id is not None
            await enqueue.add_recipients(tx, mailing, members)
            return mailing.id

    async def term(self) -> LeaseTerm:
        """Takes or renews the lease of the delivery leader."""
        term = await in_write(
            self.store, leases.take, "delivery", self.worker, timedelta(seconds=15)
        )
        assert term is not None
        return term

    async def claim(self, limit: int = 100) -> list[Claimed]:
        """Claims up to `limit` rows."""
        term = await self.term()
        return await in_write(
            self.store, deliveries.claim, term, messenger=MESSENGER, limit=limit, lease=LEASE
        )

    async def begin(self, *rows: Claimed) -> set[int]:
        """Marks rows as being sent; returns those that may be sent."""
        term = await self.term()
        async with self.store.write() as tx:
            going = await deliveries.mark_sending(tx, term, rows, messenger=MESSENGER, lease=LEASE)
            return {row.id for row in going}

    async def record(self, *results: Result) -> int:
        """Records results of deliveries; returns how many were recorded."""
        return len(await in_write(self.store, deliveries.record_results, self.worker, results))

    async def rows(self) -> list[Delivery]:
        """All deliveries, oldest first."""
        return await rows_of(self.store, select(Delivery).order_by(col(Delivery.id)))

    async def states(self) -> list[DeliveryState]:
        """The state of each delivery, oldest first."""
        return [row.state for row in await self.rows()]

    async def mailing(self, number: int) -> Mailing:
        """The mailing with this id."""
        async with self.store.read() as tx:
            return await tx.session.get_one(Mailing, number)
