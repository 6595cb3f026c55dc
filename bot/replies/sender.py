"""Brings answers to the person who waits for them, as well as the messenger allows."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

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

log = structlog.stdlib.get_logger()

_TYPING_AFTER_S = 0.7
_FIRST_PAUSE_S = 0.5
_PATIENCE_S = 60.0
"""How long an answer that did not arrive is tried again; after that nobody waits for it any more."""

Call = Callable[[], Awaitable[object]]


class ReplySender:
    """Direct answers only; what nobody asked for goes through the outbox."""

    def __init__(
        self,
        messenger: Messenger,
        pace: RateLimiter,
        conversation: Conversation,
        pictures: MediaTasks,
    ) -> None:
        self._messenger = messenger
        self._pictures = pictures
        self._pace = pace
        self._conversation = conversation

    @property
    def text_limit(self) -> int:
        """How much text fits into one message of this messenger."""
        return self._messenger.limits.text

    async def deliver(self, incoming: Incoming, answer: Answer) -> None:
        """Acknowledges the button, then shows every reply in order. Never raises.

        What may have arrived is not sent again; the next message shows how things stand.
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

    async def with_picture(self, incoming: Incoming) -> Incoming:
        """The same with its picture, as `Pictures.seen`."""
        return await self._pictures.seen(incoming, self._messenger)

    @asynccontextmanager
    async def show_typing_if_slow(self, to: Address) -> AsyncIterator[None]:
        """Shows that an answer is on its way when the block takes long."""
        watcher = asyncio.create_task(self._type_later(to))
        try:
            yield
        finally:
            watcher.cancel()
            with suppress(asyncio.CancelledError):
                await watcher

    async def _type_later(self, to: Address) -> None:
        await asyncio.sleep(_TYPING_AFTER_S)
        with suppress(MessengerError):
            await self._messenger.typing(to)

    async def _render(self, incoming: Incoming, reply: Reply, message: Message) -> Message:
        """The message with its picture drawn, or a stranger's file made anew; else with words instead."""
        media = message.media
        if media is None or not (reply.draw or reply.strip_or):
            return message
        try:
            if reply.draw is None:
                made = await self._pictures.stripped(media)
                return replace(message, media=made) if made else Message(reply.strip_or)
            content = await self._pictures.drawn(reply.draw)
        except Exception:
            log.exception("attachment could not be rendered")
            words = reply.strip_or or self._conversation.drawing_failed(incoming, message.text)
            return replace(message, text=words, media=None)
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
            paced=False,
        )

    async def _suggest(self, incoming: Incoming, suggestions: Suggestions) -> None:
        if (lookup := incoming.inline_search) is not None:
            await self._best_effort(
                "suggestions",
                lambda: self._messenger.suggest(lookup.id, suggestions.found),
                incoming.sender,
                paced=False,
            )

    async def _change_menu(self, to: Address, change: MenuChange) -> None:
        entries = self._conversation.menu(change.role, change.language)
        await self._best_effort(
            "menu",
            lambda: self._messenger.set_menu(to, entries, change.language),
            to,
            paced=False,
        )

    async def _show(self, to: Address, message: Message, replaces: str) -> None:
        if replaces:
            try:
                await self._with_retries(lambda: self._messenger.edit(to, replaces, message), to)
            except Refused:
                # Too old, gone, or a picture where a text should be: the answer comes below it.
                pass
            except MessengerError as error:
                return _log_lost("edit", error)
            else:
                return None
        return await self._best_effort("message", lambda: self._messenger.send(to, message), to)

    async def _best_effort(self, what: str, call: Call, to: Address, *, paced: bool = True) -> None:
        try:
            await self._with_retries(call, to, paced=paced)
        except MessengerError as error:
            _log_lost(what, error)

    async def _with_retries(self, call: Call, to: Address, *, paced: bool = True) -> None:
        """Tries again while it certainly did not arrive; a message counts for the pace of its chat."""
        for pause_s in _pauses():
            if paced:
                await self._pace.acquire(INTERACTIVE, to.chat)
            try:
                await call()
            except RateLimited as error:
                self._pace.record_refusal(to.chat, error.retry_after_s)
                await asyncio.sleep(max(pause_s, error.retry_after_s))
            except (Unreachable, ServerError):
                await asyncio.sleep(pause_s)
            else:
                return
        await call()


def _pauses() -> Iterator[float]:
    pause_s, spent_s = _FIRST_PAUSE_S, 0.0
    while spent_s + pause_s < _PATIENCE_S:
        yield pause_s
        spent_s += pause_s
        pause_s *= 2


def _log_lost(what: str, error: MessengerError) -> None:
    log.warning("an answer did not arrive", what=what, kind=type(error).__name__)
