"""The questions that lead to a verdict, and the preview that ends them."""

from handlers.deciding.card import with_post
from handlers.deciding.draft import Draft, Question, keep
from handlers.messages import Answer, Button, Rows
from handlers.speech import Html
from handlers.turn import Turn
from handlers.verdict import verdict_text
from storage import cases, flags, people
from storage.models import Case, Rating, Verdict

_RATINGS_PER_ROW = 2


async def ask(turn: Turn, case: Case, draft: Draft, question: Question) -> Answer:
    """Puts this question, with a way back and a way to leave an earlier answer as it is."""
    await keep(turn, draft, question)
    if question is Question.PREVIEW:
        return await _preview(turn, case, draft)
    text = turn.say(f"decide-{question.value}", code=draft.code)
    if question in {Question.RATING, Question.CLAIM}:
        text = await with_post(turn, case, text)
    if question in {Question.CLAIM, Question.EXPLANATION} and draft.answers(question):
        text = Html(f"{text}\n\n{_said(turn, draft, question)}")
    ratings = _ratings(turn, draft) if question is Question.RATING else ()
    return [turn.instead(text, (*ratings, *_ways(turn, draft, question)))]


def verdict_of(turn: Turn, case: Case, draft: Draft, rating: Rating, version: int) -> Verdict:
    """The verdict this draft becomes."""
    return Verdict(
        case_id=cases.number_of(case),
        version=version,
        rating=rating,
        claim=draft.claim,
        explanation=draft.explanation,
        sources=list(draft.sources),
        decided_by=people.number_of(turn.who),
        decided_at=turn.now,
    )


async def next_version(turn: Turn, case: Case) -> int:
    """The number of the verdict that would come now."""
    newest = await cases.newest_verdict(turn.tx, case)
    return newest.version + 1 if newest else 1


async def _preview(turn: Turn, case: Case, draft: Draft) -> Answer:
    version = await next_version(turn, case)
    verdict = verdict_of(turn, case, draft, draft.rating or Rating.UNPROVEN, version)
    people_waiting = await flags.waiting(turn.tx, case, version=version)
    send = turn.button("decide-send", "decidesend", draft.code, draft.digest)
    control = turn.say("decide-preview", count=len(people_waiting))
    return [
        turn.reply(verdict_text(verdict, case.code, turn.say)),
        turn.reply(control, ((send,), *_ways(turn, draft, Question.PREVIEW))),
    ]


def _said(turn: Turn, draft: Draft, question: Question) -> Html:
    said = draft.claim if question is Question.CLAIM else draft.explanation
    return turn.say("decide-said", text=said)


def _ratings(turn: Turn, draft: Draft) -> Rows:
    buttons = [
        turn.button(f"verdict-rating-{rating.value}", "rate", draft.code, rating.value)
        for rating in Rating
    ]
    pairs = range(0, len(buttons), _RATINGS_PER_ROW)
    return tuple(tuple(buttons[i : i + _RATINGS_PER_ROW]) for i in pairs)


def _ways(turn: Turn, draft: Draft, question: Question) -> Rows:
    back = turn.button("back", "decideback", draft.code)
    unchanged: tuple[Button, ...] = ()
    if question is not Question.PREVIEW and draft.answers(question):
        unchanged = (turn.button("decide-keep", "decidekeep", draft.code),)
    return ((*unchanged, back),)
