"""A member's post is looked for among those that are known, as often as one person may in an hour."""

from functools import partial

from handlers.conversation.context import Context, UserError
from handlers.flagging import matching
from handlers.flagging.matching import MatchResult
from handlers.flagging.post import FlaggedPost
from storage.cases import flag_rate_limit


async def search(turn: Context, post: FlaggedPost) -> MatchResult:
    """What is known of this post.

    Raises:
        Sorry: this member has looked for as many in this hour as the club allows.
    """
    most = turn.club.searches_per_hour
    if not await turn.count(partial(flag_rate_limit.count_search, turn.tx, turn.member_id, most)):
        raise UserError(
            "search-too-many", time=turn.say.time(flag_rate_limit.hour_ends_at(turn.tx))
        )
    return await matching.look_up_for(turn, post)
