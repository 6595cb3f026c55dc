"""A flag that is not sent yet. It is stored only in the sealed conversation state."""

from dataclasses import astuple, dataclass
from typing import Any

from handlers.conversation import Context, UserError
from handlers.flagging.post import FlaggedPost, pack, unpack
from storage.announcements.references import Reference

AWAITS_SENDING = "flag.confirm"
TICKET_LETTERS = 6
MOST_AT_ONCE = 10
"""Maximum messages that wait while a question about a post is open."""


@dataclass(frozen=True)
class Pending:
    """A post that is not flagged yet, with the state of its questions."""

    post: FlaggedPost
    ticket: str
    """Random code that ties the buttons to this post; a button of an older question is stale."""
    album: str = ""
    """The album that it is, of which a late part may come."""
    distinct_from: str = ""
    """The code of the case that the member said this post does not belong to."""
    offered: tuple[str, ...] = ()
    """The codes of the similar cases that the member can choose from."""
    more: tuple[FlaggedPost, ...] = ()
    """Posts sent after it, to be flagged one by one or joined to this one."""
    more_album: str = ""
    """The album that the last of these belongs to."""
    shared: Reference | None = None
    """The announcement that the post may be a share proof of; None for none."""


async def begin(
    context: Context,
    post: FlaggedPost,
    *,
    distinct_from: str = "",
    more: tuple[FlaggedPost, ...] = (),
    shared: Reference | None = None,
) -> Pending:
    """Starts a flag, which waits to be sent."""
    ticket = context.tx.ids.code(TICKET_LETTERS)
    pending = Pending(
        post, ticket, context.incoming.album, distinct_from=distinct_from, more=more, shared=shared
    )
    await save(context, pending)
    return pending


async def save(context: Context, pending: Pending) -> None:
    """Writes the flag into the conversation state."""
    await context.set_state(
        AWAITS_SENDING,
        post=pack(pending.post),
        ticket=pending.ticket,
        album=pending.album,
        distinct_from=pending.distinct_from,
        offered=pending.offered,
        more=[pack(post) for post in pending.more],
        more_album=pending.more_album,
        shared=astuple(pending.shared) if pending.shared else None,
    )


def load(data: dict[str, Any]) -> Pending:
    """Reads the flag from the data of its step."""
    return Pending(
        post=unpack(data["post"]),
        ticket=data["ticket"],
        album=data["album"],
        distinct_from=data["distinct_from"],
        offered=tuple(data["offered"]),
        more=tuple(map(unpack, data["more"])),
        more_album=data["more_album"],
        shared=Reference(*data["shared"]) if data["shared"] else None,
    )


def of_pressed_button(context: Context) -> Pending:
    """The flag that the pressed button belongs to.

    Raises:
        UserError: it was sent or cancelled, or replaced by another post.
    """
    if context.step != AWAITS_SENDING:
        raise UserError("flag-stale")
    pending = load(context.data)
    if context.args[:1] != (pending.ticket,):
        raise UserError("flag-stale")
    return pending
