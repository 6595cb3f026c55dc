"""Numbered choices for messengers with few buttons or none: renders numbers, reads typed numbers.

The lists offered to a chat are rows (`storage.conversation.numbered_choices`), so that a number is
understood after a restart. A number of an earlier list, or of several unanswered lists, is asked
about, never handled; one that is typed twice in a row is handled once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape

from handlers.conversation.context import Context
from handlers.conversation.routes import Routes
from handlers.messages import (
    Answer,
    Button,
    ButtonPress,
    Incoming,
    MenuChange,
    Message,
    Reply,
    Rows,
    Suggestions,
    UpdateKind,
)
from handlers.recognition.plain_text import plain, visible
from storage.conversation import numbered_choices
from storage.conversation.numbered_choices import Choice, Offered
from storage.database import Tx

routes = Routes()

_ABOUT_CHARACTERS = 60
_LIST = "list:"
"""Prefix of a list's number, used in place of the id of the pressed button's message."""
_NUMBER = re.compile(r"(?:so |chon |chon so )?(\d{1,2})\s*[.):]?")
_WORDS = {
    word: number
    for number, names in enumerate(
        (
            ("mot", "one"),
            ("hai", "two"),
            ("ba", "three"),
            ("bon", "tu", "four"),
            ("nam", "five"),
            ("sau", "six"),
            ("bay", "seven"),
            ("tam", "eight"),
            ("chin", "nine"),
            ("muoi", "ten"),
        ),
        1,
    )
    for word in names
}
_LABEL_EDGES = re.compile(r"^\W*+(?:\d++\W++)?|(?<!\W)\W++$")
"""What is cut off a label before comparing, its own number too: *đi bầu* picks `🔴 3. Đi bầu`."""


_SEVERAL = re.compile(r"\d{1,2}(?:(?:\s*[,;&+]\s*|\s+va\s+|\s+)\d{1,2})+")
"""`1 2`, `1,2`, `1 và 3`."""
_MAX_AT_ONCE = 5
_TICKED, _OPEN_TICK = "☑", "☐"
_TICKS = (_TICKED, _OPEN_TICK)
_RECENT = timedelta(minutes=10)
"""Lists within this span may be mistaken for each other; an older one is not meant."""
_MIN_READING_TIME = timedelta(seconds=1)
"""A number that comes sooner after a list was offered cannot belong to it."""
_AGREEING = frozenset(
    ("dong y", "co", "vang", "da", "dung", "dung roi", "ok", "oke", "duoc", "yes", "y", "agree")
)
_REFUSING = frozenset(("khong", "ko", "k", "thoi", "khong phai", "no", "bo qua", "huy"))
_NONE_ACTION = "choice-no"
"""The action of the last choice of a question by the bot itself: none of these."""
_QUESTION_SIZE = 3
"""A list of at most this many choices may be answered with *yes* or *no*."""
_AGREEING_LABEL = re.compile(r"(?:toi )?(?:dong y|co\b|dung\b|yes\b|i agree)")
"""The beginning of the label of a choice that says yes."""


@dataclass(frozen=True)
class Picked:
    """Choices of the newest list, or of the only unanswered list that has them."""

    choices: tuple[Choice, ...]
    offered: Offered
    number: int | None = None
    """The typed number, if it was a single one."""


@dataclass(frozen=True)
class ExpiredChoice:
    """A choice of an earlier list: to be confirmed."""

    choice: Choice
    offered: Offered


@dataclass(frozen=True)
class Ambiguous:
    """A number or text that matches several unanswered lists."""

    matches: tuple[tuple[Choice, Offered], ...]


@dataclass(frozen=True)
class Repeated:
    """The number picked last, typed again before its answer could be read."""

    number: int


Meant = Picked | ExpiredChoice | Ambiguous | Repeated


def numbered(rows: Rows) -> list[Button]:
    """The buttons that become numbers, in order; links, texts to copy and samples do not."""
    return [button for row in rows for button in row if button.action and not button.sample]


def is_numbered(rows: Rows, most_buttons: int) -> bool:
    """Whether a message has more choices than its messenger shows as buttons."""
    return len(numbered(rows)) > most_buttons


async def find(tx: Tx, lookup: bytes, text: str, at: datetime) -> Meant | None:
    """The choice that a text sent `at` this time picks; None if it picks none."""
    lists = await numbered_choices.offered(tx, lookup)
    if not lists:
        return None
    number = _number(plain(text))
    if number is not None and _is_repeated(lists, number, at):
        return Repeated(number)
    matches = [
        (picked, offered) for offered in lists if (picked := _matching(offered.choices, text))
    ]
    oldest = lists[0].offered_at - _RECENT
    unanswered = [
        (picked, offered)
        for picked, offered in matches
        if offered.is_unanswered and not offered.is_over and offered.offered_at >= oldest
    ]
    if len(unanswered) > 1:
        return Ambiguous(tuple((picked[0], offered) for picked, offered in unanswered))
    # If only one unanswered list has the number, that list is meant, even if it is not the newest:
    # a notice with a shorter list may have come between a question and its answer.
    for picked, offered in unanswered or matches:
        if not offered.is_over and (unanswered or offered is lists[0]):
            return Picked(picked, offered, number)
        return ExpiredChoice(picked[0], offered)
    return None


def find_by_word(lists: Sequence[Offered], text: str) -> Picked | None:
    """The choice picked by words like *đồng ý*, or the only one whose label begins with the text.

    Only for chats that are at no step that expects text.
    """
    typed = _bare(text)
    if not lists or lists[0].is_over or not typed or _number(plain(text)) is not None:
        return None
    *others, last = lists[0].choices
    if last.action == _NONE_ACTION and typed in _REFUSING:
        return Picked((last,), lists[0])
    if last.action == _NONE_ACTION and typed in _AGREEING and len(others) == 1:
        return Picked((others[0],), lists[0])
    is_question = len(lists[0].choices) <= _QUESTION_SIZE
    if " " not in typed and not (is_question and typed in _AGREEING | _REFUSING):
        return None
    candidates = [
        choice
        for choice in lists[0].choices
        if re.match(rf"{re.escape(typed)}\b", _bare(choice.label))
    ]
    if typed in _AGREEING and not candidates:
        candidates = [
            choice for choice in lists[0].choices if _AGREEING_LABEL.match(_bare(choice.label))
        ]
    return Picked((candidates[0],), lists[0]) if len(candidates) == 1 else None


def _is_repeated(lists: Sequence[Offered], number: int, at: datetime) -> bool:
    """Whether the number was picked last and came again before the next list could be read."""
    last = next((offered for offered in lists if offered.picked is not None), None)
    return (
        last is not None
        and last.picked == number
        and last is not lists[0]
        and at < lists[0].offered_at + _MIN_READING_TIME
    )


def must_be_single(picked: Picked) -> bool:
    """Whether several choices were typed that are not all ticks: they may exclude each other."""
    is_several = len(picked.choices) > 1
    return is_several and not all(choice.label.startswith(_TICKS) for choice in picked.choices)


def choices_to_press(picked: Picked) -> Sequence[Choice]:
    """The choices to press: of several ticks typed at once only those that are not set."""
    if len(picked.choices) == 1:
        return picked.choices
    return [choice for choice in picked.choices if not choice.label.startswith(_TICKED)]


def ask_for_one(context: Context, picked: Picked) -> Reply:
    """Asks to pick one of the choices that were typed together."""
    rows = tuple((Button(choice.label, choice.action),) for choice in picked.choices)
    return context.reply(context.say("choices-one-at-a-time"), (*rows, _none_row(context)))


def without_replaced_list(
    answer: Sequence[Reply | MenuChange | Suggestions], offered: Offered
) -> list[Reply | MenuChange | Suggestions]:
    """The answer without the reply that replaces this list."""
    place = f"{_LIST}{offered.id}"
    return [piece for piece in answer if not (isinstance(piece, Reply) and piece.replaces == place)]


def to_press(incoming: Incoming, choice: Choice, offered: Offered) -> Incoming:
    """The update as if the button of the choice had been pressed."""
    press = ButtonPress(incoming.update_key, choice.action, f"{_LIST}{offered.id}")
    return replace(incoming, kind=UpdateKind.PRESS, text="", html="", links=(), press=press)


async def offer(tx: Tx, lookup: bytes, message: Message, most_buttons: int = 0) -> int | None:
    """Stores the numbered choices of a message to this chat.

    Returns the id of the list; None if the choices are shown as buttons, or there are none.
    """
    if not is_numbered(message.rows, most_buttons):
        return None
    choices = [Choice(button.label, button.action) for button in numbered(message.rows)]
    return await numbered_choices.offer(tx, lookup, _subject(message), choices)


async def render(context: Context, answer: Answer) -> Answer:
    """The answer where choices are typed: toasts become messages, nothing is replaced.

    The first list of a chat explains how to pick a choice.
    """
    tx, lookup = context.tx, context.lookup
    rendered: list[Reply | MenuChange | Suggestions] = []
    for piece in answer:
        if not isinstance(piece, Reply):
            rendered.append(piece)
            continue
        if piece.replaces.startswith(_LIST):
            await numbered_choices.end(tx, int(piece.replaces.removeprefix(_LIST)))
        if reply := _without_toast(piece):
            rendered.append(await _with_hint(context, reply))
            message = piece.message or Message("")
            await offer(tx, lookup, message, context.incoming.most_buttons)
    return rendered


async def _with_hint(context: Context, reply: Reply) -> Reply:
    message = reply.message
    if message is None or not is_numbered(message.rows, context.incoming.most_buttons):
        return reply
    if await numbered_choices.offered(context.tx, context.lookup):
        return reply
    hint = context.say("choices-hint")
    return replace(reply, message=replace(message, text=f"{message.text}\n\n{hint}"))


def _without_toast(reply: Reply) -> Reply | None:
    toast = escape(reply.toast, quote=False)
    if reply.message is None:
        return Reply(Message(toast)) if toast else None
    # The toast says nothing that the message does not say.
    return replace(reply, replaces="", toast="", alert=False)


def question(context: Context, meant: ExpiredChoice | Ambiguous | Repeated) -> Reply:
    """The reply to a choice that is not executed: asks which is meant, or notes a repetition."""
    if isinstance(meant, Repeated):
        return context.reply(context.say("choices-repeated", number=str(meant.number)))
    if isinstance(meant, Ambiguous):
        return _ask_which(context, meant)
    values = {"label": meant.choice.label, "about": meant.offered.about}
    if meant.offered.is_over:
        return context.reply(context.say("choices-over", **values))
    return context.reply(
        context.say("choices-old", **values),
        ((Button(meant.choice.label, meant.choice.action),), _none_row(context)),
    )


def _ask_which(context: Context, several: Ambiguous) -> Reply:
    rows = tuple(
        (Button(f"{choice.label} – “{offered.about}”", choice.action),)
        for choice, offered in several.matches
    )
    return context.reply(context.say("choices-which"), (*rows, _none_row(context)))


def _none_row(context: Context) -> tuple[Button, ...]:
    """The row *none of these* of a question by the bot itself."""
    return (context.button("choices-no", _NONE_ACTION),)


@routes.action(_NONE_ACTION, role=None)
async def not_meant(context: Context) -> Answer:
    """Answers *none of these*: nothing is done."""
    return [context.edit(context.say("choices-nothing-done"))]


def _matching(offered: Sequence[Choice], text: str) -> tuple[Choice, ...]:
    """The choices that the text picks; several only if all numbers are in this list."""
    typed = plain(text)
    if _SEVERAL.fullmatch(typed):
        numbers = list(dict.fromkeys(map(int, re.findall(r"\d+", typed))))
        fit = len(numbers) <= _MAX_AT_ONCE and all(0 < n <= len(offered) for n in numbers)
        return tuple(offered[n - 1] for n in numbers) if fit else ()
    number = _number(typed)
    if number is not None:
        return (offered[number - 1],) if 0 < number <= len(offered) else ()
    label = _bare(text)
    same = [choice for choice in offered if label and _bare(choice.label) == label]
    return tuple(same[:1])


def _number(typed: str) -> int | None:
    match = _NUMBER.fullmatch(typed)
    return int(match[1]) if match else _WORDS.get(typed)


def _bare(text: str) -> str:
    """A label as people type it: no diacritics, no emoji or marks at its ends."""
    return _LABEL_EDGES.sub("", plain(text))


def _subject(message: Message) -> str:
    line = next(
        (text_line for text_line in visible(message.text).splitlines() if text_line.strip()), ""
    )
    return line if len(line) <= _ABOUT_CHARACTERS else f"{line[: _ABOUT_CHARACTERS - 1]}…"
