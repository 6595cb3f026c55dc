"""What a person is told while a worker computes for their update; the answer then replaces it."""

import asyncio
from dataclasses import replace

from bot.intake.reply_queue import ReplyQueue
from bot.replies.sender import ReplySender
from handlers.messages import Answer, Incoming, Message, Reply


class ProgressNotice:
    """Sends at most one notice for one update, while the task runs: it delays neither task nor effect.

    Leaving the block gives up a notice that is not sent yet.
    """

    def __init__(self, sender: ReplySender | None, incoming: Incoming, replies: ReplyQueue) -> None:
        self._sender = sender
        self._incoming = incoming
        self._replies = replies
        self._sending: asyncio.Task[str] | None = None

    def __enter__(self) -> "ProgressNotice":
        return self

    def __exit__(self, *_: object) -> None:
        if self._sending:
            self._sending.cancel()

    def announce(self, notice: object) -> None:
        """Starts to send the notice; not while earlier replies wait, which must come before it."""
        is_due = self._sending is None and self._replies.is_idle
        if self._sender and is_due and isinstance(notice, Reply) and notice.message:
            self._sending = asyncio.create_task(
                self._sender.notify(self._incoming.sender, notice.message)
            )

    async def merged(self, answer: Answer) -> Answer:
        """The answer, its first text in place of the notice where the messenger can replace one."""
        if self._sending is None:
            return answer
        message_id = await self._sending
        return answer if self._incoming.typed_choices else in_place_of(message_id, answer)


def in_place_of(message_id: str, answer: Answer) -> Answer:
    """The answer with its first new text replacing this message; as it is if there is none.

    A picture cannot replace a text (https://core.telegram.org/bots/api#editmessagemedia).
    """
    pieces = list(answer)
    for number, piece in enumerate(pieces):
        if isinstance(piece, Reply) and piece.message and not piece.replaces:
            if message_id and _is_text(piece.message):
                pieces[number] = replace(piece, replaces=message_id)
            break
    return pieces


def _is_text(message: Message) -> bool:
    return not (
        message.media or message.album or message.point or message.pinned or message.copy_apart
    )
