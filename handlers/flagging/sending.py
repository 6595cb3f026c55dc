"""The taps that turn a post into a flag, and a member who wants to hear of a change."""

from dataclasses import replace
from datetime import date

from handlers.flagging import pending
from handlers.flagging.asking import category_question, confirmation
from handlers.flagging.known import answer_if_known
from handlers.flagging.post import Post, as_kept, pack
from handlers.messages import Answer
from handlers.routes import Routes
from handlers.turn import Sorry, Turn
from handlers.verdict import day_of
from storage import allowance, cases, flags, posts
from storage.models import Case, CasePost, Category
from storage.posts import Flagged

routes = Routes()


@routes.action("flag-as")
async def choose_category(turn: Turn) -> Answer:
    """Shows what will be sent; an album is looked for only now that all of it is here."""
    waiting, category = pending.pressed(turn), _category(turn)
    if known := await answer_if_known(turn, waiting.post):
        return known
    await pending.keep(turn, replace(waiting, category=category))
    return [confirmation(turn, waiting, category)]


@routes.action("flag-back")
async def choose_again(turn: Turn) -> Answer:
    """Back to the categories."""
    waiting = replace(pending.pressed(turn), category=None)
    await pending.keep(turn, waiting)
    return [category_question(turn, waiting)]


@routes.action("flag-drop")
async def drop(turn: Turn) -> Answer:
    """An opinion, or a change of mind: nothing is sent and nothing is kept."""
    waiting = pending.pressed(turn)
    await turn.done()
    return [turn.instead(turn.say("flag-dropped" if waiting.category else "flag-is-opinion"))]


@routes.action("flag-send")
async def send(turn: Turn) -> Answer:
    """Joins the case of everyone who sent the same post, or opens a new one."""
    waiting = pending.pressed(turn)
    if waiting.category is None:
        raise Sorry("flag-stale")
    case, post = await _case(turn, waiting.post, waiting.category)
    if known := await answer_if_known(turn, waiting.post):
        return known
    if not await allowance.take_one(turn.tx, turn.member_id):
        raise Sorry("flag-too-many", time=turn.say.time(allowance.hour_ends_at(turn.tx)))
    await flags.join(turn.tx, post, turn.member_id, waiting.category, _today(turn))
    await turn.done()
    return [turn.instead(turn.say("flag-sent", code=case.code))]


async def _case(turn: Turn, post: Post, category: Category) -> tuple[Case, CasePost]:
    # Held from here on: a verdict comes either before this flag, and answers it, or after it.
    content = pack(as_kept(post, category))
    flagged = Flagged(post.keys, category, content, _today(turn))
    return await posts.find_or_open(turn.tx, flagged)


def _today(turn: Turn) -> date:
    return day_of(turn.now, turn.club)


@routes.action("follow")
async def follow(turn: Turn) -> Answer:
    """A member who got the verdict at once wants to hear when it changes."""
    case = await cases.with_code(turn.tx, turn.args[0]) if turn.args else None
    if case is None or not await cases.newest_verdict(turn.tx, case):
        raise Sorry("button-unknown")
    post = (await posts.of_case(turn.tx, case))[0]
    await flags.join(turn.tx, post, turn.member_id, case.category, _today(turn))
    return [turn.toast(turn.say.plain("flag-following"))]


def _category(turn: Turn) -> Category:
    try:
        return Category(turn.args[1])
    except (IndexError, ValueError):
        raise Sorry("button-unknown") from None
