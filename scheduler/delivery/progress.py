"""The message in which an officer watches an announcement go out."""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import structlog

from handlers.announcing.progress_message import ended, figures, progress, waiting
from handlers.conversation.i18n import speech_to
from handlers.conversation.settings import ClubSettings
from handlers.messages import (
    Address,
    DeliveryUncertain,
    Message,
    Messenger,
    MessengerError,
    RateLimited,
)
from scheduler.lease import Leadership
from scheduler.pacing.event_wait import wait_for
from scheduler.pacing.limiter import INTERACTIVE, RateLimiter
from storage.database.engine import Store, Tx
from storage.database.ids import id_of
from storage.database.leases import LeaseLost
from storage.members import members
from storage.models import Mailing, MemberState
from storage.outbox import corrections, mailings, throughput
from storage.reports import batch_totals as batch_figures

_EVERY_S = 3.0
"""How often the message changes at most; its last word comes at once."""

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class _View:
    """What one officer should see now."""

    mailing: Mailing
    done: int
    """How many of its deliveries have come to their end."""
    ended: bool
    """No line of it will change any more; what was under way when it was cancelled has landed."""
    to: Address | None
    """None when the officer is one no more."""
    message_id: str
    message: Message

    @property
    def mailing_id(self) -> int:
        return id_of(self.mailing)


class ProgressUpdater:
    """Shows the progress of announcements. That it cannot be shown never stops a delivery."""

    def __init__(
        self,
        store: Store,
        club: ClubSettings,
        messenger: Messenger,
        pace: RateLimiter,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._club = club
        self._messenger = messenger
        self._pace = pace
        self._monotonic = monotonic
        self.elsewhere: Sequence[ProgressUpdater] = ()
        """Those who show the progress on the club's other messengers."""
        self._woken = asyncio.Event()
        self._owed: set[int] = set()
        """Mailings that ended and whose last word has not been shown."""
        self._shown: dict[int, tuple[float, Message]] = {}
        self._lost: set[int] = set()
        """Mailings whose message may be in the chat, but nobody knows under which id."""

    def look(self) -> None:
        """Something has begun that may be worth showing."""
        self._woken.set()

    def ended(self, mailing_ids: Sequence[int]) -> None:
        """These have come to their end."""
        self._owed.update(mailing_ids)
        self._woken.set()

    async def run(self, stop: asyncio.Event, leadership: Leadership) -> None:
        """Shows what is going out until `stop`, while this process leads."""
        while not stop.is_set():
            await wait_for(self._woken, _EVERY_S)
            self._woken.clear()
            if leadership.term is not None:
                await self.refresh()

    async def refresh(self) -> None:
        """Shows how things stand now, where that has changed and is not too soon. Never raises."""
        try:
            await self._refresh()
        except LeaseLost:
            log.info("another process shows the progress now")
        except Exception:  # it is only a picture of the delivery; the next look tries again
            log.exception("the progress could not be shown")

    async def _refresh(self) -> None:
        asked = set(self._owed)  # more may come to its end while this looks
        if asked:
            await self._count(asked)
        async with self._store.read() as tx:
            views = [await self._view(tx, each) for each in await mailings.watched(tx, asked)]
        views = self._own(views)
        await self._remember(views)
        for view in views:
            if self._is_due(view):
                await self._show(view)
        self._owed -= asked - {view.mailing_id for view in views}

    async def _count(self, ended: Collection[int]) -> None:
        """Has counted, once a batch, how many copies what ended could not be brought to."""
        async with self._store.write() as tx:
            for mailing in await mailings.watched(tx, ended):
                if mailing.kind in corrections.KINDS and mailings.has_ended(mailing):
                    await batch_figures.beyond_reach(tx, mailing)

    async def _remember(self, views: Sequence[_View]) -> None:
        """How far they have come by now, from which their speed is known afterwards."""
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
        there = contact and may_see
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
        """What is watched on this messenger; of the rest, those who show it learn that it ended."""
        here = {v.mailing_id: v.to is None or v.to.messenger == self._messenger.name for v in views}
        if theirs := [number for number in self._owed if not here.get(number, True)]:
            for other in self.elsewhere:
                other.ended(theirs)
            self._owed.difference_update(theirs)
        return [view for view in views if here[view.mailing_id]]

    def _is_due(self, view: _View) -> bool:
        if view.ended:
            return True
        if view.to is None or view.mailing_id in self._lost:
            return False
        if view.message_id and not self._messenger.limits.edits:
            return False  # it is told when it begins and when it has ended; more would be a flood
        at, message = self._shown.get(view.mailing_id, (0.0, None))
        return message is None or (message != view.message and self._monotonic() - at >= _EVERY_S)

    async def _show(self, view: _View) -> None:
        try:
            await self._bring(view)
        except MessengerError as error:
            log.warning("the progress did not arrive", kind=type(error).__name__)
            if isinstance(error, RateLimited) and view.to is not None:
                self._pace.record_refusal(view.to.chat, error.retry_after_s)
            if isinstance(error, DeliveryUncertain) and not view.message_id:
                self._lost.add(view.mailing_id)
            if error.retryable:
                return
        self._shown[view.mailing_id] = (self._monotonic(), view.message)
        if view.ended:
            await self._let_go(view.mailing_id)

    async def _bring(self, view: _View) -> None:
        if view.to is None or view.to.messenger != self._messenger.name:
            return
        await self._pace.acquire(INTERACTIVE, view.to.chat)
        if view.message_id and self._messenger.limits.edits:
            await self._messenger.edit(view.to, view.message_id, view.message)
            return
        posted = await self._messenger.send(view.to, view.message)
        async with self._store.write() as tx:
            await mailings.keep_progress_message(tx, view.mailing_id, posted[0])

    async def _let_go(self, mailing_id: int) -> None:
        async with self._store.write() as tx:
            await mailings.keep_progress_message(tx, mailing_id, "")
        self._owed.discard(mailing_id)
        self._lost.discard(mailing_id)
        del self._shown[mailing_id]
