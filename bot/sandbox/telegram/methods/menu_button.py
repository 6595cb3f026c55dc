"""`setChatMenuButton` and `getChatMenuButton`."""

from bot.sandbox.chats.people import Id
from bot.sandbox.content.keyboards import web_app
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.chats import chat_of
from bot.sandbox.telegram.methods.send import structure
from bot.sandbox.transport import JsonObject, Parameters, bad_request, require

_EVERYWHERE = 0
"""Stands for all chats that have no button of their own."""


def set_chat_menu_button(state: SandboxState, parameters: Parameters) -> bool:
    """Stores the button of a private chat or of all; the page shows the command menu all the same."""
    button = _button(structure(parameters, "menu_button", "MenuButton"))
    chat_id = _target(state, parameters)
    if button == {"type": "default"}:
        state.menu_buttons.pop(chat_id, None)
    else:
        state.menu_buttons[chat_id] = button
    return True


def get_chat_menu_button(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Returns the button of a private chat, else that of all, at first the menu of commands."""
    own = state.menu_buttons.get(_target(state, parameters))
    return own or state.menu_buttons.get(_EVERYWHERE) or {"type": "commands"}


def _target(state: SandboxState, parameters: Parameters) -> Id:
    if not parameters.given("chat_id"):
        return _EVERYWHERE
    chat = chat_of(state, parameters)
    require(chat.is_private, "chat type is unsupported")
    return chat.id


def _button(given: object) -> JsonObject:
    kind = given.get("type") if isinstance(given, dict) else "default"
    if kind in ("default", "commands"):
        return {"type": kind}
    if kind == "web_app" and isinstance(given, dict):
        text = str(given.get("text") or "")
        require(text.strip(), "menu button text must be non-empty")
        return {"type": kind, "text": text, "web_app": web_app(given.get("web_app"), "menu button")}
    raise bad_request("can't parse MenuButton: MenuButton has unsupported type")
