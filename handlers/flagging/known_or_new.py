"""A post is looked for among those that are known, and the right question is asked about it."""

from dataclasses import replace
from datetime import timedelta

from handlers.conversation.context import Context, UserError
from handlers.flagging import pending
from handlers.flagging.known import answer_if_known
from handlers.flagging.matching import MatchResult
from handlers.flagging.pending import Pending
from handlers.flagging.post import FlaggedPost
from handlers.flagging.prompts import (
    MOST_CANDIDATES,
    category_question,
    joining_question,
    likeness_question,
)
from handlers.flagging.search_limit import search
from handlers.messages import Answer
from handlers.views.announcement import unpack
from storage.announcements import published, shares
from storage.cases import flag_rate_limit

_SHARED_LATELY = timedelta(days=1)
"""How long after a share a link may still be meant as its proof."""
_PROOF_CHARACTERS = 300
"""A longer text is rather a post that somebody pasted to have it checked."""


async def start_flag(
    context: Context, post: FlaggedPost, *, more: tuple[FlaggedPost, ...] = ()
) -> Answer:
    """Answers at once what is known; else asks what this member wants done with it."""
    # An album's other pictures are still on their way; it is looked for when they are all here.
    found = MatchResult() if context.incoming.album else await search(context, post)
    if known := await answer_if_known(context, post, found):
        return [*known, *await _continue(context, more)]
    await check_allowance(context)
    shared = await shared_lately(context, post)
    waiting = await pending.begin(context, post, more=more, shared=shared)
    return await _about(context, waiting, found) or [category_question(context, waiting)]


async def shared_lately(context: Context, post: FlaggedPost) -> int:
    """The announcement that these words, link or picture may be a proof of; 0 for none."""
    if post.forwarded or len(post.text) > _PROOF_CHARACTERS:
        return 0
    number = await shares.newest(context.tx, context.member_id, since=context.now - _SHARED_LATELY)
    found = await published.find(context.tx, number) if number else None
    return number if number and found and unpack(found.content).proofs else 0


async def check_allowance(context: Context) -> None:
    """Whether this member may send in one more now.

    Raises:
        UserError: not before the hour is over.
    """
    if await flag_rate_limit.is_exhausted(context.tx, context.member_id):
        raise UserError(
            "flag-too-many", time=context.say.time(flag_rate_limit.hour_ends_at(context.tx))
        )


async def match_complete_post(context: Context, waiting: Pending) -> Answer:
    """The same for a post that is complete only now; nothing when it is new."""
    found = await search(context, waiting.post)
    if known := await answer_if_known(context, waiting.post, found):
        return [*known, *await offer_next(context, waiting)]
    # Complete now: were it taken for an album still, it would be looked for again and again.
    complete = replace(waiting, album="")
    await pending.keep(context, complete)
    return await _about(context, complete, found)


async def _about(context: Context, waiting: Pending, found: MatchResult) -> Answer:
    if found.case is not None:
        return [joining_question(context, waiting, found.case)]
    if found.similar:
        offered = tuple(one.case.code for one in found.similar[:MOST_CANDIDATES])
        await pending.keep(context, replace(waiting, offered=offered))
        return [await likeness_question(context, waiting, found)]
    return []


async def offer_next(context: Context, waiting: Pending) -> Answer:
    """Goes on to what the member sent after this one."""
    return await _continue(context, waiting.more)


async def _continue(context: Context, more: tuple[FlaggedPost, ...]) -> Answer:
    if not more:
        return []
    # Under the answer to the one before, not in its place.
    later = replace(context, incoming=replace(context.incoming, press=None, album=""))
    try:
        return await start_flag(later, more[0], more=more[1:])
    except UserError as sorry:
        # What was done with the post before stays done.
        return [later.error_reply(sorry)]
