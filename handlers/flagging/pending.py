"""A flag that has not been sent: it lives only in the member's step, sealed, until *Send*."""

from dataclasses import dataclass, replace
from typing import Any

from handlers.conversation.context import Context, UserError
from handlers.flagging.post import FlaggedPost, pack, unpack
from storage.models import Category

AWAITS_CATEGORY = "flag.category"
AWAITS_SENDING = "flag.confirm"
TICKET_LETTERS = 6
MOST_AT_ONCE = 10
"""Messages that can wait behind one that is being asked about."""


@dataclass(frozen=True)
class Pending:
    """A post on its way to becoming a flag."""

    post: FlaggedPost
    ticket: str
    """Joins the buttons to this post: one under an older question sends nothing."""
    album: str = ""
    category: Category | None = None
    unlike: str = ""
    """The code of the case whose verdict was not the answer: this is something else."""
    offered: tuple[str, ...] = ()
    """The codes of the cases that it was asked about: is it one of these?"""
    more: tuple[FlaggedPost, ...] = ()
    """What was sent after it, each to be asked about in its turn or taken together with it."""
    more_album: str = ""
    """The album that the last of these belongs to."""
    shared: int = 0
    """The announcement that the member shared lately: it may be where. 0 means none."""


async def begin(
    context: Context,
    post: FlaggedPost,
    *,
    unlike: str = "",
    more: tuple[FlaggedPost, ...] = (),
    shared: int = 0,
) -> Pending:
    """The post awaits its category."""
    ticket = context.tx.ids.code(TICKET_LETTERS)
    pending = Pending(post, ticket, context.incoming.album, unlike=unlike, more=more, shared=shared)
    await keep(context, pending)
    return pending


async def keep(context: Context, pending: Pending) -> None:
    """Remembers how far the member is."""
    await context.set_state(
        AWAITS_SENDING if pending.category else AWAITS_CATEGORY,
        post=pack(pending.post),
        ticket=pending.ticket,
        album=pending.album,
        category=pending.category,
        unlike=pending.unlike,
        offered=pending.offered,
        more=[pack(post) for post in pending.more],
        more_album=pending.more_album,
        shared=pending.shared,
    )


def with_picture(pending: Pending, post: FlaggedPost, album: str) -> Pending:
    """With another picture of an album that has begun to arrive."""
    if album == pending.album:
        return replace(pending, post=pending.post.and_(post))
    *others, last = pending.more
    return replace(pending, more=(*others, last.and_(post)))


def remembered(data: dict[str, Any]) -> Pending:
    """The flag this chat is at; only at one of its two steps."""
    category = data["category"]
    return Pending(
        post=unpack(data["post"]),
        ticket=data["ticket"],
        album=data["album"],
        category=Category(category) if category else None,
        unlike=data["unlike"],
        offered=tuple(data["offered"]),
        more=tuple(map(unpack, data["more"])),
        more_album=data["more_album"],
        shared=data["shared"],
    )


def pressed(context: Context) -> Pending:
    """The flag that the pressed button belongs to.

    Raises:
        UserError: it was sent or given up, or another post has taken its place.
    """
    if context.step not in {AWAITS_CATEGORY, AWAITS_SENDING}:
        raise UserError("flag-stale")
    pending = remembered(context.data)
    if context.args[:1] != (pending.ticket,):
        raise UserError("flag-stale")
    return pending
