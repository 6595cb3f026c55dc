"""`/soan`: one question after the other; back, skip, keep, edit; nothing is lost in between."""

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
from handlers.announcing.compose.length_check import Excess, worst_excess
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
"""While this is somebody's step, a draft is being written."""
_MOST_OFFERED = 5
_NO_NOTE = Html("")


@routes.command("soan", "compose", role=Role.OFFICER)
async def compose(turn: Context) -> Answer:
    """Begins an announcement, or asks first about one that was left unfinished."""
    mine = await announcements.drafts_of(turn.tx, turn.member_id)
    written = [(found, unpack(version.content)) for found, version in mine if version.content]
    if not written:
        return await compose_new(turn)
    rows = [(_offer(turn, Draft(*draft)),) for draft in written[:_MOST_OFFERED]]
    new = turn.button("announcing-new", "compose-new")
    return [turn.reply(turn.say("announcing-unfinished"), (*rows, (new,)))]


def _offer(turn: Context, draft: Draft) -> Button:
    title = preview.short_title(draft.content)
    key = "correcting-go-on" if draft.is_correction else "announcing-go-on"
    called = str(draft.called)
    return turn.button(key, "compose-go-on", draft.number, number=called, title=title)


@routes.action("compose-new", role=Role.OFFICER)
async def compose_new(turn: Context) -> Answer:
    """An empty draft; one that is still empty is used again."""
    mine = await announcements.drafts_of(turn.tx, turn.member_id)
    blank = next((announcement for announcement, version in mine if not version.content), None)
    announcement = blank or await announcements.start(turn.tx, turn.member_id)
    return await proceed(turn, Draft(announcement, Content()), turn.say("announcing-welcome"))


@routes.action("compose-go-on", role=Role.OFFICER)
async def go_on(turn: Context) -> Answer:
    """Where the author left off."""
    return await proceed(turn, await drafts.load_own(turn, turn.number()))


async def proceed(turn: Context, draft: Draft, note: Html = _NO_NOTE) -> Answer:
    """The next open question; else what members will see. What does not fit is said at once."""
    if excess := worst_excess(turn, draft):
        return await _too_long(turn, draft, excess)
    question = first_open(turn, draft.content)
    if question:
        return await put(turn, draft, question, note)
    await turn.done()
    return await preview.show(turn, draft, note)


async def put(turn: Context, draft: Draft, question: Question, note: Html = _NO_NOTE) -> Answer:
    """Asks one question."""
    await turn.go(STEP, number=draft.number, ask=question.ask.value)
    text = await _wording(turn, draft.content, question)
    rows = _rows(turn, draft, question)
    return [turn.instead(Html(f"{note}\n\n{text}" if note else text), rows)]


async def _wording(turn: Context, content: Content, question: Question) -> Html:
    questions = asked(turn, content)
    said = turn.say(f"announcing-ask-{question.ask.value}")
    detail = await question.detail(turn, content)
    prompt = Html(f"{said}\n{detail}" if detail else said)
    if question.on_request:
        return prompt
    number = questions.index(question) + 1
    return turn.say("announcing-question", number=number, total=len(questions), prompt=prompt)


def _rows(turn: Context, draft: Draft, question: Question) -> Rows:
    place = (draft.number, question.ask.value)
    picks = [
        (Button(pick.label, ":".join(["compose-pick", *map(str, place), pick.value])),)
        for pick in question.picks(turn, draft.content)
    ]
    ways = tuple(_ways(turn, draft.content, question, place))
    return (*picks, ways) if ways else tuple(picks)


def _ways(
    turn: Context, content: Content, question: Question, place: tuple[int, str]
) -> list[Button]:
    """Back, on, and without."""
    ways = []
    if not question.on_request and asked(turn, content)[0] is not question:
        ways.append(turn.button("back", "compose-back", *place))
    if question.has_answer(content):
        gathering = question.ask not in content.answered
        key = "announcing-done" if gathering else "announcing-keep"
        ways.append(turn.button(key, "compose-keep", *place))
    if question.may_be_skipped(content):
        key = "announcing-leave-out" if question.has_answer(content) else question.skip_label
        ways.append(turn.button(key, "compose-skip", *place))
    return ways


@routes.step(STEP, role=Role.OFFICER)
async def answered(turn: Context) -> Answer:
    """What was typed or sent answers the question that was put last."""
    try:
        draft = await drafts.load_own(turn, turn.data["number"])
    except (
        UserError
    ) as sorry:  # approved and sent meanwhile: the next message is about something else
        await turn.done()
        return [turn.excuse(sorry)]
    question = question_named(turn.data["ask"])
    if turn.incoming.album:
        return await _one_of_many(turn, draft, question)
    if not turn.incoming.media and (value := question.typed(turn.incoming.text)):
        return await _picked(turn, draft, question, value)
    return await _take(turn, draft, question, question.read(turn, draft.content))


async def _one_of_many(turn: Context, draft: Draft, question: Question) -> Answer:
    """One file of an album, which come one by one; answered once, not for each."""
    album = turn.incoming.album
    answer = await _gather(turn, draft, question)
    await turn.go(STEP, number=draft.number, ask=question.ask.value, album=album)
    return [] if turn.data.get("album") == album else answer


async def _gather(turn: Context, draft: Draft, question: Question) -> Answer:
    if question.ask is not Ask.MEDIA:
        return [turn.excuse(UserError("announcing-no-album-here"))]
    try:
        content = question.read(turn, draft.content)
    except UserError as sorry:
        return [turn.excuse(sorry)]
    taken = await drafts.save_content(turn, draft, question.touched(content))
    return await put(turn, taken, question)


async def _take(turn: Context, draft: Draft, question: Question, content: Content) -> Answer:
    taken = await drafts.save_content(turn, draft, question.touched(content))
    if not question.enough(content) and not worst_excess(turn, taken):
        return await put(turn, taken, question)
    return await proceed(turn, taken, _echo(turn, question, content))


def _echo(turn: Context, question: Question, content: Content) -> Html:
    """The moment that was read, in full; and what the quiet hours make of it."""
    moment = question.echo(content)
    if moment is None:
        return _NO_NOTE
    noted = turn.say("announcing-noted", when=turn.say.when(moment))
    if question.ask is not Ask.SEND_AT:
        return noted
    night = send_time.note(turn.say, turn.club, content, moment)
    return Html(f"{noted}\n{night}") if night else noted


@routes.action("compose-pick", role=Role.OFFICER)
async def pick(turn: Context) -> Answer:
    """An answer by button; only one that is offered at this moment counts."""
    draft, question = await _asked_now(turn)
    value = turn.args[-1]
    if value not in {offered.value for offered in question.picks(turn, draft.content)}:
        raise UserError("button-unknown")
    return await _picked(turn, draft, question, value)


async def _picked(turn: Context, draft: Draft, question: Question, value: str) -> Answer:
    if value == question.refused:
        draft = await drafts.save_content(turn, draft, question.reopened(draft.content))
        return _refuse_campaigning(turn, draft)
    return await _take(turn, draft, question, question.choose(turn, draft.content, value))


def _refuse_campaigning(turn: Context, draft: Draft) -> Answer:
    edits = [_edit_button(turn, draft, ask) for ask in (Ask.TITLE, Ask.TEXT)]
    discard = turn.button("announcing-discard", "draft-discard", draft.number, draft.version)
    return [turn.instead(turn.say("announcing-campaign-refused"), (tuple(edits), (discard,)))]


@routes.action("compose-back", role=Role.OFFICER)
async def back(turn: Context) -> Answer:
    """The question before this one."""
    draft, question = await _asked_now(turn)
    questions = asked(turn, draft.content)
    if question not in questions:
        raise UserError("announcing-old-question")
    return await put(turn, draft, questions[max(0, questions.index(question) - 1)])


@routes.action("compose-keep", role=Role.OFFICER)
async def keep(turn: Context) -> Answer:
    """The answer stays as it is, or what was gathered is all."""
    draft, question = await _asked_now(turn)
    if not question.has_answer(draft.content):
        raise UserError("button-unknown")
    whole = parsing.whole_album(question.settled(draft.content))
    return await proceed(turn, await drafts.save_content(turn, draft, whole))


@routes.action("compose-skip", role=Role.OFFICER)
async def skip(turn: Context) -> Answer:
    """Leaves out what is optional."""
    draft, question = await _asked_now(turn)
    content = draft.content
    if question.without is None or not question.may_be_skipped(content):
        raise UserError("button-unknown")
    if question.has_answer(content):
        content = question.touched(question.without(content))
    return await proceed(turn, await drafts.save_content(turn, draft, question.settled(content)))


@routes.action("compose-drop", role=Role.OFFICER)
async def drop_picture(turn: Context) -> Answer:
    """Without the picture, so that a long text fits."""
    draft = await drafts.load_own(turn, turn.number())
    media = question_named(Ask.MEDIA.value)
    if media not in asked(turn, draft.content):
        raise UserError("button-unknown")
    content = media.without(draft.content) if media.without else draft.content
    return await _take(turn, draft, media, content)


@routes.action("compose-fields", role=Role.OFFICER)
async def fields(turn: Context) -> Answer:
    """Which answer should be changed?"""
    draft = await drafts.load_own(turn, turn.number())
    waiting = draft.state is not AnnouncementState.DRAFT
    key = "announcing-which-field-approved" if waiting else "announcing-which-field"
    look = turn.button("back", "approval-see", draft.number)
    return [turn.instead(turn.say(key), (*field_rows(turn, draft), (look,)))]


def field_rows(turn: Context, draft: Draft) -> Rows:
    """A button for each answer that can be changed."""
    every = changeable(turn, draft.content)
    buttons = [_edit_button(turn, draft, question.ask) for question in every]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


@routes.action("compose-edit", role=Role.OFFICER)
async def edit(turn: Context) -> Answer:
    """One question once more; its answer leads back to the preview."""
    draft = await drafts.load_own(turn, turn.number())
    question = question_named(turn.args[1] if len(turn.args) > 1 else "")
    if question not in changeable(turn, draft.content):
        raise UserError("button-unknown")
    return await put(turn, draft, question)


def _edit_button(turn: Context, draft: Draft, ask: Ask) -> Button:
    return turn.button(f"announcing-field-{ask.value}", "compose-edit", draft.number, ask.value)


async def _asked_now(turn: Context) -> tuple[Draft, Question]:
    """What the pressed button belongs to, if it is the question that was put last.

    Raises:
        Sorry: the conversation has moved on; an old button changes nothing.
    """
    number, name = turn.number(), turn.args[1] if len(turn.args) > 1 else ""
    here = turn.step == STEP and (turn.data["number"], turn.data["ask"]) == (number, name)
    if not here:
        raise UserError("announcing-old-question")
    return await drafts.load_own(turn, number), question_named(name)


async def _too_long(turn: Context, draft: Draft, excess: Excess) -> Answer:
    """How much too long it is, and the ways to make it fit."""
    question = question_named(excess.shorten.value)
    await turn.go(STEP, number=draft.number, ask=question.ask.value)
    limit = CAPTION_LIMIT if draft.content.media else TEXT_LIMIT
    key = "announcing-too-long-with-media" if draft.content.media else "announcing-too-long"
    text = turn.say(key, over=excess.over, limit=limit, language=excess.language)
    facts = (Ask.FACTS,) if draft.content.facts else ()
    rows = [tuple(_edit_button(turn, draft, ask) for ask in (excess.shorten, *facts))]
    if draft.content.media and not draft.is_correction:
        rows.append((turn.button("announcing-drop-media", "compose-drop", draft.number),))
    return [turn.instead(text, tuple(rows))]
