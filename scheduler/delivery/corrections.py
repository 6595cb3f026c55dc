"""Corrects or recalls one copy that a member already has (`storage.outbox.corrections`).

Edits and deletions are idempotent, so one with an uncertain outcome is retried.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from handlers.messages import (
    Address,
    DeliveryUncertain,
    Message,
    Messenger,
    MessengerError,
    Part,
    Prepared,
    Refused,
    ServerError,
)
from scheduler.delivery.message_cache import MessageCache
from storage.database import Store
from storage.models import CorrectionOutcome, DeliveryState, MailingKind
from storage.outbox import corrections
from storage.outbox.corrections import Copy
from storage.outbox.deliveries import Claimed, Result

DELETABLE_FOR = timedelta(hours=48)
"""How long a bot may delete what it sent: https://core.telegram.org/bots/api#deletemessage"""
_IN_FLIGHT_DELAY = timedelta(seconds=2)
"""When to retry a correction of a copy that is being sent."""
_NO_ID = "the copy's message id is unknown"

AcquireSlot = Callable[[], Awaitable[bool]]
"""Acquires a slot of the rate limiter for the member's chat; False when there was none in time."""


class CopyEditor:
    """Edits and deletes copies through one messenger account."""

    def __init__(self, store: Store, messenger: Messenger, messages: MessageCache) -> None:
        self._store = store
        self._messenger = messenger
        self._messages = messages

    async def apply(
        self, row: Claimed, notice: Prepared, acquire: AcquireSlot, message_ids: list[str]
    ) -> Result:
        """Applies the correction or recall of this row; `notice` tells the member of it.

        Where the messenger has no edits, `message_ids` are those of what has arrived, and grows with
        each message.

        Raises:
            MessengerError: as `Messenger.send`; everything done before may be repeated.
        """
        async with self._store.read() as tx:
            copy = await corrections.copy_of(tx, row.mailing_id, row.member_id)
            may_be_notified = await corrections.may_be_notified(tx, row.member_id)
        if copy is None:
            return Result(row.id, DeliveryState.CANCELLED)
        if copy.under_way:
            later = self._store.clock.now() + _IN_FLIGHT_DELAY
            return Result(row.id, DeliveryState.QUEUED, not_before=later, counted=False)
        if copy.via not in (None, self._messenger.name):
            # The copy is in another messenger, under ids of that one.
            copy = replace(copy, message_ids=(), notices=())
        if not self._messenger.limits.edits:
            words = notice if may_be_notified else None
            return await self._send_notice(row, copy, words, acquire, message_ids)
        apply = self._recall if row.kind is MailingKind.RECALL else self._edit_copy
        return await apply(row, copy, notice if may_be_notified else None, acquire)

    async def count_messages(
        self, row: Claimed, notice: Message, count: Callable[[Part], int]
    ) -> int:
        """How many messages it takes at most, where the messenger has no edits."""
        if row.kind is MailingKind.RECALL:
            return count(notice)
        async with self._store.read() as tx:
            copy = await corrections.copy_of(tx, row.mailing_id, row.member_id)
        if copy is None:
            return 0
        standing = await self._messages.standing(copy, row.language)
        text = sum(map(count, standing.parts(maps=self._messenger.limits.maps)))
        return text if row.message_ids else count(notice) + text

    async def _send_notice(
        self,
        row: Claimed,
        copy: Copy,
        notice: Prepared | None,
        acquire: AcquireSlot,
        message_ids: list[str],
    ) -> Result:
        """Where the messenger has no edits: sends the notice, and after it the current wording."""
        if notice is None:
            return Result(row.id, DeliveryState.CANCELLED)
        if not await acquire():
            return Result(row.id, DeliveryState.QUEUED, counted=False)
        if not message_ids:
            message_ids += await notice(self._chat(row))
            while row.kind is not MailingKind.RECALL and not await acquire():
                pass
        if row.kind is not MailingKind.RECALL:
            standing = await self._messages.standing(copy, row.language)
            message_ids += await self._messenger.send(self._chat(row), standing)
        return Result(
            row.id,
            DeliveryState.SENT,
            tuple(message_ids),
            correction_outcome=CorrectionOutcome.NOTICE_ONLY,
        )

    async def _edit_copy(
        self, row: Claimed, copy: Copy, notice: Prepared | None, acquire: AcquireSlot
    ) -> Result:
        edited = await self._edit(row, copy, await self._messages.standing(copy, row.language))
        outcome = CorrectionOutcome.EDITED if edited else CorrectionOutcome.NOTICE_ONLY
        if notice is None:
            state = DeliveryState.SENT if edited else DeliveryState.CANCELLED
            return Result(row.id, state, correction_outcome=outcome if edited else None)
        if not await acquire():
            return Result(row.id, DeliveryState.QUEUED, counted=False)
        sent = await notice(self._chat(row))
        return Result(row.id, DeliveryState.SENT, tuple(sent), correction_outcome=outcome)

    async def _recall(
        self, row: Claimed, copy: Copy, notice: Prepared | None, acquire: AcquireSlot
    ) -> Result:
        """Deletes the copy; the notice says that what it told is no longer valid."""
        done = await self._delete_copy(row, copy)
        if notice is None:
            return done
        if not await acquire():
            return Result(row.id, DeliveryState.QUEUED, counted=False)
        sent = await notice(self._chat(row))
        outcome = (
            done.correction_outcome
            if done.state is DeliveryState.SENT
            else CorrectionOutcome.NOTICE_ONLY
        )
        return Result(row.id, DeliveryState.SENT, tuple(sent), correction_outcome=outcome)

    async def _delete_copy(self, row: Claimed, copy: Copy) -> Result:
        if not copy.message_ids:
            return _out_of_reach(row, _NO_ID)
        await self._delete(
            row, copy.notices
        )  # best effort: a notice that stays links to the recalled copy
        age = self._store.clock.now() - copy.since
        if age < DELETABLE_FOR and await self._delete(row, copy.message_ids):
            return Result(row.id, DeliveryState.SENT, correction_outcome=CorrectionOutcome.DELETED)
        standing = await self._messages.standing(copy, row.language)
        recalled = replace(await self._messages.message(row), media=standing.media)
        if await self._edit(row, copy, recalled):
            await self._unpin(row, copy, standing)
            return Result(row.id, DeliveryState.SENT, correction_outcome=CorrectionOutcome.EDITED)
        return _out_of_reach(row, "the messenger no longer changes this copy")

    async def _edit(self, row: Claimed, copy: Copy, message: Message) -> bool:
        """Whether the copy was edited; the text of an album is in its last message."""
        if not copy.message_ids:
            return False
        try:
            await self._messenger.edit(self._chat(row), copy.message_ids[-1], message)
        except Refused:
            return False
        except DeliveryUncertain as unknown:
            raise ServerError(str(unknown)) from None
        return True

    async def _unpin(self, row: Claimed, copy: Copy, standing: Message) -> None:
        """Unpins the recalled copy; best effort."""
        if standing.pinned:
            with suppress(MessengerError):
                await self._messenger.unpin(self._chat(row), copy.message_ids[-1])

    async def _delete(self, row: Claimed, message_ids: Sequence[str]) -> bool:
        """Whether all of these were deleted."""
        try:
            for message_id in message_ids:
                await self._messenger.delete(self._chat(row), message_id)
        except Refused:
            return False
        except DeliveryUncertain as unknown:
            raise ServerError(str(unknown)) from None
        return True

    def _chat(self, row: Claimed) -> Address:
        return Address(self._messenger.name, row.chat)


def _out_of_reach(row: Claimed, reason: str) -> Result:
    return Result(
        row.id,
        DeliveryState.FAILED,
        reason=reason,
        correction_outcome=CorrectionOutcome.OUT_OF_REACH,
    )
