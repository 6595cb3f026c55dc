"""One attempt to deliver one message to one member."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

import structlog

from handlers.messages import (
    Address,
    BalanceSpent,
    Charge,
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
    WindowClosed,
)
from scheduler.delivery.charge_reports import MeteredAccount, settlement
from scheduler.delivery.corrections import CopyEditor
from scheduler.delivery.message_cache import MessageCache, PreparedMessage
from scheduler.delivery.numbered_choices import ChoiceOffer
from scheduler.delivery.refusal_breaker import RefusalBreaker
from scheduler.delivery.retry_policy import RetryPolicy
from scheduler.pacing.limiter import RateLimiter
from storage.database import Store
from storage.models import DeliveryState
from storage.outbox import corrections
from storage.outbox.deliveries import Claimed, Result
from storage.outbox.metering import Settlement, expected_charge

_ACQUIRE_TIMEOUT_S = 5.0
"""How long a message waits for the rate limiter before it is queued again."""
_FAILURES = (DeliveryState.GONE, DeliveryState.FAILED, DeliveryState.NOT_NOW)
_TOKEN_REFUSED_PAUSE_S = 300.0
"""How long nothing is sent after the token was refused."""
_UNEXPECTED = "unexpected error while sending"

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class DeliveryOutcome:
    """What is recorded after an attempt."""

    mailing_id: int
    result: Result
    gone_contact: int | None = None
    moved: tuple[int, str] | None = field(default=None, repr=False)
    """A contact and the new id of its chat."""
    failed_via: str | None = None
    """The messenger on which it failed for good; it may go through another one of the member's."""
    halts: bool = False
    """Whether the circuit breaker stops the whole mailing."""
    to_be_pinned: bool = False
    settlement: Settlement | None = None
    """What it cost, on an account whose messages are not always free; None where nothing changes."""
    contradicted: tuple[int, bytes | None] | None = field(default=None, repr=False)
    """The contact, with its sealed last interaction, to which the platform says the window is closed."""
    is_unpaid: bool = False
    """Whether the account has no money for it."""

    @property
    def reserved(self) -> Charge:
        """How the platform was expected to charge it."""
        return expected_charge(self.settlement.reservation if self.settlement else None)


class Sender:
    """Sends through one messenger account, and tracks its outages and refusals."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        rate_limiter: RateLimiter,
        retry_policy: RetryPolicy,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        metered: MeteredAccount | None = None,
    ) -> None:
        self.messenger = messenger
        self.metered = metered
        self._clock = store.clock
        self._rate_limiter = rate_limiter
        self._retry_policy = retry_policy
        self._monotonic = monotonic
        self._messages = MessageCache(store, messenger)
        self._copy_editor = CopyEditor(store, messenger, self._messages)
        self._choice_offer = ChoiceOffer(store, messenger)
        self._breaker = RefusalBreaker()
        self._down_since: float | None = None
        self._refused_at: float | None = None

    @property
    def token_refused(self) -> bool:
        """Whether the token was refused less than five minutes ago, so that nothing can be sent."""
        return (
            self._refused_at is not None
            and self._monotonic() - self._refused_at < _TOKEN_REFUSED_PAUSE_S
        )

    async def count_messages(self, row: Claimed) -> int:
        """How many messages the delivery becomes at most, on a metered account."""
        count = self.metered.metering.messages_in if self.metered else lambda _: 1
        try:
            ready = await self._messages.of(row)
        except (KeyError, ValueError):
            return 0  # nothing leaves
        if row.kind in corrections.KINDS:
            return await self._copy_editor.count_messages(row, ready.whole, count)
        parts = ready.whole.parts(maps=self.messenger.limits.maps)
        return sum(map(count, parts[-1:] if row.message_ids else parts))

    @property
    def round(self) -> int:
        """See `ChargeGuard.round`; 0 for an account without prices."""
        return self.metered.guard.round if self.metered else 0

    async def send(
        self, row: Claimed, on_started: Callable[[], None], marked_in: int = 0
    ) -> DeliveryOutcome:
        """Acquires a slot and sends; `on_started` is called once it has the slot or gave up.

        `marked_in` is the `round` before it was marked as being sent. Never raises: an error becomes an
        outcome.
        """
        if self.metered is None:
            return await self._send(row, on_started)
        async with self.metered.guard.turn(row, marked_in) as may_send:
            if may_send:
                return await self._send_metered(row, on_started, self.metered)
        on_started()
        result = self._retry_policy.never_sent(row)
        return DeliveryOutcome(row.mailing_id, result, settlement=settlement(row, result.state, ()))

    async def _send_metered(
        self, row: Claimed, on_started: Callable[[], None], account: MeteredAccount
    ) -> DeliveryOutcome:
        with account.reports.collecting() as charged:
            outcome = await self._send(row, on_started)
        account.guard.note(row, charged)
        return replace(outcome, settlement=settlement(row, outcome.result.state, charged))

    async def _send(self, row: Claimed, on_started: Callable[[], None]) -> DeliveryOutcome:
        try:
            ready = await self._messages.of(row)
            if (halted_s := self._rate_limiter.chat_halted_for_s(row.chat)) > _ACQUIRE_TIMEOUT_S:
                retry_at = self._clock.now() + timedelta(seconds=halted_s)
                return DeliveryOutcome(row.mailing_id, self._retry_policy.never_sent(row, retry_at))
            has_slot = await self._rate_limiter.acquire(
                row.lane, row.chat, patience_s=_ACQUIRE_TIMEOUT_S
            )
        except (KeyError, ValueError):
            return DeliveryOutcome(row.mailing_id, self._retry_policy.unreadable(row))
        except Exception:  # nothing was sent: it is retried
            log.exception(_UNEXPECTED, delivery=row.id)
            return DeliveryOutcome(row.mailing_id, self._retry_policy.never_sent(row))
        finally:
            on_started()
        return (
            await self._call(row, ready)
            if has_slot
            else DeliveryOutcome(row.mailing_id, self._retry_policy.never_sent(row))
        )

    async def pin(self, row: Claimed, outcome: DeliveryOutcome) -> None:
        """Pins a delivered copy, where it is to be pinned; best effort."""
        if not outcome.to_be_pinned:
            return
        if await self._rate_limiter.acquire(row.lane, row.chat, patience_s=_ACQUIRE_TIMEOUT_S):
            try:
                await self.messenger.pin(self._chat(row), outcome.result.message_ids[-1])
            except MessengerError as error:
                self._learn(row, error)

    async def _call(self, row: Claimed, ready: PreparedMessage) -> DeliveryOutcome:
        message_ids = list(row.message_ids)
        try:
            result = await self._do(row, ready, message_ids)
        except MessengerError as error:
            self._learn(row, error)
            return self._failed(row, error, message_ids)
        except Exception as error:  # it may have arrived, so it is uncertain
            log.exception(_UNEXPECTED, delivery=row.id)
            return self._failed(row, error, message_ids)
        self._down_since = self._refused_at = None
        self._breaker.record_success(row.mailing_id)
        pinned = ready.whole.pinned and row.kind not in corrections.KINDS
        arrived = result.state is DeliveryState.SENT and bool(result.message_ids)
        return DeliveryOutcome(row.mailing_id, result, to_be_pinned=pinned and arrived)

    async def _do(self, row: Claimed, ready: PreparedMessage, message_ids: list[str]) -> Result:
        """`message_ids` are those of the parts that have arrived, and grows with each part."""
        if row.kind in corrections.KINDS:
            acquire = partial(
                self._rate_limiter.acquire, row.lane, row.chat, patience_s=_ACQUIRE_TIMEOUT_S
            )
            return await self._copy_editor.apply(row, ready.words, acquire, message_ids)
        if ready.first is not None and not message_ids:
            message_ids += await ready.first(self._chat(row))
            if not await self._rate_limiter.acquire(
                row.lane, row.chat, patience_s=_ACQUIRE_TIMEOUT_S
            ):
                return replace(self._retry_policy.never_sent(row), message_ids=tuple(message_ids))
        listed = await self._choice_offer.list_for(row, ready.whole)
        try:
            message_ids += await ready.words(self._chat(row))
        except NotSent:
            await self._choice_offer.withdraw(listed)
            raise
        return self._retry_policy.arrived(row, message_ids)

    def _chat(self, row: Claimed) -> Address:
        return Address(self.messenger.name, row.chat)

    def _learn(self, row: Claimed, error: MessengerError) -> None:
        """What one failure says about the account."""
        if not isinstance(error, Unreachable):
            self._down_since = None
        elif self._down_since is None:
            self._down_since = self._monotonic()
        if isinstance(error, RateLimited):
            log.warning(
                "rate limited by the messenger",
                messenger=self.messenger.name,
                retry_in_s=error.retry_after_s,
            )
            self._rate_limiter.record_refusal(row.chat, error.retry_after_s)
        if isinstance(error, TokenRefused):
            self._refused_at = self._monotonic()
            log.error("token refused by the messenger, nothing can be sent")

    def _failed(
        self, row: Claimed, error: Exception, message_ids: Sequence[str]
    ) -> DeliveryOutcome:
        down_for_s = 0.0 if self._down_since is None else self._monotonic() - self._down_since
        result = self._retry_policy.failed(row, error, self._clock.now(), down_for_s=down_for_s)
        result = replace(result, message_ids=tuple(message_ids))
        gone = row.contact_id if isinstance(error, RecipientGone) else None
        moved = None
        if isinstance(error, Moved) and row.contact_id is not None:
            moved = (row.contact_id, error.chat)
        refused = isinstance(error, Refused)
        halts = refused and self._breaker.record_refusal(row.mailing_id, str(error))
        over = result.state in _FAILURES or isinstance(error, QuotaSpent)
        via = self.messenger.name if over and row.kind not in corrections.KINDS else None
        return DeliveryOutcome(
            row.mailing_id,
            result,
            gone,
            moved,
            failed_via=via,
            halts=halts,
            contradicted=row.interaction if isinstance(error, WindowClosed) else None,
            is_unpaid=isinstance(error, BalanceSpent),
        )
