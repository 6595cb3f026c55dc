"""Which buttons of a message an Official Account shows, and how the API writes them."""

from dataclasses import dataclass
from typing import Any

from bot.zalo_oa.presses import Payloads
from bot.zalo_oa.updates import MOST_BUTTONS
from handlers.conversation.numbered_choices import is_numbered
from handlers.messages import Button, Rows

_TITLE_MAX = 100
"""Characters (developers.zalo.me, structure of the parameter `buttons`)."""


@dataclass(frozen=True)
class Placed:
    """The buttons of a message: those shown as such, and those that the text stands in for."""

    buttons: tuple[Button, ...]
    in_text: Rows


def place(rows: Rows) -> Placed:
    """Shows all choices as buttons or numbers them all; links and samples as far as all fit."""
    choices_are_buttons = not is_numbered(rows, MOST_BUTTONS)
    all_buttons = [button for row in rows for button in row if not button.copy]
    choices = [one for one in all_buttons if _is_choice(one)] if choices_are_buttons else []
    others = [one for one in all_buttons if not _is_choice(one)]
    shown = choices if len(choices) + len(others) > MOST_BUTTONS else [*choices, *others]
    in_text = tuple(tuple(one for one in row if one not in shown) for row in rows)
    return Placed(tuple(one for one in all_buttons if one in shown), in_text)


def written(button: Button, chat: str, payloads: Payloads) -> dict[str, Any]:
    """A button as the API takes it. A press of it is a text that the person does not see."""
    title = button.label
    if len(title) > _TITLE_MAX:
        title = f"{title[: _TITLE_MAX - 1]}…"
    if button.url:
        return {"title": title, "type": "oa.open.url", "payload": {"url": button.url}}
    payload = payloads.of(chat, button.action)
    return {"title": title, "type": "oa.query.hide", "payload": payload}


def _is_choice(button: Button) -> bool:
    return bool(button.action) and not button.sample
