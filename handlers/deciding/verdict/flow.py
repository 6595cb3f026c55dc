"""An officer writes a verdict question by question, with a way back from each."""

from dataclasses import replace

from handlers.conversation import Context, Routes, UserError, require
from handlers.deciding.access import (
    assign_if_free,
    is_mine,
    lock_case,
    lock_own_case,
    require_mine,
)
from handlers.deciding.card import card
from handlers.deciding.verdict.draft import (
    STEPS,
    Draft,
    Question,
    draft_of,
    draft_of_press,
    draft_of_step,
    unpack,
)
from handlers.deciding.verdict.parsing import (
    read_claim,
    read_explanation,
    read_picture,
    read_sources,
    read_until,
)
from handlers.deciding.verdict.questions import ask, check_fits
from handlers.flagging.post import unpack as unpack_post
from handlers.messages import Answer
from storage.cases import cases, match_keys, posts, verdict_proposals
from storage.models import Case, Rating, Role

routes = Routes()


@routes.action("decide", role=Role.OFFICER)
async def begin(context: Context) -> Answer:
    """Asks the first question; assigns a free case to this officer. Earlier answers are kept.

    Raises:
        UserError: another officer has taken it.
    """
    case = await lock_case(context)
    await assign_if_free(context, case)
    require_mine(context, case)
    return await ask(context, case, await _initial_draft(context, case), Question.RATING)


async def _initial_draft(context: Context, case: Case) -> Draft:
    """This officer's returned proposal, else the current verdict, else an empty draft."""
    proposal = await verdict_proposals.of_case(context.tx, case)
    if proposal is not None and proposal.officer_id == context.member_id:
        return replace(unpack(proposal.content), code=case.code)
    verdict = await cases.newest_verdict(context.tx, case)
    return draft_of(verdict, case.code) if verdict else Draft(case.code)


@routes.action("rate", role=Role.OFFICER)
async def rate(context: Context) -> Answer:
    """Takes the rating."""
    draft, question = draft_of_press(context)
    require(question is Question.RATING, "decide-stale")
    return await ask(
        context,
        await lock_own_case(context),
        replace(draft, rating=_rating(context), fraud_links=None),
        question.after,
    )


@routes.step(STEPS[Question.RATING], role=Role.OFFICER)
@routes.step(STEPS[Question.PREVIEW], role=Role.OFFICER)
async def wait_for_button(context: Context) -> Answer:
    """Points to the buttons: rating and preview take no text."""
    return [context.reply(context.say("decide-press-above"))]


@routes.step(STEPS[Question.CLAIM], role=Role.OFFICER)
@routes.step(STEPS[Question.EXPLANATION], role=Role.OFFICER)
@routes.step(STEPS[Question.SOURCE], role=Role.OFFICER)
@routes.step(STEPS[Question.UNTIL], role=Role.OFFICER)
@routes.step(STEPS[Question.PICTURE], role=Role.OFFICER)
async def take_answer(context: Context) -> Answer:
    """Takes a typed answer; an invalid one raises UserError and the step stays."""
    draft, question = draft_of_step(context)
    case = await cases.lock(context.tx, draft.code)
    if case is None or not is_mine(context, case):
        await context.clear_state()
        return [context.reply(context.say("decide-moved-on", code=draft.code))]
    answered = await _apply_answer(context, case, draft, question)
    check_fits(context, case, answered)
    return await ask(context, case, answered, question.after)


@routes.action("decideadd", role=Role.OFFICER)
async def add(context: Context) -> Answer:
    """Asks one of the optional questions: the end of validity, or a picture."""
    draft, question = draft_of_press(context)
    extra = context.args[1] if len(context.args) > 1 else ""
    require(
        question is Question.PREVIEW and extra in {Question.UNTIL, Question.PICTURE}, "decide-stale"
    )
    return await ask(context, await lock_own_case(context), draft, Question(extra))


@routes.action("decidewithout", role=Role.OFFICER)
async def leave_out(context: Context) -> Answer:
    """Removes the answer of an optional question."""
    draft, question = draft_of_press(context)
    require(question.is_extra, "decide-stale")
    without = (
        replace(draft, valid_until=None)
        if question is Question.UNTIL
        else replace(draft, picture=None)
    )
    return await ask(context, await lock_own_case(context), without, question.after)


@routes.action("decideback", role=Role.OFFICER)
async def go_back(context: Context) -> Answer:
    """Returns to the question before; from the first to the card."""
    draft, question = draft_of_press(context)
    case = await lock_own_case(context)
    if question.before is None:
        await context.clear_state()
        return [context.edit(*await card(context, case))]
    return await ask(context, case, draft, question.before)


@routes.action("decidekeep", role=Role.OFFICER)
async def go_on(context: Context) -> Answer:
    """Keeps the earlier answer."""
    draft, question = draft_of_press(context)
    require(not question.is_extra and draft.answers(question), "decide-stale")
    return await ask(context, await lock_own_case(context), draft, question.after)


async def _apply_answer(context: Context, case: Case, draft: Draft, question: Question) -> Draft:
    if question is Question.CLAIM:
        return replace(
            draft,
            claim=read_claim(context.incoming, await _post_texts(context, case), context.offload),
        )
    if question is Question.EXPLANATION:
        return replace(draft, explanation=read_explanation(context.incoming))
    if question is Question.UNTIL:
        return replace(draft, valid_until=read_until(context))
    if question is Question.PICTURE:
        return replace(
            draft, picture=read_picture(context.incoming, await _picture_ids(context, case))
        )
    post_keys = {
        match_keys.of_post(context.tx, post).url_key
        for post in await posts.shown_of(context.tx, case)
    }
    return replace(draft, sources=read_sources(context.incoming, post_keys))


async def _post_texts(context: Context, case: Case) -> list[str]:
    """The texts of the shown posts."""
    contents = [
        posts.content_of(context.tx, post) for post in await posts.shown_of(context.tx, case)
    ]
    return [unpack_post(content).text for content in contents if content]


async def _picture_ids(context: Context, case: Case) -> set[str]:
    """The ids of the flagged pictures."""
    contents = [
        posts.content_of(context.tx, post) for post in await posts.shown_of(context.tx, case)
    ]
    return {media.unique for content in contents if content for media in unpack_post(content).media}


def _rating(context: Context) -> Rating:
    try:
        return Rating(context.args[1])
    except (IndexError, ValueError):
        raise UserError("button-unknown") from None
