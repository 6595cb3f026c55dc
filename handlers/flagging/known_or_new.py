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
    turn: Context, post: FlaggedPost, *, more: tuple[FlaggedPost, ...] = ()
) -> Answer:
    """Answers at once what is known; else asks what this member wants done with it."""
    # An album's other pictures are still on their way; it is looked for when they are all here.
    found = MatchResult() if turn.incoming.album else await search(turn, post)
    if known := await answer_if_known(turn, post, found):
        return [*known, *await _continue(turn, more)]
    await check_allowance(turn)
    shared = await shared_lately(turn, post)
    waiting = await pending.begin(turn, post, more=more, shared=shared)
    return await _about(turn, waiting, found) or [category_question(turn, waiting)]


async def shared_lately(turn: Context, post: FlaggedPost) -> int:
    """The announcement that these words, link or picture may be a proof of; 0 for none."""
    if post.forwarded or len(post.text) > _PROOF_CHARACTERS:
        return 0
    number = await shares.newest(turn.tx, turn.member_id, since=turn.now - _SHARED_LATELY)
    found = await published.find(turn.tx, number) if number else None
    return number if number and found and unpack(found.content).proofs else 0


async def check_allowance(turn: Context) -> None:
    """Whether this member may send in one more now.

    Raises:
        Sorry: not before the hour is over.
    """
    if await flag_rate_limit.is_exhausted(turn.tx, turn.member_id):
        raise UserError("flag-too-many", time=turn.say.time(flag_rate_limit.hour_ends_at(turn.tx)))


async def match_complete_post(turn: Context, waiting: Pending) -> Answer:
    """The same for a post that is complete only now; nothing when it is new."""
    found = await search(turn, waiting.post)
    if known := await answer_if_known(turn, waiting.post, found):
        return [*known, *await offer_next(turn, waiting)]
    # Complete now: were it taken for an album still, it would be looked for again and again.
    complete = replace(waiting, album="")
    await pending.keep(turn, complete)
    return await _about(turn, complete, found)


async def _about(turn: Context, waiting: Pending, found: MatchResult) -> Answer:
    if found.case is not None:
        return [joining_question(turn, waiting, found.case)]
    if found.similar:
        offered = tuple(one.case.code for one in found.similar[:MOST_CANDIDATES])
        await pending.keep(turn, replace(waiting, offered=offered))
        return [await likeness_question(turn, waiting, found)]
    return []


async def offer_next(turn: Context, waiting: Pending) -> Answer:
    """Goes on to what the member sent after this one."""
    return await _continue(turn, waiting.more)


async def _continue(turn: Context, more: tuple[FlaggedPost, ...]) -> Answer:
    if not more:
        return []
    # Under the answer to the one before, not in its place.
    later = replace(turn, incoming=replace(turn.incoming, press=None, album=""))
    try:
        return await start_flag(later, more[0], more=more[1:])
    except UserError as sorry:
        # What was done with the post before stays done.
        return [later.excuse(sorry)]
