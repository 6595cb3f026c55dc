"""A flag that has not been sent: it lives only in the member's step, sealed, until *Send*."""

from dataclasses import dataclass, replace

from handlers.flagging.post import Post, pack, unpack
from handlers.turn import Sorry, Turn
from storage.models import Category

AWAITS_CATEGORY = "flag.category"
AWAITS_SENDING = "flag.confirm"
TICKET_LETTERS = 6


@dataclass(frozen=True)
class Pending:
    """A post on its way to becoming a flag."""

    post: Post
    ticket: str
    """Joins the buttons to this post: one under an older question sends nothing."""
    album: str = ""
    category: Category | None = None


async def begin(turn: Turn, post: Post) -> Pending:
    """The post awaits its category."""
    pending = Pending(post, turn.tx.ids.code(TICKET_LETTERS), turn.incoming.album)
    await keep(turn, pending)
    return pending


async def keep(turn: Turn, pending: Pending) -> None:
    """Remembers how far the member is."""
    await turn.go(
        AWAITS_SENDING if pending.category else AWAITS_CATEGORY,
        post=pack(pending.post),
        ticket=pending.ticket,
        album=pending.album,
        category=pending.category,
    )


def with_more(pending: Pending, post: Post) -> Pending:
    """With another picture of the same album."""
    return replace(pending, post=pending.post.and_(post))


def remembered(turn: Turn) -> Pending:
    """The flag this chat is at; only at one of its two steps."""
    category = turn.data["category"]
    return Pending(
        post=unpack(turn.data["post"]),
        ticket=turn.data["ticket"],
        album=turn.data["album"],
        category=Category(category) if category else None,
    )


def pressed(turn: Turn) -> Pending:
    """The flag that the pressed button belongs to.

    Raises:
        Sorry: it was sent or given up, or another post has taken its place.
    """
    if turn.step not in {AWAITS_CATEGORY, AWAITS_SENDING}:
        raise Sorry("flag-stale")
    pending = remembered(turn)
    if turn.args[:1] != (pending.ticket,):
        raise Sorry("flag-stale")
    return pending
