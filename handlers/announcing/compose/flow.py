"""`/soan`: composes an announcement question by question; every answer is saved at once."""

from handlers.announcing import drafts, send_time
from handlers.announcing.compose import parsing, preview
from handlers.announcing.compose.fields import (
    Ask,
    Question,
    asked,
    changeable,
    first_open,
    question_named,
)
from handlers.announcing.drafts import Draft
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Rows
from handlers.views.announcement import CAPTION_LIMIT, TEXT_LIMIT, Content, unpack
from storage.announcements import announcements
from storage.models import AnnouncementState, Role

routes = Routes()

STEP = "compose"
"""The step of a chat in which a draft is being written."""
_MOST_OFFERED = 5
_NO_NOTE = Html("")


@routes.command("soan", "compose", role=Role.OFFICER)
async def compose(context: Context) -> Answer:
    """Starts an announcement; if there are unfinished drafts, offers them first."""
    own_drafts = await announcements.drafts_of(context.tx, context.member_id)
    written = [
        (announcement, unpack(version.content))
        for announcement, version in own_drafts
        if version.content
    ]
    if not written:
        return await compose_new(context)
    rows = [(_draft_button(context, Draft(*draft)),) for draft in written[:_MOST_OFFERED]]
    new = context.button("announcing-new", "compose-new")
    return [context.reply(context.say("announcing-unfinished"), (*rows, (new,)))]


def _draft_button(context: Context, draft: Draft) -> Button:
    title = preview.short_title(draft.content)
    key = "correcting-go-on" if draft.is_correction else "announcing-go-on"
    called = str(draft.public_number)
    return context.button(key, "compose-go-on", draft.number, number=called, title=title)


@routes.action("compose-new", role=Role.OFFICER)
async def compose_new(context: Context) -> Answer:
    """Starts an empty draft; reuses one that is still empty."""
    own_drafts = await announcements.drafts_of(context.tx, context.member_id)
    blank = next(
        (announcement for announcement, version in own_drafts if not version.content), None
    )
    announcement = blank or await announcements.start(context.tx, context.member_id)
    return await proceed(context, Draft(announcement, Content()), context.say("announcing-welcome"))


@routes.action("compose-go-on", role=Role.OFFICER)
async def go_on(context: Context) -> Answer:
    """Continues a draft at its first open question."""
    return await proceed(context, await drafts.load_own(context, context.number()))


async def proceed(context: Context, draft: Draft, note: Html = _NO_NOTE) -> Answer:
    """Asks the next open question, else shows the preview; first of all, what is too long."""
    if excess := preview.worst_excess(context, draft):
        return await _too_long(context, draft, excess)
    question = first_open(context, draft.content)
    if question:
        return await put(context, draft, question, note)
    await context.clear_state()
    return await preview.show(context, draft, note)


def is_complete(context: Context, draft: Draft) -> bool:
    """Whether every question is answered and every copy fits into one message."""
    return (
        first_open(context, draft.content) is None and preview.worst_excess(context, draft) is None
    )


async def put(context: Context, draft: Draft, question: Question, note: Html = _NO_NOTE) -> Answer:
    """Asks one question."""
    await context.set_state(STEP, number=draft.number, ask=question.ask.value)
    text = await _prompt(context, draft.content, question)
    rows = _rows(context, draft, question)
    return [context.edit(Html(f"{note}\n\n{text}" if note else text), rows)]


async def _prompt(context: Context, content: Content, question: Question) -> Html:
    questions = asked(context, content)
    ask = context.say(f"announcing-ask-{question.ask.value}")
    detail = await question.detail(context, content)
    prompt = Html(f"{ask}\n{detail}" if detail else ask)
    if question.on_request:
        return prompt
    number = questions.index(question) + 1
    return context.say("announcing-question", number=number, total=len(questions), prompt=prompt)


def _rows(context: Context, draft: Draft, question: Question) -> Rows:
    args = (draft.number, question.ask.value)
    picks = [
        (Button(pick.label, ":".join(["compose-pick", *map(str, args), pick.value])),)
        for pick in question.picks(context, draft.content)
    ]
    navigation = tuple(_navigation(context, draft.content, question, args))
    return (*picks, navigation) if navigation else tuple(picks)


def _navigation(
    context: Context, content: Content, question: Question, args: tuple[int, str]
) -> list[Button]:
    """The buttons back, keep and skip, as far as they apply."""
    buttons = []
    if not question.on_request and asked(context, content)[0] is not question:
        buttons.append(context.button("back", "compose-back", *args))
    if question.has_answer(content):
        is_gathering = question.ask not in content.answered
        key = "announcing-done" if is_gathering else "announcing-keep"
        buttons.append(context.button(key, "compose-keep", *args))
    if question.may_be_skipped(content):
        key = "announcing-leave-out" if question.has_answer(content) else question.skip_label
        buttons.append(context.button(key, "compose-skip", *args))
    return buttons


@routes.step(STEP, role=Role.OFFICER)
async def answered(context: Context) -> Answer:
    """Takes the message as the answer to the current question."""
    try:
        draft = await drafts.load_own(context, context.data["number"])
    except (
        UserError
    ) as refusal:  # approved and sent meanwhile: the next message is about something else
        await context.clear_state()
        return [context.error_reply(refusal)]
    question = question_named(context.data["ask"])
    if context.incoming.album:
        return await _take_album_file(context, draft, question)
    if not context.incoming.media and (value := question.typed(context.incoming.text)):
        return await _picked(context, draft, question, value)
    return await _take(context, draft, question, question.read(context, draft.content))


async def _take_album_file(context: Context, draft: Draft, question: Question) -> Answer:
    """Takes one file of an album; the files come one by one, and only the first is answered."""
    album = context.incoming.album
    answer = await _add_album_file(context, draft, question)
    await context.set_state(STEP, number=draft.number, ask=question.ask.value, album=album)
    return [] if context.data.get("album") == album else answer


async def _add_album_file(context: Context, draft: Draft, question: Question) -> Answer:
    if question.ask is not Ask.MEDIA:
        return [context.error_reply(UserError("announcing-no-album-here"))]
    try:
        content = question.read(context, draft.content)
    except UserError as refusal:
        return [context.error_reply(refusal)]
    saved = await drafts.save_content(context, draft, question.touched(content))
    return await put(context, saved, question)


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
    if value not in {offered.value for offered in question.picks(context, draft.content)}:
        raise UserError("button-unknown")
    return await _picked(context, draft, question, value)


async def _picked(context: Context, draft: Draft, question: Question, value: str) -> Answer:
    if value == question.refused:
        draft = await drafts.save_content(context, draft, question.reopened(draft.content))
        return _refuse_campaigning(context, draft)
    return await _take(context, draft, question, question.choose(context, draft.content, value))


def _refuse_campaigning(context: Context, draft: Draft) -> Answer:
    edits = [_edit_button(context, draft, ask) for ask in (Ask.TITLE, Ask.TEXT)]
    discard = context.button("announcing-discard", "draft-discard", draft.number, draft.version)
    return [context.edit(context.say("announcing-campaign-refused"), (tuple(edits), (discard,)))]


@routes.action("compose-back", role=Role.OFFICER)
async def back(context: Context) -> Answer:
    """The question before this one."""
    draft, question = await _current_question(context)
    questions = asked(context, draft.content)
    if question not in questions:
        raise UserError("announcing-old-question")
    return await put(context, draft, questions[max(0, questions.index(question) - 1)])


@routes.action("compose-keep", role=Role.OFFICER)
async def keep(context: Context) -> Answer:
    """Keeps the answer as it is, or ends the gathering of several."""
    draft, question = await _current_question(context)
    if not question.has_answer(draft.content):
        raise UserError("button-unknown")
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
    if media not in asked(context, draft.content):
        raise UserError("button-unknown")
    content = media.without(draft.content) if media.without else draft.content
    return await _take(context, draft, media, content)


@routes.action("compose-fields", role=Role.OFFICER)
async def fields(context: Context) -> Answer:
    """Asks which answer to change."""
    draft = await drafts.load_own(context, context.number())
    is_waiting = draft.state is not AnnouncementState.DRAFT
    key = "announcing-which-field-approved" if is_waiting else "announcing-which-field"
    back = context.button("back", "approval-see", draft.number)
    return [context.edit(context.say(key), (*field_rows(context, draft), (back,)))]


def field_rows(context: Context, draft: Draft) -> Rows:
    """A button for each answer that can be changed."""
    questions = changeable(context, draft.content)
    buttons = [_edit_button(context, draft, question.ask) for question in questions]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


@routes.action("compose-edit", role=Role.OFFICER)
async def edit(context: Context) -> Answer:
    """Asks one question again; its answer leads back to the preview."""
    draft = await drafts.load_own(context, context.number())
    question = question_named(context.args[1] if len(context.args) > 1 else "")
    if question not in changeable(context, draft.content):
        raise UserError("button-unknown")
    return await put(context, draft, question)


def _edit_button(context: Context, draft: Draft, ask: Ask) -> Button:
    return context.button(f"announcing-field-{ask.value}", "compose-edit", draft.number, ask.value)


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
    if not is_current:
        raise UserError("announcing-old-question")
    return await drafts.load_own(context, number), question_named(name)


async def _too_long(context: Context, draft: Draft, excess: preview.Excess) -> Answer:
    """By how much the copy is too long, and buttons to shorten it."""
    question = question_named(excess.shorten.value)
    await context.set_state(STEP, number=draft.number, ask=question.ask.value)
    limit = CAPTION_LIMIT if draft.content.media else TEXT_LIMIT
    key = "announcing-too-long-with-media" if draft.content.media else "announcing-too-long"
    text = context.say(key, over=excess.over, limit=limit, language=excess.language)
    facts = (Ask.FACTS,) if draft.content.facts else ()
    rows = [tuple(_edit_button(context, draft, ask) for ask in (excess.shorten, *facts))]
    if draft.content.media and not draft.is_correction:
        rows.append((context.button("announcing-drop-media", "compose-drop", draft.number),))
    return [context.edit(text, tuple(rows))]
