"""Looks a post up, then answers with what is known or asks the question that fits."""

from dataclasses import replace
from datetime import timedelta

from handlers.conversation import Context, UserError
from handlers.flagging import official, pending
from handlers.flagging.known import answer_if_known
from handlers.flagging.matching import MatchResult
from handlers.flagging.pending import Pending
from handlers.flagging.post import FlaggedPost
from handlers.flagging.prompts import (
    MOST_CANDIDATES,
    joining_question,
    likeness_question,
    send_question,
)
from handlers.flagging.search_limit import search
from handlers.messages import Answer
from handlers.views.announcement import unpack
from storage.announcements import published, shares
from storage.announcements.references import Reference
from storage.cases import flag_rate_limit

_SHARED_LATELY = timedelta(days=1)
"""For so long after a share a link may be meant as its proof."""
_PROOF_CHARACTERS = 300
"""A longer text is rather a post that was pasted to have it checked."""


async def start_flag(
    context: Context, post: FlaggedPost, *, more: tuple[FlaggedPost, ...] = ()
) -> Answer:
    """Answers at once if the post is the club's own or known; else offers to send it, or asks for
    its case."""
    own = await official.find(context, post)
    if own and official.is_settled(own):
        return [*await official.say_finding(context, post, own), *await _continue(context, more)]
    result = await search(context, post)
    if answer := await answer_if_known(context, post, result):
        return [*answer, *await _continue(context, more)]
    if own:
        return [*await official.say_finding(context, post, own), *await _continue(context, more)]
    await check_allowance(context)
    shared = await shared_lately(context, post)
    waiting = await pending.begin(context, post, more=more, shared=shared)
    return await _question_about(context, waiting, result) or [send_question(context, waiting)]


async def shared_lately(context: Context, post: FlaggedPost) -> Reference | None:
    """The announcement that this may be a share proof of; None for none."""
    if post.forwarded or len(post.text) > _PROOF_CHARACTERS:
        return None
    newest = await shares.newest(context.tx, context.member_id, since=context.now - _SHARED_LATELY)
    announcement = await published.find(context.tx, newest) if newest else None
    takes_proofs = announcement is not None and unpack(announcement.content).proofs
    return announcement.reference if announcement and takes_proofs else None


async def check_allowance(context: Context) -> None:
    """Checks the rate limit of flags.

    Raises:
        UserError: the limit of this hour is reached.
    """
    if await flag_rate_limit.is_exhausted(context.tx, context.member_id):
        raise UserError(
            "flag-too-many", time=context.say.time(flag_rate_limit.hour_ends_at(context.tx))
        )


async def _question_about(context: Context, waiting: Pending, result: MatchResult) -> Answer:
    if result.case is not None:
        return [joining_question(context, waiting, result.case)]
    if result.similar:
        offered = tuple(one.case.code for one in result.similar[:MOST_CANDIDATES])
        await pending.save(context, replace(waiting, offered=offered))
        return [await likeness_question(context, waiting, result)]
    return []


async def offer_next(context: Context, waiting: Pending) -> Answer:
    """Goes on to the next post that the member sent meanwhile."""
    return await _continue(context, waiting.more)


async def _continue(context: Context, more: tuple[FlaggedPost, ...]) -> Answer:
    if not more:
        return []
    # As a new message, so that the answer to the post before stays.
    later = replace(context, incoming=replace(context.incoming, press=None, album=""))
    try:
        return await start_flag(later, more[0], more=more[1:])
    except UserError as error:
        # Raising would roll back what was done with the post before.
        return [later.error_reply(error)]
