"""The progress message, which an officer watches while an announcement is delivered."""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import structlog

from handlers.announcing.progress_message import ended, figures, progress, waiting
from handlers.conversation import ClubSettings, speech_to
from handlers.messages import (
    Address,
    DeliveryUncertain,
    Message,
    Messenger,
    MessengerError,
    RateLimited,
)
from scheduler.agenda import Entry
from scheduler.lease import Leadership
from scheduler.pacing.limiter import INTERACTIVE, RateLimiter
from storage.database import Store, Tx, id_of
from storage.database.event_wait import wait_for
from storage.database.leases import LeaseLost
from storage.members import members
from storage.models import Mailing, MemberState
from storage.outbox import corrections, mailings, throughput
from storage.outbox.window_audience import is_free
from storage.reports import batch_totals as batch_figures

_UPDATE_EVERY_S = 3.0
"""How often the message is edited at most; the final state is shown at once."""

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class _View:
    """The progress message that one officer should see now."""

    mailing: Mailing
    done: int
    """How many of its deliveries have ended."""
    ended: bool
    """Whether nothing of it will change any more."""
    to: Address | None
    """None when the person is no officer any more, or a message to them would cost something."""
    message_id: str
    message: Message

    @property
    def mailing_id(self) -> int:
        return id_of(self.mailing)


class ProgressUpdater:
    """Shows the progress of announcements; a failure never stops a delivery."""

    def __init__(
        self,
        store: Store,
        club: ClubSettings,
        messenger: Messenger,
        rate_limiter: RateLimiter,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._club = club
        self._messenger = messenger
        self._rate_limiter = rate_limiter
        self._monotonic = monotonic
        self.peers: Mapping[str, ProgressUpdater] = {}
        """The progress updaters of the club's messengers, by the messenger's name."""
        self._woken = asyncio.Event()
        self._ended_unshown: set[int] = set()
        """Mailings that have ended and whose final state was not shown yet."""
        self._shown: dict[int, tuple[float, Message]] = {}
        self._lost: set[int] = set()
        """Mailings whose progress message may have arrived, under an unknown id."""

    def entry(self, leadership: Leadership) -> Entry:
        """Due while an officer watches a mailing."""
        return Entry(
            f"progress {self._messenger.name}",
            mailings.first_watched(),
            self._woken.set,
            leadership.is_leader,
            _UPDATE_EVERY_S,
        )

    def wake(self) -> None:
        """A mailing may have started."""
        self._woken.set()

    def ended(self, mailing_ids: Sequence[int]) -> None:
        """These mailings have ended."""
        self._ended_unshown.update(mailing_ids)
        self._woken.set()

    async def run(self, stop: asyncio.Event, leadership: Leadership) -> None:
        """Updates the messages until `stop`, while this process leads."""
        while not stop.is_set():
            # A mailing that ended before it was shown is known to this process alone.
            await wait_for(self._woken, _UPDATE_EVERY_S if self._ended_unshown else None)
            self._woken.clear()
            if leadership.term is not None:
                await self.refresh()

    async def refresh(self) -> None:
        """Updates the messages that have changed and are due. Never raises."""
        try:
            await self._refresh()
        except LeaseLost:
            log.info("lease lost, another process shows the progress")
        except Exception:  # retried with the next refresh
            log.exception("progress not shown, retrying")

    async def _refresh(self) -> None:
        asked = set(self._ended_unshown)  # more may end meanwhile
        if asked:
            await self._count(asked)
        async with self._store.read() as tx:
            views = [await self._view(tx, each) for each in await mailings.watched(tx, asked)]
        views = self._own(views)
        await self._remember(views)
        for view in views:
            if self._is_due(view):
                await self._show(view)
        self._ended_unshown -= asked - {view.mailing_id for view in views}

    async def _count(self, ended: Collection[int]) -> None:
        """Counts, once a batch, the copies that an ended correction could not reach."""
        async with self._store.write() as tx:
            for mailing in await mailings.watched(tx, ended):
                if mailing.kind in corrections.KINDS and mailings.has_ended(mailing):
                    await batch_figures.unreachable(tx, mailing)

    async def _remember(self, views: Sequence[_View]) -> None:
        """Samples how many deliveries have ended, from which the throughput is computed."""
        now = self._store.clock.now()
        if moving := [view for view in views if throughput.is_due(view.mailing, now)]:
            async with self._store.write() as tx:
                for view in moving:
                    await throughput.note(tx, view.mailing, view.done)

    async def _view(self, tx: Tx, mailing: Mailing) -> _View:
        watcher_id = mailing.watcher_id or 0
        watcher = await members.get(tx, watcher_id)
        contact = await members.contact_of(tx, watcher_id)
        may_see = watcher.state is MemberState.ACTIVE and watcher.role.is_officer
        # A progress message is worth no money: where it would cost some, there is /tiendo.
        there = contact and may_see and is_free(tx, contact, self._club.metered)
        say = speech_to(self._club, watcher.language, watcher.role)
        now = await figures(tx, mailing, self._club.quiet_hours)
        return _View(
            mailing,
            ended(now.counts),
            mailings.has_ended(mailing) and not waiting(now.counts),
            Address(contact.messenger, members.chat_of(tx, contact)) if contact and there else None,
            mailings.progress_message(tx, mailing),
            progress(say, mailing, now),
        )

    def _own(self, views: Sequence[_View]) -> list[_View]:
        """The views on this messenger; the updater of another is told what has ended there."""
        own = []
        for view in views:
            if view.to is None or view.to.messenger == self._messenger.name:
                own.append(view)
            elif view.mailing_id in self._ended_unshown:
                self._ended_unshown.discard(view.mailing_id)
                if peer := self.peers.get(view.to.messenger):
                    peer.ended([view.mailing_id])
        return own

    def _is_due(self, view: _View) -> bool:
        if view.ended:
            return True
        if view.to is None or view.mailing_id in self._lost:
            return False
        if view.message_id and not self._messenger.limits.edits:
            return False  # without edits only the start and the end are sent
        at, message = self._shown.get(view.mailing_id, (0.0, None))
        return message is None or (
            message != view.message and self._monotonic() - at >= _UPDATE_EVERY_S
        )

    async def _show(self, view: _View) -> None:
        try:
            await self._send_or_edit(view)
        except MessengerError as error:
            log.warning("progress message not sent", kind=type(error).__name__)
            if isinstance(error, RateLimited) and view.to is not None:
                self._rate_limiter.record_refusal(view.to.chat, error.retry_after_s)
            if isinstance(error, DeliveryUncertain) and not view.message_id:
                self._lost.add(view.mailing_id)
            if error.retryable:
                return
        self._shown[view.mailing_id] = (self._monotonic(), view.message)
        if view.ended:
            await self._forget(view.mailing_id)

    async def _send_or_edit(self, view: _View) -> None:
        if view.to is None or view.to.messenger != self._messenger.name:
            return
        await self._rate_limiter.acquire(INTERACTIVE, view.to.chat)
        if view.message_id and self._messenger.limits.edits:
            await self._messenger.edit(view.to, view.message_id, view.message)
            return
        message_ids = await self._messenger.send(view.to, view.message)
        async with self._store.write() as tx:
            await mailings.keep_progress_message(tx, view.mailing_id, message_ids[0])

    async def _forget(self, mailing_id: int) -> None:
        async with self._store.write() as tx:
            await mailings.keep_progress_message(tx, mailing_id, "")
        self._ended_unshown.discard(mailing_id)
        self._lost.discard(mailing_id)
        del self._shown[mailing_id]
