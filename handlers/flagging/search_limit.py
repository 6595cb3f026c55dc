"""Search for a post, rate limited for each member and hour."""

from functools import partial

from handlers.conversation import Context, UserError
from handlers.flagging import matching
from handlers.flagging.matching import MatchResult
from handlers.flagging.post import FlaggedPost
from storage.cases import flag_rate_limit


async def search(context: Context, post: FlaggedPost) -> MatchResult:
    """What is known of this post, as far as this member may learn it.

    Raises:
        UserError: the limit of searches in this hour is reached.
    """
    most = context.club.searches_per_hour
    count = partial(flag_rate_limit.count_search, member_id=context.member_id, most=most)
    if not await context.keep(count):
        raise UserError(
            "search-too-many", time=context.say.time(flag_rate_limit.hour_ends_at(context.tx))
        )
    return await matching.look_up_for(context, post)
