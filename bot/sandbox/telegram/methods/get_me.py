"""The bot's own account (`getMe`, its name and descriptions), and `getChat`."""

from collections.abc import Callable

from bot.sandbox.chats.command_menus import read_language
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.chats import chat_of
from bot.sandbox.transport import JsonObject, Parameters, require

_ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_guest_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
    "can_manage_bots": False,
    "supports_join_request_queries": False,
}
_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_me(state: SandboxState, _: Parameters) -> JsonObject:
    """Returns the bot's `User` with its abilities; only inline mode can be switched."""
    return state.bot | _ABILITIES | {"supports_inline_queries": state.inline_mode}


def get_chat(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Returns a `ChatFullInfo` with the required fields alone."""
    chat = chat_of(state, parameters)
    return chat.identity | {
        "accent_color_id": abs(int(chat.id)) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _GIFTS,
    }


def setter(name: str, *, limit: int) -> Callable[[SandboxState, Parameters], bool]:
    """Makes `setMyName` and the like: stores a text of up to `limit` characters per language.

    Telegram also limits how often a bot may rename itself; the sandbox does not.
    """

    def set_text(state: SandboxState, parameters: Parameters) -> bool:
        text = parameters.text(name)
        require(len(text) <= limit, f"bot {name.replace('_', ' ')} is too long")
        state.profile[name, read_language(parameters.text("language_code"))] = text
        return True

    return set_text


def getter(name: str) -> Callable[[SandboxState, Parameters], JsonObject]:
    """Makes `getMyName` and the like; a language without a text gets the default, no other one."""

    def get_text(state: SandboxState, parameters: Parameters) -> JsonObject:
        language = read_language(parameters.text("language_code"))
        return {
            name: state.profile.get((name, language))
            or (state.bot["first_name"] if name == "name" else "")
        }

    return get_text
