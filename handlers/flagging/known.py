"""A post that others sent in before: what is known of it, at once."""

from handlers.flagging.post import Post
from handlers.messages import Answer
from handlers.speech import Html
from handlers.turn import Sorry, Turn
from handlers.verdict import verdict_text
from storage import cases, flags, posts
from storage.models import Case


async def answer_if_known(turn: Turn, post: Post) -> Answer | None:
    """The verdict, or how far the case is that this member has joined already; None for the rest."""
    found = await posts.find(turn.tx, post.keys)
    if found is None:
        return None
    case = await posts.case_of(turn.tx, found)
    if await cases.newest_verdict(turn.tx, case):
        await turn.done()
        text = turn.say("flag-known", verdict=await standing_verdict(turn, case))
        rows = ((turn.button("flag-follow", "follow", case.code),),)
        following = await flags.of_member(turn.tx, case, turn.member_id)
        return [turn.instead(text, () if following else rows)]
    if await flags.of_member(turn.tx, case, turn.member_id):
        await turn.done()
        state = turn.say(f"flag-state-{case.state.value}")
        return [turn.instead(turn.say("flag-again", code=case.code, state=state))]
    return None


async def standing_verdict(turn: Turn, case: Case) -> Html:
    """The verdict that holds now.

    Raises:
        Sorry: there is none yet.
    """
    verdict = await cases.newest_verdict(turn.tx, case)
    if verdict is None:
        raise Sorry("flag-no-verdict-yet")
    return verdict_text(verdict, case.code, turn.say)
