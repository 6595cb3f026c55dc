"""How a question of a draft is asked: its sentence, the present answer, its buttons."""

from dataclasses import replace

from handlers.announcing.compose.card import written
from handlers.announcing.compose.fields import Question, asked
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Html
from handlers.messages import Answer, Button, Reply, Rows
from handlers.recognition.plain_text import utf16_length
from handlers.views.announcement import TEXT_LIMIT, Content

STEP = "compose"
"""The step of a chat in which a question waits for its answer."""
_SHOWN_IN_PLACE = 2_500
"""UTF-16 units of a present answer that fit under its question."""
_COPIED_BY_A_BUTTON = 256
"""Telegram's limit: https://core.telegram.org/bots/api#copytextbutton"""
_NO_NOTE = Html("")


async def put(context: Context, draft: Draft, question: Question, note: Html = _NO_NOTE) -> Answer:
    """Asks one question."""
    number, album = draft.id, context.incoming.album
    await context.set_state(STEP, number=number, ask=question.ask.value, album=album)
    content = draft.content
    present = written(content, question.ask, context.say)
    paragraphs = [note, await _prompt(context, content, question), _present_value(context, present)]
    shown = context.edit(
        Html("\n\n".join(filter(None, paragraphs))), _rows(context, draft, question)
    )
    return [*map(_with_text_to_copy, (*_alone(context, present), shown))]


def _with_text_to_copy(reply: Reply) -> Reply:
    message = reply.message
    return replace(reply, message=message and replace(message, copy_apart=True))


def _present_value(context: Context, present: str) -> Html:
    """The present answer to copy from; empty if there is none, or it needs a message of its own."""
    fits = present and utf16_length(present) <= _SHOWN_IN_PLACE
    return context.say("announcing-present-value", value=present) if fits else _NO_NOTE


def _alone(context: Context, present: str) -> list[Reply]:
    """A long present answer as a message of its own; empty if it fits, or is too long for any."""
    if not _SHOWN_IN_PLACE < utf16_length(present) <= TEXT_LIMIT:
        return []
    return [context.reply(context.say("announcing-value-alone", value=present))]


async def _prompt(context: Context, content: Content, question: Question) -> Html:
    questions = asked(context, content)
    ask = context.say(f"announcing-ask-{question.ask.value}")
    detail = await question.detail(context, content)
    prompt = Html(f"{ask}\n{detail}" if detail else ask)
    if question.on_request or not content.is_stepwise:
        return prompt
    number = questions.index(question) + 1
    return context.say("announcing-question", number=number, total=len(questions), prompt=prompt)


def _rows(context: Context, draft: Draft, question: Question) -> Rows:
    args = (draft.id, question.ask.value)
    picks = [
        (Button(pick.label, ":".join(["compose-pick", *map(str, args), pick.value])),)
        for pick in question.picks(context, draft.content)
    ]
    navigation = tuple(_navigation(context, draft.content, question, args))
    copied = _copy_row(context, written(draft.content, question.ask, context.say))
    return (*picks, *copied, *((navigation,) if navigation else ()))


def _copy_row(context: Context, present: str) -> Rows:
    if not 0 < utf16_length(present) <= _COPIED_BY_A_BUTTON:
        return ()
    return ((Button(context.say.plain("announcing-copy"), copy=present),),)


def _navigation(
    context: Context, content: Content, question: Question, args: tuple[int, str]
) -> list[Button]:
    """The buttons back, keep and skip, as far as they apply."""
    buttons = []
    has_answer, stepwise = question.has_answer(content), content.is_stepwise
    if not stepwise:
        buttons.append(context.button("back", "compose-card", args[0]))
    elif not question.on_request and asked(context, content)[0] is not question:
        buttons.append(context.button("back", "compose-back", *args))
    is_gathering = question.ask not in content.answered
    if has_answer and (stepwise or is_gathering):
        key = "announcing-done" if is_gathering else "announcing-keep"
        buttons.append(context.button(key, "compose-keep", *args))
    if question.may_be_skipped(content) and (stepwise or has_answer):
        key = "announcing-leave-out" if question.has_answer(content) else question.skip_label
        buttons.append(context.button(key, "compose-skip", *args))
    return buttons
