"""Sends replies to the person who waits for them, with retries, within the rate limit."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial

import structlog

from bot.workers.media_tasks import MediaTasks
from handlers.conversation.dispatcher import Conversation
from handlers.messages import (
    Address,
    Answer,
    Incoming,
    MenuChange,
    Message,
    Messenger,
    MessengerError,
    RateLimited,
    Refused,
    Reply,
    ServerError,
    Suggestions,
    Unreachable,
)
from scheduler.pacing.limiter import INTERACTIVE, RateLimiter
from storage.database.backoff import Backoff

log = structlog.stdlib.get_logger()

_TYPING_AFTER_S = 0.7
_BACKOFF = Backoff(first_s=0.5, max_s=32.0)
_RETRY_FOR_S = 60.0
"""Seconds that a reply is retried, all delays together; then it is dropped and logged."""

_NOTICE_S = 5.0
"""Seconds in which a notice is sent or given up."""

Call = Callable[[], Awaitable[object]]


class ReplySender:
    """Replies only, over one messenger account; notices and mailings go through the outbox."""

    def __init__(
        self,
        messenger: Messenger,
        rate_limiter: RateLimiter,
        conversation: Conversation,
        media_tasks: MediaTasks,
    ) -> None:
        self._messenger = messenger
        self._media_tasks = media_tasks
        self._rate_limiter = rate_limiter
        self._conversation = conversation
        self._edits_are_refused = False
        """Whether an edit was refused since the account was halted."""

    @property
    def text_limit(self) -> int:
        """The longest text of one message of this messenger."""
        return self._messenger.limits.text

    async def send(self, incoming: Incoming, answer: Answer) -> None:
        """Acknowledges the button, then sends every reply in order. Never raises.

        A reply that may have arrived is not sent again: a duplicate is worse than a lost one, and
        the next reply shows the current state.
        """
        await self._acknowledge(incoming, answer)
        for piece in answer:
            if isinstance(piece, Suggestions):
                await self._suggest(incoming, piece)
                continue
            if isinstance(piece, MenuChange):
                await self._change_menu(piece.to or incoming.sender, piece)
            elif piece.message:
                ready = await self._render(incoming, piece, piece.message)
                await self._show(incoming.sender, ready, piece.replaces)

    async def notify(self, to: Address, message: Message) -> str:
        """Sends what is to be read while the answer is computed; its id, empty if it did not arrive.

        Once and with a short time limit: without it the answer comes all the same.
        """
        try:
            async with asyncio.timeout(_NOTICE_S):
                await self._rate_limiter.acquire(INTERACTIVE, to.chat)
                ids = await self._messenger.send(to, message)
        except (MessengerError, TimeoutError) as error:
            _log_lost("notice", error)
            return ""
        return ids[-1] if ids else ""

    async def fetch_pictures(self, incoming: Incoming) -> Incoming:
        """The update with its pictures, re-encoded (`MediaTasks.seen`); without them on failure."""
        return await self._media_tasks.seen(incoming, self._messenger)

    async def ask_name(self, incoming: Incoming) -> Incoming:
        """The update with the name of its sender, where the messenger has to be asked for it."""
        try:
            name = await self._messenger.display_name(incoming.sender)
        except MessengerError as error:
            log.warning("name of a person not read", kind=type(error).__name__)
            return incoming
        return replace(incoming, name=name)

    @asynccontextmanager
    async def show_typing_if_slow(self, to: Address) -> AsyncIterator[None]:
        """Shows the typing indicator when the block takes longer than 0.7 s."""
        typing = asyncio.create_task(self._type_later(to))
        try:
            yield
        finally:
            typing.cancel()
            with suppress(asyncio.CancelledError):
                await typing

    async def _type_later(self, to: Address) -> None:
        await asyncio.sleep(_TYPING_AFTER_S)
        with suppress(MessengerError):
            await self._messenger.typing(to)

    async def _render(self, incoming: Incoming, reply: Reply, message: Message) -> Message:
        """The message with its picture drawn or its file stripped of metadata; on failure as text."""
        media = message.media
        if media is None or not (reply.draw or reply.strip_or):
            return message
        try:
            if reply.draw is None:
                stripped = await self._media_tasks.stripped(media)
                return replace(message, media=stripped) if stripped else Message(reply.strip_or)
            content = await self._media_tasks.drawn(reply.draw)
        except Exception:
            log.exception("attachment not rendered, sending text instead")
            text = reply.strip_or or self._conversation.drawing_failed(incoming, message.text)
            return replace(message, text=text, media=None)
        return replace(message, media=replace(media, content=content))

    async def _acknowledge(self, incoming: Incoming, answer: Answer) -> None:
        press = incoming.press
        if press is None:
            return
        toast = next((p for p in answer if isinstance(p, Reply) and p.toast), Reply())
        await self._best_effort(
            "press",
            lambda: self._messenger.acknowledge(press.id, toast.toast, alert=toast.alert),
            incoming.sender,
            rate_limited=False,
        )

    async def _suggest(self, incoming: Incoming, suggestions: Suggestions) -> None:
        if (lookup := incoming.inline_search) is not None:
            await self._best_effort(
                "suggestions",
                lambda: self._messenger.suggest(lookup.id, suggestions.found),
                incoming.sender,
                rate_limited=False,
            )

    async def _change_menu(self, to: Address, change: MenuChange) -> None:
        entries = self._conversation.menu(change.role, change.language)
        await self._best_effort(
            "menu",
            lambda: self._messenger.set_menu(to, entries, change.language),
            to,
            rate_limited=False,
        )

    async def _show(self, to: Address, message: Message, replaces: str) -> None:
        if replaces:

            def edit() -> Awaitable[object]:
                return self._messenger.edit(to, replaces, message)

            try:
                if not await self._was_edited_while_halted(edit, to):
                    await self._with_retries(edit, to)
            except Refused:
                # Too old, deleted, or of another kind (text or picture): sent as a new message below.
                pass
            except MessengerError as error:
                return _log_lost("edit", error)
            else:
                return None
        # Each part is retried by itself: what has arrived is not sent again.
        for part in message.parts(maps=self._messenger.limits.maps):
            send = (
                partial(self._messenger.send, to, part)
                if isinstance(part, Message)
                else partial(self._messenger.prepare(part), to)
            )
            await self._best_effort("message", send, to)
        return None

    async def _was_edited_while_halted(self, edit: Call, to: Address) -> bool:
        """Tries an edit at once while the account is halted by 429s of other chats; whether it was made.

        The limits of the Bot API are about messages that are sent, and whoever pauses a broadcast is to
        see it at once: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
        After a refusal no more edits are tried until the halt is over.
        """
        limiter = self._rate_limiter
        if not limiter.halted_for_s:
            self._edits_are_refused = False
            return False
        if self._edits_are_refused or limiter.chat_halted_for_s(to.chat):
            return False
        try:
            await edit()
        except RateLimited as error:
            self._edits_are_refused = True
            limiter.record_refusal(to.chat, error.retry_after_s)
            return False
        except (Unreachable, ServerError):
            return False
        return True

    async def _best_effort(
        self, what: str, call: Call, to: Address, *, rate_limited: bool = True
    ) -> None:
        try:
            await self._with_retries(call, to, rate_limited=rate_limited)
        except MessengerError as error:
            _log_lost(what, error)

    async def _with_retries(self, call: Call, to: Address, *, rate_limited: bool = True) -> None:
        """Retries with back-off while the call certainly had no effect (429, 5xx, unreachable)."""
        for delay_s in _BACKOFF.delays_within(_RETRY_FOR_S):
            if rate_limited:
                await self._rate_limiter.acquire(INTERACTIVE, to.chat)
            try:
                await call()
            except RateLimited as error:
                self._rate_limiter.record_refusal(to.chat, error.retry_after_s)
                wait_s = max(delay_s, error.retry_after_s)
                log.warning(
                    "rate limited by the messenger", messenger=to.messenger, retry_in_s=wait_s
                )
                await asyncio.sleep(wait_s)
            except (Unreachable, ServerError):
                await asyncio.sleep(delay_s)
            else:
                return
        await call()


def _log_lost(what: str, error: Exception) -> None:
    log.warning("reply lost", what=what, kind=type(error).__name__)
