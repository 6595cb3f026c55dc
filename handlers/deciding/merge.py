"""Two cases that are one become one, and one that is two becomes two; the flags follow their posts."""

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.deciding.access import hold_mine, is_free, is_mine, seen
from handlers.deciding.card import card
from handlers.deciding.card_details import alike
from handlers.deciding.verdict.notify import tell
from handlers.flagging.post import unpack
from handlers.flagging.post_text import excerpt
from handlers.messages import Answer, Reply
from handlers.views.small_counts import alone
from handlers.views.verdict import day_of
from storage import audit_log
from storage.cases import cases, merging, posts
from storage.database import batch_clock
from storage.models import Case, CasePost, CaseState, Role

routes = Routes()

_STEP = "case.merge"
_EXCERPT_CHARACTERS = 100
_LONGEST_CODE = 16


@routes.action("casemerge", role=Role.OFFICER)
async def ask(turn: Context) -> Answer:
    """Into which one? What resembles it is offered; any other is named by its code."""
    case = await hold_mine(turn)
    await turn.go(_STEP, code=case.code)
    offered = tuple(
        (
            turn.button(
                "case-merge-into", "casemergeinto", case.code, one.case.code, code=one.case.code
            ),
        )
        for one in await alike(turn, case)
    )
    back = (turn.button("back", "casemore", case.code),)
    return [turn.instead(turn.say("case-merge-which", code=case.code), (*offered, back))]


@routes.step(_STEP, role=Role.OFFICER)
async def take_code(turn: Context) -> Answer:
    """The code was typed."""
    code = turn.incoming.text.strip().upper()
    target = await seen(turn, code) if len(code) <= _LONGEST_CODE else None
    if target is None:
        raise UserError("case-merge-unknown")
    await turn.done()
    source = await cases.with_code(turn.tx, turn.data["code"])
    if source is None or source.id == target.id:
        raise UserError("case-merge-unknown")
    return [_sure(turn, source, target)]


def _sure(turn: Context, source: Case, target: Case) -> Reply:
    people = batch_clock.shown_count(turn.tx, source)
    text = turn.say("case-merge-sure", source=source.code, target=target.code, flags=people)
    rows = (
        (turn.button("case-merge-yes", "casemergeyes", source.code, target.code),),
        (turn.button("back", "casecard", source.code),),
    )
    return turn.instead(text, rows)


@routes.action("casemergeinto", role=Role.OFFICER)
async def choose(turn: Context) -> Answer:
    """One that was offered."""
    source = await hold_mine(turn)
    target = await _other(turn)
    await turn.done()
    return [_sure(turn, source, target)]


@routes.action("casemergeyes", role=Role.OFFICER)
async def merge(turn: Context) -> Answer:
    """Everyone who flagged the one waits for the verdict of the other, or hears it now."""
    source, target = await _both(turn)
    mine = is_mine(turn, target)
    if not mine and not await is_free(turn, target):
        raise UserError("case-merge-taken", code=target.code)
    gone = source.code
    await merging.merge(turn.tx, source, target)
    await audit_log.record(turn.tx, turn.who, "case merged", case=gone, into=target.code)
    if target.state is CaseState.DECIDED and (
        verdict := await cases.newest_verdict(turn.tx, target)
    ):
        subject = f"case {target.id} v{verdict.version} merged {source.id}"
        await tell(turn.tx, turn.club, target, verdict, None, subject=subject)
    done = turn.instead(turn.say("case-merged", source=gone, target=target.code))
    return [done, turn.reply(*await card(turn, target))]


async def _both(turn: Context) -> tuple[Case, Case]:
    """The case this officer is on and the one it goes to, held in the order of their numbers.

    Raises:
        Sorry: the one has a verdict, or the other is closed.
    """
    other = await _other(turn)
    codes = sorted({turn.args[0], other.code})
    held = {code: await cases.hold(turn.tx, code) for code in codes}
    source, target = held[turn.args[0]], held[other.code]
    if source is None or target is None or source.id == target.id:
        raise UserError("case-merge-unknown")
    if not is_mine(turn, source):
        raise UserError("case-not-yours")
    if source.verdict_version:
        raise UserError("case-merge-decided", code=source.code)
    if target.state not in {*cases.OPEN, CaseState.DECIDED}:
        raise UserError("case-merge-unknown")
    return source, target


async def _other(turn: Context) -> Case:
    target = await seen(turn, turn.args[1]) if len(turn.args) > 1 else None
    if target is None:
        raise UserError("case-merge-unknown")
    return target


@routes.action("casesplit", role=Role.OFFICER)
async def choose_post(turn: Context) -> Answer:
    """Which of its posts is something else?"""
    case = await hold_mine(turn)
    found = list(enumerate(await posts.shown_of(turn.tx, case), start=1))
    lines = [_line(turn, number, post) for number, post in found]
    text = Html("\n\n".join([turn.say("case-split-which", code=case.code), *lines]))
    picks = tuple(
        turn.button("case-split-off", "casesplitoff", case.code, post.mark, number=str(number))
        for number, post in found
    )
    back = (turn.button("back", "casemore", case.code),)
    return [turn.instead(text, (*(picks[at : at + 4] for at in range(0, len(picks), 4)), back))]


def _line(turn: Context, number: int, post: CasePost) -> Html:
    content = posts.content_of(turn.tx, post)
    shown = (
        excerpt(unpack(content), turn.say, characters=_EXCERPT_CHARACTERS) if content else Html("–")
    )
    return turn.say(
        "case-split-line",
        number=str(number),
        flags=alone(batch_clock.shown_count(turn.tx, post)).said(turn.say),
        post=shown,
    )


@routes.action("casesplitoff", role=Role.OFFICER)
async def split(turn: Context) -> Answer:
    """The post becomes a case of its own, with everyone who sent it in."""
    case = await hold_mine(turn)
    its = await posts.shown_of(turn.tx, case)
    post = next((one for one in its if one.mark == turn.number(1)), None)
    if post is None or len(its) < 2:
        raise UserError("case-split-gone")
    made = await merging.split(turn.tx, case, post, day_of(turn.now, turn.club))
    await audit_log.record(turn.tx, turn.who, "case split", case=case.code, off=made.code)
    open_it = turn.button("case-open-code", "case", made.code, code=made.code)
    note = turn.say("case-split-done", case=case.code, off=made.code)
    return [turn.instead(*await card(turn, case)), turn.reply(note, ((open_it,),))]
