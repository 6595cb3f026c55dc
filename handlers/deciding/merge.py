"""Merges two cases about the same post, or splits a post off; flags follow their posts."""

from handlers.conversation import Context, Html, Routes, UserError, found, require
from handlers.deciding.access import find_visible, is_free, is_mine, lock_own_case
from handlers.deciding.card import card
from handlers.deciding.card_details import similar_cases
from handlers.deciding.verdict.notify import notify_flaggers
from handlers.flagging import category
from handlers.flagging.post import unpack
from handlers.flagging.post_text import excerpt
from handlers.messages import Answer, ButtonStyle, Reply
from handlers.views.small_counts import alone
from handlers.views.verdict import day_of
from storage import audit_log
from storage.cases import cases, merging, posts
from storage.database import as_code, batch_clock
from storage.models import AuditAction, Case, CasePost, CaseState, Role

routes = Routes()

_STEP = "case.merge"
_EXCERPT_CHARACTERS = 100
_LONGEST_CODE = 16


@routes.action("casemerge", role=Role.OFFICER)
async def ask(context: Context) -> Answer:
    """Asks for the target: similar cases as buttons, any other by its code."""
    case = await lock_own_case(context)
    await context.set_state(_STEP, code=case.code)
    offered = tuple(
        (
            context.button(
                "case-merge-into",
                "casemergeinto",
                case.code,
                similar.case.code,
                code=similar.case.code,
            ),
        )
        for similar in await similar_cases(context, case)
    )
    back = (context.button("back", "casemore", case.code),)
    return [context.edit(context.say("case-merge-which", code=case.code), (*offered, back))]


@routes.step(_STEP, role=Role.OFFICER)
async def take_code(context: Context) -> Answer:
    """Takes a typed code as the target."""
    code = as_code(context.incoming.text)
    require(len(code) <= _LONGEST_CODE, "case-merge-unknown")
    target = found(await find_visible(context, code), "case-merge-unknown")
    source = await cases.with_code(context.tx, context.data["code"])
    if source is None:
        await context.end_step()
    if source is None or source.id == target.id:
        raise UserError("case-merge-unknown")
    await context.clear_state()
    return [_confirmation(context, source, target)]


def _confirmation(context: Context, source: Case, target: Case) -> Reply:
    people = batch_clock.shown_count(context.tx, source)
    text = context.say("case-merge-sure", source=source.code, target=target.code, flags=people)
    rows = (
        (
            context.button(
                "case-merge-yes", "casemergeyes", source.code, target.code, style=ButtonStyle.DANGER
            ),
        ),
        (context.button("back", "casecard", source.code),),
    )
    return context.edit(text, rows)


@routes.action("casemergeinto", role=Role.OFFICER)
async def choose(context: Context) -> Answer:
    """Takes an offered case as the target."""
    source = await lock_own_case(context)
    target = await _load_target(context)
    await context.clear_state()
    return [_confirmation(context, source, target)]


@routes.action("casemergeyes", role=Role.OFFICER)
async def merge(context: Context) -> Answer:
    """Merges the cases: flaggers of the source get the verdict of the target, now if it has one."""
    source, target = await _hold_both(context)
    require(
        is_mine(context, target) or await is_free(context, target),
        "case-merge-taken",
        code=target.code,
    )
    source_code = source.code
    await merging.merge(context.tx, source, target)
    await category.keep_only_allowed(context.tx, target)
    await audit_log.record(
        context.tx,
        context.current_member,
        AuditAction.CASE_MERGED,
        case=source_code,
        into=target.code,
    )
    if target.state is CaseState.DECIDED and (
        verdict := await cases.newest_verdict(context.tx, target)
    ):
        await notify_flaggers(
            context.tx,
            context.club,
            target,
            verdict,
            None,
            offload=context.offload,
            subject=f"case {target.id} v{verdict.version} merged {source.id}",
        )
    return [
        context.edit(context.say("case-merged", source=source_code, target=target.code)),
        context.reply(*await card(context, target)),
    ]


async def _hold_both(context: Context) -> tuple[Case, Case]:
    """The case this officer has taken and its target, locked in the order of their codes.

    Raises:
        UserError: the source has a verdict, or the target is closed.
    """
    other = await _load_target(context)
    codes = sorted({context.args[0], other.code})
    locked_cases = {code: await cases.lock(context.tx, code) for code in codes}
    source, target = locked_cases[context.args[0]], locked_cases[other.code]
    if source is None or target is None or source.id == target.id:
        raise UserError("case-merge-unknown")
    require(is_mine(context, source), "case-not-yours")
    require(not source.verdict_version, "case-merge-decided", code=source.code)
    require(target.state in {*cases.OPEN, CaseState.DECIDED}, "case-merge-unknown")
    return source, target


async def _load_target(context: Context) -> Case:
    require(len(context.args) > 1, "case-merge-unknown")
    return found(await find_visible(context, context.args[1]), "case-merge-unknown")


@routes.action("casesplit", role=Role.OFFICER)
async def choose_post(context: Context) -> Answer:
    """Asks which post to split off."""
    case = await lock_own_case(context)
    numbered = list(enumerate(await posts.shown_of(context.tx, case), start=1))
    lines = [_line(context, number, post) for number, post in numbered]
    text = Html("\n\n".join([context.say("case-split-which", code=case.code), *lines]))
    picks = tuple(
        context.button("case-split-off", "casesplitoff", case.code, post.mark, number=str(number))
        for number, post in numbered
    )
    back = (context.button("back", "casemore", case.code),)
    return [context.edit(text, (*(picks[at : at + 4] for at in range(0, len(picks), 4)), back))]


def _line(context: Context, number: int, post: CasePost) -> Html:
    content = posts.content_of(context.tx, post)
    return context.say(
        "case-split-line",
        number=str(number),
        flags=alone(batch_clock.shown_count(context.tx, post)).said(context.say),
        post=(
            excerpt(unpack(content), context.say, characters=_EXCERPT_CHARACTERS)
            if content
            else Html("–")
        ),
    )


@routes.action("casesplitoff", role=Role.OFFICER)
async def split(context: Context) -> Answer:
    """Splits the post off into a new case, with everyone who sent it in."""
    case = await lock_own_case(context)
    case_posts = await posts.shown_of(context.tx, case)
    post = next(
        (case_post for case_post in case_posts if case_post.mark == context.number(1)), None
    )
    if post is None or len(case_posts) < 2:
        raise UserError("case-split-gone")
    new_case = await merging.split(context.tx, case, post, day_of(context.now, context.club))
    await audit_log.record(
        context.tx,
        context.current_member,
        AuditAction.CASE_SPLIT,
        case=case.code,
        off=new_case.code,
    )
    open_new = context.button("case-open-code", "case", new_case.code, code=new_case.code)
    note = context.say("case-split-done", case=case.code, off=new_case.code)
    return [context.edit(*await card(context, case)), context.reply(note, ((open_new,),))]
