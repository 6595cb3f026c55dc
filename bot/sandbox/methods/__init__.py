"""The Bot API's methods, by name. What is not in the table does not exist here."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.sandbox.methods import (
    callback_query,
    commands,
    edit,
    get_file,
    get_me,
    get_updates,
    inline_query,
    media_group,
    pin,
    send,
)
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import SandboxState

Method: TypeAlias = Callable[[SandboxState, Parameters], object]
WaitingMethod: TypeAlias = Callable[[SandboxState, Parameters], Awaitable[object]]

METHODS: dict[str, Method] = {
    "getMe": get_me.get_me,
    "getChat": get_me.get_chat,
    "setMyName": get_me.setter("name", limit=64),
    "getMyName": get_me.getter("name"),
    "setMyDescription": get_me.setter("description", limit=512),
    "getMyDescription": get_me.getter("description"),
    "setMyShortDescription": get_me.setter("short_description", limit=120),
    "getMyShortDescription": get_me.getter("short_description"),
    "setChatMenuButton": get_me.set_chat_menu_button,
    "setWebhook": get_updates.set_webhook,
    "deleteWebhook": get_updates.delete_webhook,
    "getWebhookInfo": get_updates.get_webhook_info,
    "sendMessage": send.send_message,
    "sendPhoto": send.sender_of("photo"),
    "sendVideo": send.sender_of("video"),
    "sendAnimation": send.sender_of("animation"),
    "sendAudio": send.sender_of("audio"),
    "sendVoice": send.sender_of("voice"),
    "sendDocument": send.sender_of("document"),
    "sendMediaGroup": media_group.send_media_group,
    "pinChatMessage": pin.pin_chat_message,
    "unpinChatMessage": pin.unpin_chat_message,
    "sendChatAction": send.send_chat_action,
    "editMessageText": edit.edit_message_text,
    "editMessageCaption": edit.edit_message_caption,
    "editMessageReplyMarkup": edit.edit_message_reply_markup,
    "deleteMessage": edit.delete_message,
    "answerCallbackQuery": callback_query.answer_callback_query,
    "answerInlineQuery": inline_query.answer_inline_query,
    "getFile": get_file.get_file,
    "setMyCommands": commands.set_my_commands,
    "getMyCommands": commands.get_my_commands,
    "deleteMyCommands": commands.delete_my_commands,
}

WAITING_METHODS: dict[str, WaitingMethod] = {"getUpdates": get_updates.get_updates}

NAMES = {name.lower(): name for name in (*METHODS, *WAITING_METHODS)}
"""Telegram does not mind how a method's name is capitalised."""
