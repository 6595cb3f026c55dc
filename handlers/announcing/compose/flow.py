"""Asks the questions of a draft one at a time; every answer is saved at once.

Step by step every question is asked in turn. A draft with a card (`handlers.announcing.compose.card`)
is asked only for what is required and missing, and for what its author wants to change.
"""

from handlers.announcing import drafts, send_time
from handlers.announcing.compose import parsing, preview, suggestions, text_fields
from handlers.announcing.compose.card import edit_button, field_rows
from handlers.announcing.compose.fields import (
    Ask,
    Question,
    asked,
    changeable,
    first_open,
    question_named,
    with_defaults,
)
from handlers.announcing.compose.question_prompt import STEP, put
from handlers.announcing.compose.text_fields import WholeText
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Html, Routes, UserError, require
from handlers.messages import Answer
from handlers.views.announcement import CAPTION_LIMIT, TEXT_LIMIT, Content
from storage.models import AnnouncementState, Role

routes = Routes()

_NO_NOTE = Html("")


@routes.action("compose-go-on", role=Role.OFFICER)
async def go_on(context: Context) -> Answer:
    """Continues a draft at its first open question, else at its card."""
    return await proceed(context, await drafts.load_own(context, context.number()))


async def proceed(context: Context, draft: Draft, note: Html = _NO_NOTE) -> Answer:
    """Asks the next open question, else shows the card; first of all, what is too long."""
    if excess := preview.worst_excess(context, draft):
        return await _too_long(context, draft, excess)
    question = first_open(context, draft.content)
    return (
        await put(context, draft, question, note)
        if question
        else await show_card(context, draft, note)
    )


async def show_card(context: Context, draft: Draft, note: Html = _NO_NOTE) -> Answer:
    """Shows the card, or what is too long for its preview; what was not answered has its default."""
    await context.clear_state()
    if draft.state is AnnouncementState.DRAFT:
        draft = await drafts.save_content(context, draft, with_defaults(context, draft.content))
    if excess := preview.worst_excess(context, draft):
        return await _too_long(context, draft, excess)
    return await preview.show(context, draft, note)


@routes.action("compose-card", role=Role.OFFICER)
async def back_to_card(context: Context) -> Answer:
    """Leaves a question without an answer."""
    draft = await drafts.load_own(context, context.number())
    return await show_card(
        context, await drafts.save_content(context, draft, parsing.whole_album(draft.content))
    )


@routes.step(STEP, role=Role.OFFICER, takes_late_parts=True)
async def answered(context: Context) -> Answer | None:
    """Takes the message as the answer to the current question."""
    if context.incoming.is_late_part and context.incoming.album != context.data.get("album"):
        return None
    try:
        draft = await drafts.load_own(context, context.data["number"])
    except (
        UserError
    ) as refusal:  # approved and sent meanwhile: the next message is about something else
        await context.clear_state()
        return [context.error_reply(refusal)]
    question = question_named(context.data["ask"])
    if context.incoming.album:
        return await _take_album(context, draft, question)
    if not context.incoming.media and (value := question.typed(context.incoming.text)):
        return await _picked(context, draft, question, value)
    return await _take(context, draft, question, question.read(context, draft.content))


async def _take_album(context: Context, draft: Draft, question: Question) -> Answer:
    """Takes an album, or a late part of it, and asks on: a further part may come."""
    require(question.ask is Ask.MEDIA, "announcing-no-album-here")
    overflow = suggestions.album_overflow(context, draft.content)
    content = question.read(context, _with_caption(context, draft.content))
    saved = await drafts.save_content(context, draft, question.touched(content))
    return await put(context, saved, question, overflow)


def _with_caption(context: Context, content: Content) -> Content:
    """The content with the caption of an album, if there is no text yet."""
    if content.is_stepwise or content.title or content.html or not context.incoming.html:
        return content
    return text_fields.filled(content, WholeText(context.incoming.html), context.club, context.now)


async def _take(context: Context, draft: Draft, question: Question, content: Content) -> Answer:
    saved = await drafts.save_content(context, draft, question.touched(content))
    if not question.enough(content) and not preview.worst_excess(context, saved):
        return await put(context, saved, question)
    return await proceed(context, saved, _echo(context, question, content))


def _echo(context: Context, question: Question, content: Content) -> Html:
    """The parsed time in full, with a note if quiet hours delay it; empty for other answers."""
    moment = question.echo(content)
    if moment is None:
        return _NO_NOTE
    noted = context.say("announcing-noted", when=context.say.when(moment))
    if question.ask is not Ask.SEND_AT:
        return noted
    night = send_time.note(context.say, context.club, content, moment)
    return Html(f"{noted}\n{night}") if night else noted


@routes.action("compose-pick", role=Role.OFFICER)
async def pick(context: Context) -> Answer:
    """Takes an answer by button, if the question offers it now."""
    draft, question = await _current_question(context)
    value = context.args[-1]
    require(
        value in {offered.value for offered in question.picks(context, draft.content)},
        "button-unknown",
    )
    return await _picked(context, draft, question, value)


async def _picked(context: Context, draft: Draft, question: Question, value: str) -> Answer:
    return await _take(context, draft, question, question.choose(context, draft.content, value))


@routes.action("compose-area", role=Role.OFFICER)
async def narrow(context: Context) -> Answer:
    """Narrows a draft for everyone to an area that its text names."""
    draft = await drafts.load_own(context, context.number())
    at = context.number(2)
    if draft.version != context.number(1):
        return await preview.show_changed(context, draft)
    require(
        not draft.content.areas and not draft.is_correction and at < len(context.club.areas),
        "button-unknown",
    )
    content = suggestions.toggle_area(context, draft.content, str(at))
    return await proceed(context, await drafts.save_content(context, draft, content))


@routes.action("compose-back", role=Role.OFFICER)
async def back(context: Context) -> Answer:
    """The question before this one."""
    draft, question = await _current_question(context)
    questions = asked(context, draft.content)
    require(question in questions, "announcing-old-question")
    return await put(context, draft, questions[max(0, questions.index(question) - 1)])


@routes.action("compose-keep", role=Role.OFFICER)
async def keep(context: Context) -> Answer:
    """Keeps the answer as it is, or ends the gathering of several."""
    draft, question = await _current_question(context)
    require(question.has_answer(draft.content), "button-unknown")
    whole = parsing.whole_album(question.settled(draft.content))
    return await proceed(context, await drafts.save_content(context, draft, whole))


@routes.action("compose-skip", role=Role.OFFICER)
async def skip(context: Context) -> Answer:
    """Leaves out what is optional."""
    draft, question = await _current_question(context)
    content = draft.content
    if question.without is None or not question.may_be_skipped(content):
        raise UserError("button-unknown")
    if question.has_answer(content):
        content = question.touched(question.without(content))
    return await proceed(
        context, await drafts.save_content(context, draft, question.settled(content))
    )


@routes.action("compose-drop", role=Role.OFFICER)
async def drop_picture(context: Context) -> Answer:
    """Removes the picture, so that a long text fits."""
    draft = await drafts.load_own(context, context.number())
    media = question_named(Ask.MEDIA.value)
    require(media in asked(context, draft.content), "button-unknown")
    return await _take(
        context, draft, media, media.without(draft.content) if media.without else draft.content
    )


@routes.action("compose-fields", role=Role.OFFICER)
async def fields(context: Context) -> Answer:
    """Asks which answer to change."""
    draft = await drafts.load_own(context, context.number())
    is_waiting = draft.state is not AnnouncementState.DRAFT
    key = "announcing-which-field-approved" if is_waiting else "announcing-which-field"
    back = context.button("back", "approval-see", draft.id)
    return [context.edit(context.say(key), (*await field_rows(context, draft), (back,)))]


@routes.action("compose-edit", role=Role.OFFICER)
async def edit(context: Context) -> Answer:
    """Asks one question again; its answer leads back to the card."""
    draft = await drafts.load_own(context, context.number())
    question = question_named(context.args[1] if len(context.args) > 1 else "")
    require(question in changeable(context, draft.content), "button-unknown")
    return await put(context, draft, question)


async def _current_question(context: Context) -> tuple[Draft, Question]:
    """The draft and question of the pressed button, if it is the current question.

    Raises:
        UserError: the conversation has moved on; an old button changes nothing.
    """
    number, name = context.number(), context.args[1] if len(context.args) > 1 else ""
    is_current = context.step == STEP and (context.data["number"], context.data["ask"]) == (
        number,
        name,
    )
    require(is_current, "announcing-old-question")
    return await drafts.load_own(context, number), question_named(name)


async def _too_long(context: Context, draft: Draft, excess: preview.Excess) -> Answer:
    """By how much the copy is too long, and buttons to shorten it."""
    await context.set_state(
        STEP, number=draft.id, ask=question_named(excess.shorten.value).ask.value
    )
    limit = CAPTION_LIMIT if draft.content.media else TEXT_LIMIT
    key = "announcing-too-long-with-media" if draft.content.media else "announcing-too-long"
    text = context.say(key, over=excess.over, limit=limit, language=excess.language)
    facts = (Ask.FACTS,) if draft.content.facts else ()
    rows = [tuple(edit_button(context, draft, ask) for ask in (excess.shorten, *facts))]
    if draft.content.media and not draft.is_correction:
        rows.append((context.button("announcing-drop-media", "compose-drop", draft.id),))
    return [context.edit(text, tuple(rows))]
