"""The questions that lead to a verdict, and the preview that ends them."""

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html, Speech
from handlers.deciding.card import with_post
from handlers.deciding.verdict.draft import Draft, Question, keep
from handlers.deciding.verdict.fraud_links import candidates
from handlers.messages import Answer, Button, Rows
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import CAPTION_LIMIT
from handlers.views.verdict import changes, picture_of, verdict_text
from storage.cases import flags
from storage.database.ids import id_of
from storage.models import Case, Rating, Verdict

_RATINGS_PER_ROW = 2


async def ask(context: Context, case: Case, draft: Draft, question: Question) -> Answer:
    """Puts this question, with a way back and a way to leave an earlier answer as it is."""
    await keep(context, draft, question)
    if question is Question.PREVIEW:
        return await _preview(context, case, draft)
    text = context.say(f"decide-{question.value}", code=draft.code)
    if question in {Question.RATING, Question.CLAIM}:
        text = await with_post(context, case, text)
    if question in {Question.CLAIM, Question.EXPLANATION} and draft.answers(question):
        text = Html(f"{text}\n\n{_said(context, draft, question)}")
    ratings = _ratings(context, draft) if question is Question.RATING else ()
    return [context.edit(text, (*ratings, *_ways(context, draft, question)))]


def verdict_of(context: Context, case: Case, draft: Draft) -> Verdict:
    """The verdict this draft becomes, as the next version of its case."""
    version = case.verdict_version + 1
    return draft.verdict(id_of(case), version, context.member_id, context.now)


def check_fits(context: Context, case: Case, draft: Draft) -> None:
    """A picture leaves little room for words.

    Raises:
        UserError: too much is said to stand under the picture, in some language.
    """
    if draft.picture is None:
        return
    verdict = verdict_of(context, case, draft)
    longest = max(
        visible_length(notice(verdict, None, case.code, context.speech(language)))
        for language in ("vi", "en")
    )
    if longest > CAPTION_LIMIT:
        raise UserError("decide-picture-too-long", over=longest - CAPTION_LIMIT)


def notice(verdict: Verdict, old: Verdict | None, code: str, say: Speech) -> Html:
    """What those who flagged it read; `old` is the version they know."""
    text = verdict_text(verdict, code, say)
    if old is None:
        return say("verdict-notice", code=code, verdict=text)
    changed = changes(old, verdict, say)
    return say("verdict-notice-changed", code=code, changes=changed, verdict=text)


async def _preview(context: Context, case: Case, draft: Draft) -> Answer:
    verdict = verdict_of(context, case, draft)
    waiting = await flags.waiting(context.tx, case, version=verdict.version)
    key = "decide-propose" if context.club.verdict_approval else "decide-send"
    send = context.button(key, "decidesend", draft.code, draft.digest)
    extras = (
        context.button("decide-add-until", "decideadd", draft.code, Question.UNTIL.value),
        context.button("decide-add-picture", "decideadd", draft.code, Question.PICTURE.value),
    )
    links = await candidates(context, case, draft)
    chosen, count = len(links.chosen), len(links.links)
    marks = (
        (
            context.button(
                "decide-links-open", "decidelinks", draft.code, marked=str(chosen), all=str(count)
            ),
        )
        if count
        else ()
    )
    control = context.say("decide-preview", count=len(waiting))
    shown = context.reply(verdict_text(verdict, case.code, context.say), media=picture_of(verdict))
    rows = ((send,), *((marks,) if marks else ()), extras, *_ways(context, draft, Question.PREVIEW))
    return [shown, context.reply(control, rows)]


def _said(context: Context, draft: Draft, question: Question) -> Html:
    said = draft.claim if question is Question.CLAIM else draft.explanation
    return context.say("decide-said", text=said)


def _ratings(context: Context, draft: Draft) -> Rows:
    buttons = [
        context.button(f"verdict-rating-{rating.value}", "rate", draft.code, rating.value)
        for rating in Rating
    ]
    pairs = range(0, len(buttons), _RATINGS_PER_ROW)
    return tuple(tuple(buttons[i : i + _RATINGS_PER_ROW]) for i in pairs)


def _ways(context: Context, draft: Draft, question: Question) -> Rows:
    back = context.button("back", "decideback", draft.code)
    extra: tuple[Button, ...] = ()
    if question.is_extra and draft.answers(question):
        extra = (context.button("decide-without", "decidewithout", draft.code),)
    elif question is not Question.PREVIEW and draft.answers(question):
        extra = (context.button("decide-keep", "decidekeep", draft.code),)
    return ((*extra, back),)
