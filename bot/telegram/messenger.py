"""Telegram as a `Messenger`."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from aiogram import Bot
from aiogram.enums import ChatAction, ParseMode
from aiogram.methods import (
    SendAnimation,
    SendAudio,
    SendDocument,
    SendMediaGroup,
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
    InlineQueryResultArticle,
    InlineQueryResultUnion,
    InputMediaPhoto,
    InputMediaVideo,
    InputTextMessageContent,
    LinkPreviewOptions,
    MediaUnion,
)
from aiogram.types import Message as TelegramMessage

from bot.telegram.errors import ALREADY_AWAY, NOT_PINNED, TOO_LATE, UNCHANGED, translate
from bot.telegram.prepared_request import PreparedRequests, Sending, ids_of
from bot.telegram.session import Session
from bot.telegram.updates import MESSENGER
from handlers.messages import (
    Address,
    Album,
    Button,
    Limits,
    Media,
    MediaKind,
    MenuEntry,
    Message,
    Part,
    Prepared,
    Refused,
    Rows,
    Suggestion,
)

LIMITS: Final = Limits(text=4096, caption=1024, buttons=True, pins=True)
"""https://core.telegram.org/bots/api#sendmessage and #sendphoto"""
_ANY_CHAT = "0"
_GROUPED: Final[Mapping[MediaKind, type[InputMediaPhoto] | type[InputMediaVideo]]] = {
    MediaKind.PHOTO: InputMediaPhoto,
    MediaKind.VIDEO: InputMediaVideo,
}
_SUGGESTED_FOR_S = 10
"""How long an app may show the same suggestions again: a correction or a recall shows at once."""
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
        with translate():
            sent = [await self._bot(_sending(to.chat, part)) for part in message.parts]
        return [number for answer in sent for number in ids_of(answer)]

    def prepare(self, part: Part) -> Prepared:
        if isinstance(part, Message) and part.media and not part.media.file:
            return partial(self.send, message=part)
        return PreparedRequests(self._bot, self._session, _sending(_ANY_CHAT, part))

    async def pin(self, to: Address, message_id: str) -> None:
        with translate():
            await self._bot.pin_chat_message(to.chat, int(message_id), disable_notification=True)

    async def unpin(self, to: Address, message_id: str) -> None:
        with translate(NOT_PINNED):
            await self._bot.unpin_chat_message(to.chat, message_id=int(message_id))

    async def edit(self, to: Address, message_id: str, message: Message) -> None:
        place: dict[str, Any] = {"chat_id": to.chat, "message_id": int(message_id)}
        place |= {"parse_mode": ParseMode.HTML, "reply_markup": keyboard(message.rows)}
        with translate(UNCHANGED):
            if message.media:
                await self._bot.edit_message_caption(**place, caption=message.text)
            else:
                preview = LinkPreviewOptions(is_disabled=not message.preview)
                await self._bot.edit_message_text(
                    **place, text=message.text, link_preview_options=preview
                )

    async def delete(self, to: Address, message_id: str) -> None:
        with translate(ALREADY_AWAY):
            await self._bot.delete_message(to.chat, int(message_id))

    def keeps(self, file: str) -> bool:
        return not file.startswith(("https://", "http://"))

    async def fetch(self, file: str, limit: int) -> bytes:
        with translate():
            path = (await self._bot.get_file(file)).file_path
        if not path:
            raise Refused("the file cannot be fetched")
        url = self._session.api.file_url(token=self._bot.token, path=path)
        return await self._session.download(url, limit)

    async def acknowledge(self, press_id: str, toast: str, *, alert: bool) -> None:
        with translate(TOO_LATE):
            await self._bot.answer_callback_query(
                press_id, text=toast[:_TOAST] or None, show_alert=alert
            )

    async def suggest(self, lookup_id: str, found: Sequence[Suggestion]) -> None:
        articles: list[InlineQueryResultUnion] = [_article(one) for one in found]
        with translate(TOO_LATE):
            await self._bot.answer_inline_query(
                lookup_id, articles, cache_time=_SUGGESTED_FOR_S, is_personal=True
            )

    async def set_menu(
        self, to: Address | None, entries: Sequence[MenuEntry], language: str
    ) -> None:
        commands = [BotCommand(command=e.command, description=e.description) for e in entries]
        scope: BotCommandScopeUnion = BotCommandScopeAllPrivateChats()
        if to is not None:
            # One chat has one menu whatever its app is set to: the member chose the language.
            scope, language = BotCommandScopeChat(chat_id=to.chat), ""
        with translate():
            await self._bot.set_my_commands(commands, scope, language_code=language or None)

    async def typing(self, to: Address) -> None:
        with translate():
            await self._bot.send_chat_action(to.chat, ChatAction.TYPING)


def _sending(chat: str, part: Part) -> Sending:
    """The call that brings this part to this chat."""
    if isinstance(part, Album):
        return SendMediaGroup(chat_id=chat, media=_grouped(part))
    return _sending_one(chat, part)


def _grouped(album: Album) -> list[MediaUnion]:
    """The text stands under the first, which is where Telegram shows that of a whole album."""
    texts = (album.text, *("" for _ in album.media[1:]))
    return [
        _GROUPED[one.kind](media=one.file, caption=text or None, parse_mode=ParseMode.HTML)
        for one, text in zip(album.media, texts, strict=True)
    ]


def _sending_one(chat: str, message: Message) -> TelegramMethod[TelegramMessage]:
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


def _article(suggestion: Suggestion) -> InlineQueryResultArticle:
    message = suggestion.message
    return InlineQueryResultArticle(
        id=suggestion.id,
        title=suggestion.title,
        description=suggestion.description,
        input_message_content=InputTextMessageContent(
            message_text=message.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=not message.preview),
        ),
        reply_markup=keyboard(message.rows),
    )


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons under a message."""
    if not rows:
        return None
    made = [[_button(button) for button in row] for row in rows]
    return InlineKeyboardMarkup(inline_keyboard=made)


def _button(button: Button) -> InlineKeyboardButton:
    label, style = button.label, button.style
    if button.url:
        return InlineKeyboardButton(text=label, style=style, url=button.url)
    if button.copy:
        copied = CopyTextButton(text=button.copy)
        return InlineKeyboardButton(text=label, style=style, copy_text=copied)
    return InlineKeyboardButton(text=label, style=style, callback_data=button.action)
