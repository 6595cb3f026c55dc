"""Every messenger's post under one roof: each answer leaves by the messenger it is for."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace

import structlog

from bot.replies.sender import ReplySender
from handlers.messages import Address, Answer, Incoming, Suggestions

log = structlog.stdlib.get_logger()


class ReplyRouter:
    """Direct answers, over all messengers; each post has its own account and pace."""

    def __init__(self, posts: Mapping[str, ReplySender]) -> None:
        self._posts = posts

    async def deliver(self, incoming: Incoming, answer: Answer) -> None:
        """Shows every reply; those for another messenger come after the person's own. Never raises."""
        for messenger in _messengers(incoming, answer):
            pieces = [p for p in answer if _goes_by(p, incoming) == messenger]
            if (post := self._posts.get(messenger)) is None:
                log.warning("an answer is for a messenger that is not set up", messenger=messenger)
            elif messenger == incoming.sender.messenger:
                await post.deliver(incoming, pieces)
            else:
                await post.deliver(replace(incoming, press=None), pieces)

    async def with_picture(self, incoming: Incoming) -> Incoming:
        """As `Post.with_picture`."""
        post = self._posts.get(incoming.sender.messenger)
        return await post.with_picture(incoming) if post else incoming

    def text_limit(self, messenger: str) -> int | None:
        """How much text fits into one message; None for a messenger that is not set up."""
        post = self._posts.get(messenger)
        return post.text_limit if post else None

    def show_typing_if_slow(self, to: Address) -> AbstractAsyncContextManager[None]:
        """As `Post.typing_if_slow`."""
        post = self._posts.get(to.messenger)
        return post.show_typing_if_slow(to) if post else nullcontext()


def _messengers(incoming: Incoming, answer: Answer) -> Iterator[str]:
    """The person's own first, even where there is only a button to acknowledge."""
    own = incoming.sender.messenger
    yield own
    yield from dict.fromkeys(m for p in answer if (m := _goes_by(p, incoming)) != own)


def _goes_by(piece: object, incoming: Incoming) -> str:
    to = None if isinstance(piece, Suggestions) else getattr(piece, "to", None)
    return to.messenger if to else incoming.sender.messenger
