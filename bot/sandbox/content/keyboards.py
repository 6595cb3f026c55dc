"""Inline keyboards of messages, checked as the Bot API checks `reply_markup`."""

import json
from collections.abc import Callable
from functools import lru_cache

from bot.sandbox.content.entities import link_fault
from bot.sandbox.transport import ApiError, JsonObject, Parameters, bad_request, require

DATA_LIMIT = 64
"""Bytes, not characters, of callback data."""

URL_LIMIT = 2048
COPY_LIMIT = 256
ROW_LIMIT = 8
BUTTON_LIMIT = 100

_STYLES = ("primary", "success", "danger")
_OTHER_KINDS = ("keyboard", "remove_keyboard", "force_reply")


def read(parameters: Parameters) -> JsonObject | None:
    """The inline keyboard of `reply_markup`; None without one.

    Reply keyboards, their removal and forced replies are accepted and dropped: the page shows none.
    Raises ApiError with Telegram's messages.
    """
    given = parameters.structure_text("reply_markup")
    return _parse(given) if given else None


@lru_cache(maxsize=512)
def _parse(given: str) -> JsonObject | None:
    try:
        markup = json.loads(given)
    except (ValueError, RecursionError):
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    require(
        not markup or any(kind in markup for kind in _OTHER_KINDS),
        "object expected as reply markup",
    )
    return None


def _inline(rows: object) -> JsonObject | None:
    if not isinstance(rows, list):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    kept = [row for row in (_row(row) for row in rows) if row]
    require(
        not any(len(row) > ROW_LIMIT for row in kept) and sum(map(len, kept)) <= BUTTON_LIMIT,
        "REPLY_MARKUP_TOO_LONG",
    )
    return {"inline_keyboard": kept} if kept else None


def _row(row: object) -> list[JsonObject]:
    if not isinstance(row, list):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    return [_button(button) for button in row]


def _button(button: object) -> JsonObject:
    if not isinstance(button, dict):
        raise _button_fault("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise _button_fault('Field "text" must be of type String')
    require(text.strip(), "BUTTON_TEXT_INVALID")
    style = _style(button.get("style"))
    for kind, check in _ACTIONS.items():
        if button.get(kind) or (kind in _MAY_BE_EMPTY and button.get(kind) is not None):
            return {"text": text, **style, kind: check(button[kind])}
    raise _button_fault("Text buttons are unallowed in the inline keyboard")


def _style(value: object) -> JsonObject:
    """The style as part of the button; of the default one there is none."""
    if value is not None and not isinstance(value, str):
        raise _button_fault('Field "style" must be of type String')
    name = (value or "").lower()
    if name not in ("", "default", *_STYLES):
        raise _button_fault("invalid button style specified")
    return {"style": name} if name in _STYLES else {}


def _data(value: object) -> object:
    if not isinstance(value, str) or len(value.encode()) > DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    return value


def _url(value: object) -> object:
    url = str(value)
    if fault := link_fault(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {fault}")
    require(len(url) <= URL_LIMIT, "BUTTON_URL_INVALID")
    return url if "://" in url else f"http://{url}"


def _copy_text(value: object) -> object:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= COPY_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {"text": text}


def web_app(value: object, called: str = "inline keyboard button") -> object:
    """A `WebAppInfo`; `called` names what has it. Raises ApiError for an address without https."""
    url = _url_of(value)
    if not url.lower().startswith("https://"):
        raise bad_request(f"{called} Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    if fault := link_fault(url):
        raise bad_request(f"{called} Web App URL '{url}' is invalid: {fault}")
    return {"url": url}


def _login_url(value: object) -> object:
    """A `LoginUrl` as the message shows it; the sandbox knows no domain of a bot."""
    url = _url_of(value)
    if not url.lower().startswith("https://"):
        raise bad_request(
            f"inline keyboard button login URL '{url}' is invalid: Only HTTPS links are allowed"
        )
    return {"url": url}


def _url_of(value: object) -> str:
    url = value.get("url") if isinstance(value, dict) else None
    if not isinstance(url, str):
        raise _button_fault('Field "url" must be of type String')
    return url


def _words(value: object) -> object:
    if not isinstance(value, str):
        raise _button_fault('Field "switch_inline_query" must be of type String')
    return value


def _chosen_chat(value: object) -> object:
    if not isinstance(value, dict):
        raise _button_fault("SwitchInlineQueryChosenChat must be an Object")
    return value


def _out_of_place(_: object) -> object:
    """Games and payments belong to methods that the sandbox does not have."""
    raise bad_request("BUTTON_TYPE_INVALID")


_MAY_BE_EMPTY = ("switch_inline_query", "switch_inline_query_current_chat", "callback_game")
_ACTIONS: dict[str, Callable[[object], object]] = {
    "callback_data": _data,
    "url": _url,
    "copy_text": _copy_text,
    "web_app": web_app,
    "login_url": _login_url,
    "switch_inline_query": _words,
    "switch_inline_query_current_chat": _words,
    "switch_inline_query_chosen_chat": _chosen_chat,
    "callback_game": _out_of_place,
    "pay": _out_of_place,
}


def _button_fault(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")
