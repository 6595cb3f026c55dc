"""An officer answers the questions of a verdict; every step can be gone back to."""

from dataclasses import replace

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.deciding.access import hold_mine, is_mine
from handlers.deciding.card import card
from handlers.deciding.verdict.draft import (
    STEPS,
    Draft,
    Question,
    draft_of,
    pressed,
    remembered,
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
    """The first question about a case this officer has taken; earlier answers are there already."""
    case = await hold_mine(context)
    return await ask(context, case, await _begun(context, case), Question.RATING)


async def _begun(context: Context, case: Case) -> Draft:
    """Where this officer's proposal stopped, else the verdict that holds, else nothing yet."""
    proposal = await verdict_proposals.of_case(context.tx, case)
    if proposal is not None and proposal.officer_id == context.member_id:
        return replace(unpack(proposal.content), code=case.code)
    verdict = await cases.newest_verdict(context.tx, case)
    return draft_of(verdict, case.code) if verdict else Draft(case.code)


@routes.action("rate", role=Role.OFFICER)
async def rate(context: Context) -> Answer:
    """The rating was chosen."""
    draft, question = pressed(context)
    if question is not Question.RATING:
        raise UserError("decide-stale")
    case = await hold_mine(context)
    rated = replace(draft, rating=_rating(context), fraud_links=None)
    return await ask(context, case, rated, question.after)


@routes.step(STEPS[Question.RATING], role=Role.OFFICER)
@routes.step(STEPS[Question.PREVIEW], role=Role.OFFICER)
async def wait_for_button(context: Context) -> Answer:
    """These two are answered with a button."""
    return [context.reply(context.say("decide-press-above"))]


@routes.step(STEPS[Question.CLAIM], role=Role.OFFICER)
@routes.step(STEPS[Question.EXPLANATION], role=Role.OFFICER)
@routes.step(STEPS[Question.SOURCE], role=Role.OFFICER)
@routes.step(STEPS[Question.UNTIL], role=Role.OFFICER)
@routes.step(STEPS[Question.PICTURE], role=Role.OFFICER)
async def take_answer(context: Context) -> Answer:
    """An answer in words; one that cannot be taken says why and may be tried again."""
    draft, question = remembered(context)
    case = await cases.hold(context.tx, draft.code)
    if case is None or not is_mine(context, case):
        await context.clear_state()
        return [context.reply(context.say("decide-moved-on", code=draft.code))]
    answered = await _answered(context, case, draft, question)
    check_fits(context, case, answered)
    return await ask(context, case, answered, question.after)


@routes.action("decideadd", role=Role.OFFICER)
async def add(context: Context) -> Answer:
    """Until when it holds, or a picture, which not every verdict needs."""
    draft, question = pressed(context)
    wanted = context.args[1] if len(context.args) > 1 else ""
    if question is not Question.PREVIEW or wanted not in {Question.UNTIL, Question.PICTURE}:
        raise UserError("decide-stale")
    return await ask(context, await hold_mine(context), draft, Question(wanted))


@routes.action("decidewithout", role=Role.OFFICER)
async def leave_out(context: Context) -> Answer:
    """Neither an end, or no picture after all."""
    draft, question = pressed(context)
    if not question.is_extra:
        raise UserError("decide-stale")
    without = (
        replace(draft, valid_until=None)
        if question is Question.UNTIL
        else replace(draft, picture=None)
    )
    return await ask(context, await hold_mine(context), without, question.after)


@routes.action("decideback", role=Role.OFFICER)
async def go_back(context: Context) -> Answer:
    """To the question before; before the first one is the card."""
    draft, question = pressed(context)
    case = await hold_mine(context)
    if question.before is None:
        await context.clear_state()
        return [context.edit(*await card(context, case))]
    return await ask(context, case, draft, question.before)


@routes.action("decidekeep", role=Role.OFFICER)
async def go_on(context: Context) -> Answer:
    """What was said before stays."""
    draft, question = pressed(context)
    if question.is_extra or not draft.answers(question):
        raise UserError("decide-stale")
    return await ask(context, await hold_mine(context), draft, question.after)


async def _answered(context: Context, case: Case, draft: Draft, question: Question) -> Draft:
    if question is Question.CLAIM:
        sent_in = await _words_sent_in(context, case)
        return replace(draft, claim=read_claim(context.incoming, sent_in, context.offload))
    if question is Question.EXPLANATION:
        return replace(draft, explanation=read_explanation(context.incoming))
    if question is Question.UNTIL:
        return replace(draft, valid_until=read_until(context))
    if question is Question.PICTURE:
        return replace(
            draft, picture=read_picture(context.incoming, await _pictures(context, case))
        )
    own = {
        match_keys.of_post(context.tx, post).url_key
        for post in await posts.shown_of(context.tx, case)
    }
    return replace(draft, sources=read_sources(context.incoming, own))


async def _words_sent_in(context: Context, case: Case) -> list[str]:
    """Every wording of the claim that came in."""
    kept = [posts.content_of(context.tx, post) for post in await posts.shown_of(context.tx, case)]
    return [unpack_post(content).text for content in kept if content]


async def _pictures(context: Context, case: Case) -> set[str]:
    """The pictures that were flagged, by what they are known by."""
    kept = [posts.content_of(context.tx, post) for post in await posts.shown_of(context.tx, case)]
    return {media.unique for content in kept if content for media in unpack_post(content).media}


def _rating(context: Context) -> Rating:
    try:
        return Rating(context.args[1])
    except (IndexError, ValueError):
        raise UserError("button-unknown") from None
