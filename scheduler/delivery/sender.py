"""One try to bring one message to one member."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

import structlog

from handlers.messages import (
    Address,
    Messenger,
    MessengerError,
    Moved,
    NotSent,
    QuotaSpent,
    RateLimited,
    RecipientGone,
    Refused,
    TokenRefused,
    Unreachable,
)
from scheduler.delivery.corrections import CopyEditor
from scheduler.delivery.message_cache import MessageCache, PreparedMessage
from scheduler.delivery.numbered_choices import ChoiceOffer
from scheduler.delivery.refusal_breaker import RefusalBreaker
from scheduler.delivery.retry_policy import RetryPolicy
from scheduler.pacing.limiter import RateLimiter
from storage.database.engine import Store
from storage.models import DeliveryState
from storage.outbox import corrections
from storage.outbox.deliveries import Claimed, Result

_PATIENCE_S = 5.0
"""How long a message waits for its turn before it goes back into the queue."""
_FAILURES = (DeliveryState.GONE, DeliveryState.FAILED)
_REFUSED_S = 300.0
"""How long the account rests after its token was refused."""
_SURPRISE = "sending failed in a way nobody foresaw"

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class DeliveryOutcome:
    """What is to be written down after a try."""

    mailing_id: int
    result: Result
    gone_contact: int | None = None
    moved: tuple[int, str] | None = field(default=None, repr=False)
    """A contact and the new id of its chat."""
    failed_via: str | None = None
    """The messenger on which it failed for good: it may go by another, if the member has one."""
    halts: bool = False
    """Whether the whole mailing is to stop: it was refused too often in a row."""
    to_be_pinned: bool = False


class Sender:
    """Sends through one messenger account, and remembers what ails it."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        pace: RateLimiter,
        judge: RetryPolicy,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.messenger = messenger
        self._clock = store.clock
        self._pace = pace
        self._judge = judge
        self._monotonic = monotonic
        self._wordings = MessageCache(store, messenger)
        self._mender = CopyEditor(store, messenger, self._wordings)
        self._offering = ChoiceOffer(store, messenger)
        self._streaks = RefusalBreaker()
        self._down_since: float | None = None
        self._refused_at: float | None = None

    @property
    def token_refused(self) -> bool:
        """The account was refused a short while ago: nothing can be sent, a person must look."""
        return self._refused_at is not None and self._monotonic() - self._refused_at < _REFUSED_S

    async def send(self, row: Claimed, on_turn: Callable[[], None]) -> DeliveryOutcome:
        """Waits for its turn and sends; `on_turn` is called once the waiting is over.

        Never raises: whatever happens is a result.
        """
        try:
            ready = await self._wordings.of(row)
            if (rest_s := self._pace.chat_halted_for_s(row.chat)) > _PATIENCE_S:
                again_at = self._clock.now() + timedelta(seconds=rest_s)
                return DeliveryOutcome(row.mailing_id, self._judge.never_sent(row, again_at))
            its_turn = await self._pace.acquire(row.lane, row.chat, patience_s=_PATIENCE_S)
        except (KeyError, ValueError):
            return DeliveryOutcome(row.mailing_id, self._judge.unreadable(row))
        except Exception:  # nothing was sent: it is tried again
            log.exception(_SURPRISE, delivery=row.id)
            return DeliveryOutcome(row.mailing_id, self._judge.never_sent(row))
        finally:
            on_turn()
        return (
            await self._call(row, ready)
            if its_turn
            else DeliveryOutcome(row.mailing_id, self._judge.never_sent(row))
        )

    async def pin(self, row: Claimed, entry: DeliveryOutcome) -> None:
        """Pins a copy that has arrived, where it is meant to be pinned; no harm when it cannot be."""
        if not entry.to_be_pinned:
            return
        if await self._pace.acquire(row.lane, row.chat, patience_s=_PATIENCE_S):
            try:
                await self.messenger.pin(self._chat(row), entry.result.message_ids[-1])
            except MessengerError as error:
                self._learn(row, error)

    async def _call(self, row: Claimed, ready: PreparedMessage) -> DeliveryOutcome:
        came = list(row.message_ids)
        try:
            result = await self._do(row, ready, came)
        except MessengerError as error:
            self._learn(row, error)
            return self._failed(row, error, came)
        except Exception as error:  # it may have arrived: uncertain
            log.exception(_SURPRISE, delivery=row.id)
            return self._failed(row, error, came)
        self._down_since = self._refused_at = None
        self._streaks.record_success(row.mailing_id)
        pinned = ready.whole.pinned and row.kind not in corrections.KINDS
        arrived = result.state is DeliveryState.SENT and bool(result.message_ids)
        return DeliveryOutcome(row.mailing_id, result, to_be_pinned=pinned and arrived)

    async def _do(self, row: Claimed, ready: PreparedMessage, came: list[str]) -> Result:
        """`came` is what of it is in the chat already, and grows part by part."""
        if row.kind in corrections.KINDS:
            next_turn = partial(self._pace.acquire, row.lane, row.chat, patience_s=_PATIENCE_S)
            return await self._mender.apply(row, ready.words, next_turn)
        if ready.album is not None and not came:
            came += await ready.album(self._chat(row))
            if not await self._pace.acquire(row.lane, row.chat, patience_s=_PATIENCE_S):
                return replace(self._judge.never_sent(row), message_ids=tuple(came))
        listed = await self._offering.list_for(row, ready.whole)
        try:
            came += await ready.words(self._chat(row))
        except NotSent:
            await self._offering.withdraw(listed)
            raise
        return self._judge.arrived(row, came)

    def _chat(self, row: Claimed) -> Address:
        return Address(self.messenger.name, row.chat)

    def _learn(self, row: Claimed, error: MessengerError) -> None:
        """What one failure means for everybody else."""
        if not isinstance(error, Unreachable):
            self._down_since = None
        elif self._down_since is None:
            self._down_since = self._monotonic()
        if isinstance(error, RateLimited):
            self._pace.record_refusal(row.chat, error.retry_after_s)
        if isinstance(error, TokenRefused):
            self._refused_at = self._monotonic()
            log.error("the messenger refuses the bot's token; nothing can be sent")

    def _failed(self, row: Claimed, error: Exception, came: Sequence[str]) -> DeliveryOutcome:
        down_for_s = 0.0 if self._down_since is None else self._monotonic() - self._down_since
        result = self._judge.failed(row, error, self._clock.now(), down_for_s=down_for_s)
        result = replace(result, message_ids=tuple(came))
        gone = row.contact_id if isinstance(error, RecipientGone) else None
        moved = None
        if isinstance(error, Moved) and row.contact_id is not None:
            moved = (row.contact_id, error.chat)
        refused = isinstance(error, Refused)
        halts = refused and self._streaks.record_refusal(row.mailing_id, str(error))
        over = result.state in _FAILURES or isinstance(error, QuotaSpent)
        via = self.messenger.name if over and row.kind not in corrections.KINDS else None
        return DeliveryOutcome(row.mailing_id, result, gone, moved, failed_via=via, halts=halts)
