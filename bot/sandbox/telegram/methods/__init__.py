"""The methods of the Bot API by name. A method missing here is answered with 404."""

from bot.sandbox.method_call import Method
from bot.sandbox.telegram.methods import (
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
    "getUpdates": get_updates.get_updates,
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

NAMES = {name.lower(): name for name in METHODS}
"""Telegram ignores the case of a method's name."""
