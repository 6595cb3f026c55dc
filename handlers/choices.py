"""Where a messenger has no buttons: what they become under a message, and what a typed number means.

The list a chat was offered is a row (`storage.choices`), so that a number is understood after a
restart, and one that belongs to an earlier list is recognised as old and asked about, never done.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from handlers.announcement import visible
from handlers.messages import (
    Answer,
    Button,
    Happening,
    Incoming,
    MenuChange,
    Message,
    Press,
    Reply,
    Rows,
    Suggestions,
)
from handlers.routes import Routes
from handlers.turn import Turn
from handlers.words import plain
from storage import choices
from storage.choices import Choice, Offered
from storage.engine import Tx

routes = Routes()

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


@dataclass(frozen=True)
class Picked:
    """A choice of the list that stands last in the chat, or of one still open that names it alone."""

    choice: Choice
    offered: Offered


@dataclass(frozen=True)
class Old:
    """A choice of an earlier list: to be asked about."""

    choice: Choice
    offered: Offered


def numbered(rows: Rows) -> list[Button]:
    """The buttons that become numbers, in their order; links, texts to copy and samples are just shown."""
    return [button for row in rows for button in row if button.action and not button.sample]


async def find(tx: Tx, lookup: bytes, text: str) -> Picked | Old | None:
    """The choice that was meant; None when this was no choice at all."""
    lists = await choices.offered(tx, lookup)
    for place, one in enumerate(lists):
        found = _in(one.choices, text)
        if found is not None:
            newest = place == 0 and not one.is_over
            return Picked(found, one) if newest else Old(found, one)
    return None


def as_press(incoming: Incoming, picked: Picked) -> Incoming:
    """The same as if the choice's button had been pressed."""
    place = f"{_LIST}{picked.offered.id}"
    press = Press(incoming.update_key, picked.choice.action, place)
    return replace(incoming, happening=Happening.PRESS, text="", html="", links=(), press=press)


async def offer(tx: Tx, lookup: bytes, message: Message) -> int | None:
    """Remembers the choices under a message that is on its way to this chat; the list's number."""
    found = [Choice(button.label, button.action) for button in numbered(message.rows)]
    return await choices.offer(tx, lookup, _about(message), found) if found else None


async def spoken(turn: Turn, answer: Answer) -> Answer:
    """The answer without what only buttons can do: toasts are said, nothing is replaced.

    Under the first choices of a chat stands how to pick one.
    """
    tx, lookup = turn.tx, turn.lookup
    said: list[Reply | MenuChange | Suggestions] = []
    for piece in answer:
        if not isinstance(piece, Reply) or piece.to is not None:
            said.append(piece)
            continue
        if piece.replaces.startswith(_LIST):
            await choices.end(tx, int(piece.replaces.removeprefix(_LIST)))
        if reply := _said(piece):
            said.append(await _explained(turn, reply))
            await offer(tx, lookup, reply.message or Message(""))
    return said


async def _explained(turn: Turn, reply: Reply) -> Reply:
    message = reply.message
    if message is None or not numbered(message.rows):
        return reply
    if await choices.offered(turn.tx, turn.lookup):
        return reply
    hint = turn.say("choices-hint")
    return replace(reply, message=replace(message, text=f"{message.text}\n\n{hint}"))


def _said(reply: Reply) -> Reply | None:
    toast = escape(reply.toast, quote=False)
    if reply.message is None:
        return Reply(Message(toast)) if toast else None
    above = f"{toast}\n\n" if toast else ""
    message = replace(reply.message, text=above + reply.message.text)
    return replace(reply, message=message, replaces="", toast="", alert=False)


def question(turn: Turn, old: Old) -> Reply:
    """Whether a choice of an earlier message is meant; one that is settled can be chosen no more."""
    values = {"label": old.choice.label, "about": old.offered.about}
    if old.offered.is_over:
        return turn.reply(turn.say("choices-over", **values))
    yes = Button(old.choice.label, old.choice.action)
    rows = ((yes,), (turn.button("choices-no", "choice-no"),))
    return turn.reply(turn.say("choices-old", **values), rows)


@routes.action("choice-no", role=None)
async def not_meant(turn: Turn) -> Answer:
    """The earlier choice was not meant: nothing is done."""
    return [turn.instead(turn.say("choices-nothing-done"))]


def _in(offered: Sequence[Choice], text: str) -> Choice | None:
    number = _number(plain(text))
    if number is not None:
        return offered[number - 1] if 0 < number <= len(offered) else None
    said = _bare(text)
    same = [one for one in offered if said and _bare(one.label) == said]
    return same[0] if same else None


def _number(said: str) -> int | None:
    found = _NUMBER.fullmatch(said)
    return int(found[1]) if found else _WORDS.get(said)


def _bare(text: str) -> str:
    """A label as people type it: no diacritics, no pictures or marks at its ends."""
    return _EDGES.sub("", plain(text))


def _about(message: Message) -> str:
    line = next((one for one in visible(message.text).splitlines() if one.strip()), "")
    return line if len(line) <= _ABOUT_CHARACTERS else f"{line[: _ABOUT_CHARACTERS - 1]}…"
