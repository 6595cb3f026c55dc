"""The questions of a verdict as messages, and its preview."""

from handlers.conversation import Context, Html, UserError
from handlers.deciding.card import with_post
from handlers.deciding.verdict.draft import Draft, Question, save_step
from handlers.deciding.verdict.fraud_links import candidates
from handlers.deciding.verdict.notice import notice
from handlers.messages import Answer, Button, ButtonStyle, Rows
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import CAPTION_LIMIT
from handlers.views.verdict import picture_of, verdict_text
from storage.cases import flags
from storage.cases.flags import OwnFlag
from storage.database import id_of
from storage.models import Case, Rating, Verdict

_RATINGS_PER_ROW = 2


async def ask(context: Context, case: Case, draft: Draft, question: Question) -> Answer:
    """Asks this question, with buttons to go back and to keep an earlier answer."""
    await save_step(context, draft, question)
    if question is Question.PREVIEW:
        return await _preview(context, case, draft)
    text = context.say(f"decide-{question.value}", code=draft.code)
    if question in {Question.RATING, Question.CLAIM}:
        text = await with_post(context, case, text)
    if question in {Question.CLAIM, Question.EXPLANATION} and draft.answers(question):
        text = Html(f"{text}\n\n{_earlier_answer(context, draft, question)}")
    ratings = _ratings(context, draft) if question is Question.RATING else ()
    return [context.edit(text, (*ratings, *_navigation(context, draft, question)))]


def verdict_of(context: Context, case: Case, draft: Draft) -> Verdict:
    """The verdict this draft becomes, as the next version of its case."""
    return draft.verdict(id_of(case), case.verdict_version + 1, context.member_id, context.now)


def check_fits(context: Context, case: Case, draft: Draft) -> None:
    """Checks that the text fits under the picture, if there is one.

    Raises:
        UserError: it is too long for a caption in some language.
    """
    if draft.picture is None:
        return
    verdict = verdict_of(context, case, draft)
    longest = max(
        visible_length(notice(verdict, None, OwnFlag(case.code, ""), context.speech(language)))
        for language in ("vi", "en")
    )
    if longest > CAPTION_LIMIT:
        raise UserError("decide-picture-too-long", over=longest - CAPTION_LIMIT)


async def _preview(context: Context, case: Case, draft: Draft) -> Answer:
    verdict = verdict_of(context, case, draft)
    waiting = await flags.waiting(context.tx, case, version=verdict.version)
    key = "decide-propose" if context.club.verdict_approval else "decide-send"
    send = context.button(key, "decidesend", draft.code, draft.digest, style=ButtonStyle.SUCCESS)
    extras = (
        context.button("decide-add-until", "decideadd", draft.code, Question.UNTIL.value),
        context.button("decide-add-picture", "decideadd", draft.code, Question.PICTURE.value),
    )
    links = await candidates(context, case, draft)
    chosen, count = len(links.chosen), len(links.links)
    link_buttons = (
        (
            context.button(
                "decide-links-open", "decidelinks", draft.code, marked=str(chosen), all=str(count)
            ),
        )
        if count
        else ()
    )
    control = context.say("decide-preview", count=len(waiting))
    copy = context.reply(verdict_text(verdict, case.code, context.say), media=picture_of(verdict))
    rows = (
        (send,),
        *((link_buttons,) if link_buttons else ()),
        extras,
        *_navigation(context, draft, Question.PREVIEW),
    )
    return [copy, context.reply(control, rows)]


def _earlier_answer(context: Context, draft: Draft, question: Question) -> Html:
    return context.say(
        "decide-said", text=draft.claim if question is Question.CLAIM else draft.explanation
    )


def _ratings(context: Context, draft: Draft) -> Rows:
    buttons = [
        context.button(f"verdict-rating-{rating.value}", "rate", draft.code, rating.value)
        for rating in Rating
    ]
    return tuple(
        tuple(buttons[i : i + _RATINGS_PER_ROW]) for i in range(0, len(buttons), _RATINGS_PER_ROW)
    )


def _navigation(context: Context, draft: Draft, question: Question) -> Rows:
    back = context.button("back", "decideback", draft.code)
    extra: tuple[Button, ...] = ()
    if question.is_extra and draft.answers(question):
        extra = (context.button("decide-without", "decidewithout", draft.code),)
    elif question is not Question.PREVIEW and draft.answers(question):
        extra = (context.button("decide-keep", "decidekeep", draft.code),)
    return ((*extra, back),)
