"""Routing of replies: each goes to the sender of the messenger that it is addressed to."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import structlog

from bot.replies.sender import ReplySender
from handlers.messages import Answer, Incoming, Suggestions

log = structlog.stdlib.get_logger()


class ReplyRouter:
    """Splits an answer by messenger and passes each part to that messenger's sender."""

    def __init__(self, senders: Mapping[str, ReplySender]) -> None:
        self._senders = senders

    def sender_for(self, messenger: str) -> ReplySender | None:
        """The sender of a messenger; None for one that is not configured."""
        return self._senders.get(messenger)

    def text_limit(self, messenger: str) -> int | None:
        """The longest text of one message; None for a messenger that is not configured."""
        sender = self.sender_for(messenger)
        return sender.text_limit if sender else None

    async def route(self, incoming: Incoming, answer: Answer) -> None:
        """Has every reply sent, those to the person's own messenger first. Never raises."""
        for messenger in _messengers(incoming, answer):
            replies = [reply for reply in answer if _messenger_of(reply, incoming) == messenger]
            if (sender := self.sender_for(messenger)) is None:
                log.warning("reply dropped: messenger not configured", messenger=messenger)
            elif messenger == incoming.sender.messenger:
                await sender.send(incoming, replies)
            else:
                # The button was pressed on the person's own messenger; another cannot acknowledge it.
                await sender.send(replace(incoming, press=None), replies)


def _messengers(incoming: Incoming, answer: Answer) -> Iterator[str]:
    """The person's own messenger first, also when there is only a button to acknowledge."""
    own = incoming.sender.messenger
    yield own
    named = (_messenger_of(reply, incoming) for reply in answer)
    yield from dict.fromkeys(messenger for messenger in named if messenger != own)


def _messenger_of(reply: object, incoming: Incoming) -> str:
    to = None if isinstance(reply, Suggestions) else getattr(reply, "to", None)
    return to.messenger if to else incoming.sender.messenger
