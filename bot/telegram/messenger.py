"""Telegram as a `Messenger`."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from aiogram import Bot
from aiogram.enums import ChatAction, ParseMode
from aiogram.methods import (
    SendAnimation,
    SendAudio,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeUnion,
    BufferedInputFile,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from aiogram.types import Message as TelegramMessage

from bot.telegram.bulk import Bulk
from bot.telegram.refusals import ALREADY_AWAY, TOO_LATE, UNCHANGED, in_our_words
from bot.telegram.session import Session
from bot.telegram.updates import MESSENGER
from handlers.messages import (
    Address,
    Button,
    Limits,
    Media,
    MediaKind,
    MenuEntry,
    Message,
    Prepared,
    Refused,
    Rows,
)

LIMITS: Final = Limits(text=4096, caption=1024, buttons=True)
"""https://core.telegram.org/bots/api#sendmessage and #sendphoto"""
_ANY_CHAT = "0"
_TOAST = 200
"""https://core.telegram.org/bots/api#answercallbackquery"""


class TelegramMessenger:
    """One bot account on Telegram; implements `handlers.messages.Messenger`."""

    name: str = MESSENGER
    limits: Limits = LIMITS

    def __init__(self, bot: Bot, session: Session) -> None:
        self._bot = bot
        self._session = session

    async def send(self, to: Address, message: Message) -> list[str]:
        with in_our_words():
            return [str((await self._bot(_sending(to.chat, message))).message_id)]

    def prepare(self, message: Message) -> Prepared:
        if message.media and not message.media.file:
            return partial(self.send, message=message)
        return Bulk(self._bot, self._session, _sending(_ANY_CHAT, message))

    async def edit(self, to: Address, message_id: str, message: Message) -> None:
        place: dict[str, Any] = {"chat_id": to.chat, "message_id": int(message_id)}
        place |= {"parse_mode": ParseMode.HTML, "reply_markup": keyboard(message.rows)}
        with in_our_words(UNCHANGED):
            if message.media:
                await self._bot.edit_message_caption(**place, caption=message.text)
            else:
                preview = LinkPreviewOptions(is_disabled=not message.preview)
                await self._bot.edit_message_text(
                    **place, text=message.text, link_preview_options=preview
                )

    async def delete(self, to: Address, message_id: str) -> None:
        with in_our_words(ALREADY_AWAY):
            await self._bot.delete_message(to.chat, int(message_id))

    async def fetch(self, file: str, limit: int) -> bytes:
        with in_our_words():
            path = (await self._bot.get_file(file)).file_path
        if not path:
            raise Refused("the file cannot be fetched")
        url = self._session.api.file_url(token=self._bot.token, path=path)
        return await self._session.download(url, limit)

    async def acknowledge(self, press_id: str, toast: str, *, alert: bool) -> None:
        with in_our_words(TOO_LATE):
            await self._bot.answer_callback_query(
                press_id, text=toast[:_TOAST] or None, show_alert=alert
            )

    async def set_menu(
        self, to: Address | None, entries: Sequence[MenuEntry], language: str
    ) -> None:
        commands = [BotCommand(command=e.command, description=e.description) for e in entries]
        scope: BotCommandScopeUnion = BotCommandScopeAllPrivateChats()
        if to is not None:
            # One chat has one menu whatever its app is set to: the member chose the language.
            scope, language = BotCommandScopeChat(chat_id=to.chat), ""
        with in_our_words():
            await self._bot.set_my_commands(commands, scope, language_code=language or None)

    async def typing(self, to: Address) -> None:
        with in_our_words():
            await self._bot.send_chat_action(to.chat, ChatAction.TYPING)


def _sending(chat: str, message: Message) -> TelegramMethod[TelegramMessage]:
    """The call that brings this message to this chat."""
    shared: dict[str, Any] = {
        "chat_id": chat,
        "parse_mode": ParseMode.HTML,
        "reply_markup": keyboard(message.rows),
        "disable_notification": message.silent or None,
    }
    if message.media:
        return _with_media(message.media, {**shared, "caption": message.text})
    preview = LinkPreviewOptions(is_disabled=not message.preview)
    return SendMessage(text=message.text, link_preview_options=preview, **shared)


def _with_media(media: Media, shared: dict[str, Any]) -> TelegramMethod[TelegramMessage]:
    file = media.file or BufferedInputFile(media.content, media.name or media.kind.value)
    match media.kind:
        case MediaKind.PHOTO:
            return SendPhoto(photo=file, **shared)
        case MediaKind.DOCUMENT:
            return SendDocument(document=file, **shared)
        case MediaKind.VIDEO:
            return SendVideo(video=file, **shared)
        case MediaKind.ANIMATION:
            return SendAnimation(animation=file, **shared)
        case MediaKind.VOICE:
            return SendVoice(voice=file, **shared)
        case MediaKind.AUDIO:
            return SendAudio(audio=file, **shared)


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons under a message."""
    if not rows:
        return None
    made = [[_button(button) for button in row] for row in rows]
    return InlineKeyboardMarkup(inline_keyboard=made)


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(text=button.label, url=button.url)
    if button.copy:
        return InlineKeyboardButton(text=button.label, copy_text=CopyTextButton(text=button.copy))
    return InlineKeyboardButton(text=button.label, callback_data=button.action)
