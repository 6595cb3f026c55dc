"""The Bot API's methods, by name. What is not in the table does not exist here."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.sandbox.methods import (
    account,
    answering,
    downloading,
    editing,
    grouping,
    menus,
    pinning,
    receiving,
    sending,
    suggesting,
)
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Method: TypeAlias = Callable[[World, Parameters], object]
WaitingMethod: TypeAlias = Callable[[World, Parameters], Awaitable[object]]

METHODS: dict[str, Method] = {
    "getMe": account.get_me,
    "getChat": account.get_chat,
    "setMyName": account.setter("name", limit=64),
    "getMyName": account.getter("name"),
    "setMyDescription": account.setter("description", limit=512),
    "getMyDescription": account.getter("description"),
    "setMyShortDescription": account.setter("short_description", limit=120),
    "getMyShortDescription": account.getter("short_description"),
    "setChatMenuButton": account.set_chat_menu_button,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.sender_of("photo"),
    "sendVideo": sending.sender_of("video"),
    "sendAnimation": sending.sender_of("animation"),
    "sendAudio": sending.sender_of("audio"),
    "sendVoice": sending.sender_of("voice"),
    "sendDocument": sending.sender_of("document"),
    "sendMediaGroup": grouping.send_media_group,
    "pinChatMessage": pinning.pin_chat_message,
    "unpinChatMessage": pinning.unpin_chat_message,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": answering.answer_callback_query,
    "answerInlineQuery": suggesting.answer_inline_query,
    "getFile": downloading.get_file,
    "setMyCommands": menus.set_my_commands,
    "getMyCommands": menus.get_my_commands,
    "deleteMyCommands": menus.delete_my_commands,
}

WAITING_METHODS: dict[str, WaitingMethod] = {"getUpdates": receiving.get_updates}

NAMES = {name.lower(): name for name in (*METHODS, *WAITING_METHODS)}
"""Telegram does not mind how a method's name is capitalised."""
