"""`setMessageReaction`: the bot's reaction to a message."""

from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.chats import chat_of, found_message
from bot.sandbox.telegram.methods.send import structure
from bot.sandbox.transport import JsonObject, Parameters, bad_request, require

_ALL = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 "
    "🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ "
    "😡"
)
EMOJI = frozenset(_ALL.split())
"""Emoji of a reaction: https://core.telegram.org/bots/api#reactiontypeemoji"""
_VARIATION_SELECTOR = "\ufe0f"


def set_message_reaction(state: SandboxState, parameters: Parameters) -> bool:
    """Replaces the bot's reaction, of which it has at most one; an empty list removes it."""
    given = structure(parameters, "reaction", "reaction types")
    if not isinstance(given or [], list):
        raise bad_request("can't parse reaction types: expected an Array of ReactionType")
    reactions = [_reaction(one) for one in given or []]  # type: ignore[attr-defined]
    require(len(reactions) <= 1, "REACTIONS_TOO_MANY")
    chat = chat_of(state, parameters)
    message = found_message(chat, parameters, "react")
    state.messages.react(chat, message["message_id"], reactions)
    return True


def _reaction(given: object) -> JsonObject:
    if not isinstance(given, dict):
        raise bad_request("can't parse reaction types: expected an Object as ReactionType")
    if given.get("type") == "custom_emoji":
        return {"type": "custom_emoji", "custom_emoji_id": str(given.get("custom_emoji_id", ""))}
    emoji = str(given.get("emoji", "")).replace(_VARIATION_SELECTOR, "")
    require(given.get("type") == "emoji" and emoji in EMOJI, "REACTION_INVALID")
    return {"type": "emoji", "emoji": emoji}
