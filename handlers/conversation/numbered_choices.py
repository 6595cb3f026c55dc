"""Where a messenger has no buttons: what they become under a message, and what a typed number means.

The list a chat was offered is a row (`storage.conversation.numbered_choices`), so that a number is understood after a
restart. One that belongs to an earlier list, or to several that came since the person last wrote,
is asked about, never done; one that is typed again before its answer came does nothing twice.
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
from storage.database.engine import Tx

routes = Routes()

WITHOUT_BUTTONS = frozenset({"zalo"})
"""Messengers on which every choice is a number."""
_ABOUT_CHARACTERS = 60
_LIST = "list:"
"""Before a list's number where else the id of a pressed button's message stands."""
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
_EDGES = re.compile(r"^\W*+(?:\d++\W++)?|(?<!\W)\W++$")
"""Of a label, a number of its own included: `🔴 3. Đi bầu` is picked by *đi bầu*."""


_SEVERAL = re.compile(r"\d{1,2}(?:(?:\s*[,;&+]\s*|\s+va\s+|\s+)\d{1,2})+")
"""`1 2`, `1,2`, `1 và 3`."""
_MOST_AT_ONCE = 5
_TICKED, _OPEN_TICK = "☑", "☐"
_TICKS = (_TICKED, _OPEN_TICK)
_TOGETHER = timedelta(minutes=10)
"""Lists that came no further apart may be mistaken for each other; an older one is not meant."""
_READING = timedelta(seconds=1)
"""Nobody has read a list sooner after it was offered."""
_AGREEING = frozenset(
    ("dong y", "co", "vang", "da", "dung", "dung roi", "ok", "oke", "duoc", "yes", "y", "agree")
)
_REFUSING = frozenset(("khong", "ko", "k", "thoi", "khong phai", "no", "bo qua", "huy"))
_NONE = "choice-no"
"""The action of the last choice where the bot itself asks which is meant."""
_FEW = 3
"""A list of so few choices is a question that a single word may answer."""
_AGREES = re.compile(r"(?:toi )?(?:dong y|co\b|dung\b|yes\b|i agree)")
"""How the label of a choice begins that says yes."""


@dataclass(frozen=True)
class Picked:
    """Choices of the list that stands last in the chat, or the one that is still open there."""

    choices: tuple[Choice, ...]
    offered: Offered
    number: int | None = None
    """What was typed, where it was one number."""


@dataclass(frozen=True)
class ExpiredChoice:
    """A choice of an earlier list: to be asked about."""

    choice: Choice
    offered: Offered


@dataclass(frozen=True)
class Ambiguous:
    """The same number or words in lists that all came since the person last wrote."""

    found: tuple[tuple[Choice, Offered], ...]


@dataclass(frozen=True)
class Repeated:
    """A number that has just been picked, typed again before its answer could be seen."""

    number: int


Meant = Picked | ExpiredChoice | Ambiguous | Repeated


def numbered(rows: Rows) -> list[Button]:
    """The buttons that become numbers, in their order; links, texts to copy and samples are just shown."""
    return [button for row in rows for button in row if button.action and not button.sample]


async def find(tx: Tx, lookup: bytes, text: str, at: datetime) -> Meant | None:
    """The choice that was meant by a text written `at` this time; None when this was no choice at all."""
    lists = await numbered_choices.offered(tx, lookup)
    if not lists:
        return None
    number = _number(plain(text))
    if number is not None and _is_repeated(lists, number, at):
        return Repeated(number)
    found = [(picked, one) for one in lists if (picked := _in(one.choices, text))]
    together = lists[0].offered_at - _TOGETHER
    now = [
        (picked, one)
        for picked, one in found
        if one.is_unanswered and not one.is_over and one.offered_at >= together
    ]
    if len(now) > 1:
        return Ambiguous(tuple((picked[0], one) for picked, one in now))
    # Of the lists that the person has not answered yet, only one may have the number: a notice with
    # a shorter list may have come between a question and its answer.
    for picked, one in now or found:
        if not one.is_over and (now or one is lists[0]):
            return Picked(picked, one, number)
        return ExpiredChoice(picked[0], one)
    return None


def agreed(lists: Sequence[Offered], text: str) -> Picked | None:
    """The choice that words like *đồng ý* stand for, or the only one that begins with what was typed.

    Only for who is not asked for words of their own just now.
    """
    said = _bare(text)
    if not lists or lists[0].is_over or not said or _number(plain(text)) is not None:
        return None
    *others, last = lists[0].choices
    if last.action == _NONE and said in _REFUSING:
        return Picked((last,), lists[0])
    if last.action == _NONE and said in _AGREEING and len(others) == 1:
        return Picked((others[0],), lists[0])
    is_question = len(lists[0].choices) <= _FEW
    if " " not in said and not (is_question and said in _AGREEING | _REFUSING):
        return None
    begins = [
        one for one in lists[0].choices if re.match(rf"{re.escape(said)}\b", _bare(one.label))
    ]
    if said in _AGREEING and not begins:
        begins = [one for one in lists[0].choices if _AGREES.match(_bare(one.label))]
    return Picked((begins[0],), lists[0]) if len(begins) == 1 else None


def _is_repeated(lists: Sequence[Offered], number: int, at: datetime) -> bool:
    """Whether the number was picked last and came again before the next list can have been read."""
    last = next((one for one in lists if one.picked is not None), None)
    return (
        last is not None
        and last.picked == number
        and last is not lists[0]
        and at < lists[0].offered_at + _READING
    )


def must_be_single(picked: Picked) -> bool:
    """Whether several were typed that are no ticks: choices may exclude each other, or destroy."""
    several = len(picked.choices) > 1
    return several and not all(one.label.startswith(_TICKS) for one in picked.choices)


def to_be_done(picked: Picked) -> Sequence[Choice]:
    """Of several ticks that were typed at once, those that are not set: *1 2* means both."""
    if len(picked.choices) == 1:
        return picked.choices
    return [one for one in picked.choices if not one.label.startswith(_TICKED)]


def one_of(context: Context, picked: Picked) -> Reply:
    """Asks for one of the choices that were typed together."""
    rows = tuple((Button(one.label, one.action),) for one in picked.choices)
    return context.reply(context.say("choices-one-at-a-time"), (*rows, _none(context)))


def without_list(
    answer: Sequence[Reply | MenuChange | Suggestions], offered: Offered
) -> list[Reply | MenuChange | Suggestions]:
    """The answer without what takes the place of this list."""
    place = f"{_LIST}{offered.id}"
    return [one for one in answer if not (isinstance(one, Reply) and one.replaces == place)]


def as_press(incoming: Incoming, choice: Choice, offered: Offered) -> Incoming:
    """The same as if the choice's button had been pressed."""
    press = ButtonPress(incoming.update_key, choice.action, f"{_LIST}{offered.id}")
    return replace(incoming, kind=UpdateKind.PRESS, text="", html="", links=(), press=press)


async def offer(tx: Tx, lookup: bytes, message: Message) -> int | None:
    """Remembers the choices under a message that is on its way to this chat; the list's number."""
    found = [Choice(button.label, button.action) for button in numbered(message.rows)]
    return await numbered_choices.offer(tx, lookup, _about(message), found) if found else None


async def spoken(context: Context, answer: Answer) -> Answer:
    """The answer without what only buttons can do: toasts are said, nothing is replaced.

    Under the first choices of a chat stands how to pick one.
    """
    tx, lookup = context.tx, context.lookup
    said: list[Reply | MenuChange | Suggestions] = []
    for piece in answer:
        if not isinstance(piece, Reply):
            said.append(piece)
            continue
        if piece.replaces.startswith(_LIST):
            await numbered_choices.end(tx, int(piece.replaces.removeprefix(_LIST)))
        if reply := _said(piece):
            said.append(await _explained(context, reply))
            await offer(tx, lookup, piece.message or Message(""))
    return said


async def _explained(context: Context, reply: Reply) -> Reply:
    message = reply.message
    if message is None or not numbered(message.rows):
        return reply
    if await numbered_choices.offered(context.tx, context.lookup):
        return reply
    hint = context.say("choices-hint")
    return replace(reply, message=replace(message, text=f"{message.text}\n\n{hint}"))


def _said(reply: Reply) -> Reply | None:
    toast = escape(reply.toast, quote=False)
    if reply.message is None:
        return Reply(Message(toast)) if toast else None
    # What stands over the chat elsewhere says no more than the message under it.
    return replace(reply, replaces="", toast="", alert=False)


def question(context: Context, meant: ExpiredChoice | Ambiguous | Repeated) -> Reply:
    """What is asked or said where a choice is not done at once."""
    if isinstance(meant, Repeated):
        return context.reply(context.say("choices-repeated", number=str(meant.number)))
    if isinstance(meant, Ambiguous):
        return _which(context, meant)
    values = {"label": meant.choice.label, "about": meant.offered.about}
    if meant.offered.is_over:
        return context.reply(context.say("choices-over", **values))
    yes = Button(meant.choice.label, meant.choice.action)
    return context.reply(context.say("choices-old", **values), ((yes,), _none(context)))


def _which(context: Context, several: Ambiguous) -> Reply:
    rows = tuple(
        (Button(f"{choice.label} – “{offered.about}”", choice.action),)
        for choice, offered in several.found
    )
    return context.reply(context.say("choices-which"), (*rows, _none(context)))


def _none(context: Context) -> tuple[Button, ...]:
    """The row under a question of the bot's own that says none of these."""
    return (context.button("choices-no", _NONE),)


@routes.action(_NONE, role=None)
async def not_meant(context: Context) -> Answer:
    """The earlier choice was not meant: nothing is done."""
    return [context.edit(context.say("choices-nothing-done"))]


def _in(offered: Sequence[Choice], text: str) -> tuple[Choice, ...]:
    """What of these was typed; several where all the numbers are of this list."""
    typed = plain(text)
    if _SEVERAL.fullmatch(typed):
        numbers = list(dict.fromkeys(map(int, re.findall(r"\d+", typed))))
        fit = len(numbers) <= _MOST_AT_ONCE and all(0 < n <= len(offered) for n in numbers)
        return tuple(offered[n - 1] for n in numbers) if fit else ()
    number = _number(typed)
    if number is not None:
        return (offered[number - 1],) if 0 < number <= len(offered) else ()
    said = _bare(text)
    same = [one for one in offered if said and _bare(one.label) == said]
    return tuple(same[:1])


def _number(said: str) -> int | None:
    found = _NUMBER.fullmatch(said)
    return int(found[1]) if found else _WORDS.get(said)


def _bare(text: str) -> str:
    """A label as people type it: no diacritics, no pictures or marks at its ends."""
    return _EDGES.sub("", plain(text))


def _about(message: Message) -> str:
    line = next((one for one in visible(message.text).splitlines() if one.strip()), "")
    return line if len(line) <= _ABOUT_CHARACTERS else f"{line[: _ABOUT_CHARACTERS - 1]}…"
