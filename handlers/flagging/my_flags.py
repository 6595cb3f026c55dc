"""`/tindabao`: what a member sent in and what became of it."""

from handlers.conversation import pagination
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.flagging.known import standing_verdict
from handlers.messages import Answer, Reply
from handlers.views.verdict import picture_of, say_day, verdict_text
from storage.cases import cases, flags
from storage.models import Case, CaseState, Flag

routes = Routes()


@routes.command("tindabao", "reported", words=["tin đã báo", "reported"])
async def show(turn: Context) -> Answer:
    """The newest page."""
    return [await _page(turn, 0)]


@routes.action("reported")
async def turn_page(turn: Context) -> Answer:
    """Another page, in its place."""
    return [await _page(turn, turn.number())]


@routes.action("verdict")
async def read(turn: Context) -> Answer:
    """The verdict of a case this member flagged."""
    case = await cases.with_code(turn.tx, turn.args[0]) if turn.args else None
    if case is None or not await flags.of_member(turn.tx, case, turn.member_id):
        raise UserError("button-unknown")
    verdict = await standing_verdict(turn, case)
    text = verdict_text(verdict, case.code, turn.say, now=turn.now)
    return [turn.reply(text, media=picture_of(verdict))]


async def _page(turn: Context, page: int) -> Reply:
    fetched = await flags.flagged_by(
        turn.tx, turn.member_id, limit=pagination.FETCHED, offset=page * pagination.PER_PAGE
    )
    if not fetched and not page:
        return turn.instead(turn.say("flag-none-yet"))
    lines = pagination.shown(fetched)
    text = Html("\n\n".join([turn.say("flag-list"), *(_line(turn, *line) for line in lines)]))
    reads = tuple(
        (turn.button("flag-read", "verdict", case.code, code=case.code),)
        for _, case in lines
        if case.state is CaseState.DECIDED
    )
    return turn.instead(text, reads + pagination.ways(turn, "reported", page, fetched))


def _line(turn: Context, flag: Flag, case: Case) -> Html:
    return turn.say(
        "flag-line",
        code=case.code,
        category=turn.say(f"flag-category-{flag.category.value}"),
        day=say_day(flag.flagged_on, turn.club, turn.say),
        state=turn.say(f"flag-state-{case.state.value}"),
    )
