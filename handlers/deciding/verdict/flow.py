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
async def begin(turn: Context) -> Answer:
    """The first question about a case this officer has taken; earlier answers are there already."""
    case = await hold_mine(turn)
    return await ask(turn, case, await _begun(turn, case), Question.RATING)


async def _begun(turn: Context, case: Case) -> Draft:
    """Where this officer's proposal stopped, else the verdict that holds, else nothing yet."""
    proposal = await verdict_proposals.of_case(turn.tx, case)
    if proposal is not None and proposal.officer_id == turn.member_id:
        return replace(unpack(proposal.content), code=case.code)
    verdict = await cases.newest_verdict(turn.tx, case)
    return draft_of(verdict, case.code) if verdict else Draft(case.code)


@routes.action("rate", role=Role.OFFICER)
async def rate(turn: Context) -> Answer:
    """The rating was chosen."""
    draft, question = pressed(turn)
    if question is not Question.RATING:
        raise UserError("decide-stale")
    case = await hold_mine(turn)
    rated = replace(draft, rating=_rating(turn), fraud_links=None)
    return await ask(turn, case, rated, question.after)


@routes.step(STEPS[Question.RATING], role=Role.OFFICER)
@routes.step(STEPS[Question.PREVIEW], role=Role.OFFICER)
async def wait_for_button(turn: Context) -> Answer:
    """These two are answered with a button."""
    return [turn.reply(turn.say("decide-press-above"))]


@routes.step(STEPS[Question.CLAIM], role=Role.OFFICER)
@routes.step(STEPS[Question.EXPLANATION], role=Role.OFFICER)
@routes.step(STEPS[Question.SOURCE], role=Role.OFFICER)
@routes.step(STEPS[Question.UNTIL], role=Role.OFFICER)
@routes.step(STEPS[Question.PICTURE], role=Role.OFFICER)
async def take_answer(turn: Context) -> Answer:
    """An answer in words; one that cannot be taken says why and may be tried again."""
    draft, question = remembered(turn)
    case = await cases.hold(turn.tx, draft.code)
    if case is None or not is_mine(turn, case):
        await turn.done()
        return [turn.reply(turn.say("decide-moved-on", code=draft.code))]
    answered = await _answered(turn, case, draft, question)
    check_fits(turn, case, answered)
    return await ask(turn, case, answered, question.after)


@routes.action("decideadd", role=Role.OFFICER)
async def add(turn: Context) -> Answer:
    """Until when it holds, or a picture, which not every verdict needs."""
    draft, question = pressed(turn)
    wanted = turn.args[1] if len(turn.args) > 1 else ""
    if question is not Question.PREVIEW or wanted not in {Question.UNTIL, Question.PICTURE}:
        raise UserError("decide-stale")
    return await ask(turn, await hold_mine(turn), draft, Question(wanted))


@routes.action("decidewithout", role=Role.OFFICER)
async def leave_out(turn: Context) -> Answer:
    """Neither an end, or no picture after all."""
    draft, question = pressed(turn)
    if not question.is_extra:
        raise UserError("decide-stale")
    without = (
        replace(draft, valid_until=None)
        if question is Question.UNTIL
        else replace(draft, picture=None)
    )
    return await ask(turn, await hold_mine(turn), without, question.after)


@routes.action("decideback", role=Role.OFFICER)
async def go_back(turn: Context) -> Answer:
    """To the question before; before the first one is the card."""
    draft, question = pressed(turn)
    case = await hold_mine(turn)
    if question.before is None:
        await turn.done()
        return [turn.instead(*await card(turn, case))]
    return await ask(turn, case, draft, question.before)


@routes.action("decidekeep", role=Role.OFFICER)
async def go_on(turn: Context) -> Answer:
    """What was said before stays."""
    draft, question = pressed(turn)
    if question.is_extra or not draft.answers(question):
        raise UserError("decide-stale")
    return await ask(turn, await hold_mine(turn), draft, question.after)


async def _answered(turn: Context, case: Case, draft: Draft, question: Question) -> Draft:
    if question is Question.CLAIM:
        sent_in = await _words_sent_in(turn, case)
        return replace(draft, claim=read_claim(turn.incoming, sent_in, turn.offload))
    if question is Question.EXPLANATION:
        return replace(draft, explanation=read_explanation(turn.incoming))
    if question is Question.UNTIL:
        return replace(draft, valid_until=read_until(turn))
    if question is Question.PICTURE:
        return replace(draft, picture=read_picture(turn.incoming, await _pictures(turn, case)))
    own = {
        match_keys.of_post(turn.tx, post).url_key for post in await posts.shown_of(turn.tx, case)
    }
    return replace(draft, sources=read_sources(turn.incoming, own))


async def _words_sent_in(turn: Context, case: Case) -> list[str]:
    """Every wording of the claim that came in."""
    kept = [posts.content_of(turn.tx, post) for post in await posts.shown_of(turn.tx, case)]
    return [unpack_post(content).text for content in kept if content]


async def _pictures(turn: Context, case: Case) -> set[str]:
    """The pictures that were flagged, by what they are known by."""
    kept = [posts.content_of(turn.tx, post) for post in await posts.shown_of(turn.tx, case)]
    return {media.unique for content in kept if content for media in unpack_post(content).media}


def _rating(turn: Context) -> Rating:
    try:
        return Rating(turn.args[1])
    except (IndexError, ValueError):
        raise UserError("button-unknown") from None
