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
    SendLocation,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVenue,
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
    MapPoint,
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

LIMITS: Final = Limits(text=4096, caption=1024, most_buttons=100, pins=True, maps=True)
"""https://core.telegram.org/bots/api#sendmessage and #sendphoto"""
_ANY_CHAT = "0"
_GROUPED: Final[Mapping[MediaKind, type[InputMediaPhoto] | type[InputMediaVideo]]] = {
    MediaKind.PHOTO: InputMediaPhoto,
    MediaKind.VIDEO: InputMediaVideo,
}
_SUGGESTED_FOR_S = 10
"""Seconds that apps may cache results: short, so that a correction or recall soon shows."""
_TOAST = 200
"""Characters; https://core.telegram.org/bots/api#answercallbackquery"""


class TelegramMessenger:
    """One bot account on Telegram; implements `handlers.messages.Messenger`."""

    name: str = MESSENGER
    limits: Limits = LIMITS

    def __init__(self, bot: Bot, session: Session) -> None:
        self._bot = bot
        self._session = session

    async def send(self, to: Address, message: Message) -> list[str]:
        """Sends each part of the message in one call; returns the message ids."""
        with translate():
            sent = [
                await self._bot(_sending(to.chat, part))
                for part in message.parts(maps=self.limits.maps)
            ]
        return [number for answer in sent for number in ids_of(answer)]

    def prepare(self, part: Part) -> Prepared:
        """A request serialised once for all recipients; not for a file that must be uploaded."""
        if isinstance(part, Message) and part.media and not part.media.file:
            return partial(self.send, message=part)
        return PreparedRequests(self._bot, self._session, _sending(_ANY_CHAT, part))

    async def pin(self, to: Address, message_id: str) -> None:
        """Pins a message without a notification (`pinChatMessage`)."""
        with translate():
            await self._bot.pin_chat_message(to.chat, int(message_id), disable_notification=True)

    async def unpin(self, to: Address, message_id: str) -> None:
        """Unpins a message; one that is not pinned is no error (`unpinChatMessage`)."""
        with translate(NOT_PINNED):
            await self._bot.unpin_chat_message(to.chat, message_id=int(message_id))

    async def edit(self, to: Address, message_id: str, message: Message) -> None:
        """Replaces text or caption and buttons; unchanged content is no error."""
        place: dict[str, Any] = {"chat_id": to.chat, "message_id": int(message_id)}
        place |= {"parse_mode": ParseMode.HTML, "reply_markup": keyboard(message.rows)}
        with translate(UNCHANGED):
            if message.media:
                await self._bot.edit_message_caption(**place, caption=message.text)
            else:
                await self._bot.edit_message_text(
                    **place,
                    text=message.text,
                    link_preview_options=LinkPreviewOptions(is_disabled=not message.preview),
                )

    async def delete(self, to: Address, message_id: str) -> None:
        """Deletes a message; one that is deleted already is no error (`deleteMessage`)."""
        with translate(ALREADY_AWAY):
            await self._bot.delete_message(to.chat, int(message_id))

    def keeps(self, file: str) -> bool:
        """Whether Telegram stores this file: it has a file id and no URL."""
        return not file.startswith(("https://", "http://"))

    async def fetch(self, file: str, limit: int) -> bytes:
        """Downloads a file (`getFile`). Raises Refused past `limit` bytes."""
        with translate():
            path = (await self._bot.get_file(file)).file_path
        if not path:
            raise Refused("the file cannot be fetched")
        return await self._session.download(
            self._session.api.file_url(token=self._bot.token, path=path), limit
        )

    async def display_name(self, to: Address) -> str:  # noqa: ARG002
        """Empty: every update carries the name."""
        return ""

    async def acknowledge(self, press_id: str, toast: str, *, alert: bool) -> None:
        """Answers a button press; one that is too old is no error (`answerCallbackQuery`)."""
        with translate(TOO_LATE):
            await self._bot.answer_callback_query(
                press_id, text=toast[:_TOAST] or None, show_alert=alert
            )

    async def suggest(self, lookup_id: str, found: Sequence[Suggestion]) -> None:
        """Answers an inline query with articles, cached for 10 seconds for this person alone."""
        articles: list[InlineQueryResultUnion] = [_article(one) for one in found]
        with translate(TOO_LATE):
            await self._bot.answer_inline_query(
                lookup_id, articles, cache_time=_SUGGESTED_FOR_S, is_personal=True
            )

    async def set_menu(
        self, to: Address | None, entries: Sequence[MenuEntry], language: str
    ) -> None:
        """Sets the command menu of one chat, or of all private chats in one language."""
        commands = [BotCommand(command=e.command, description=e.description) for e in entries]
        scope: BotCommandScopeUnion = BotCommandScopeAllPrivateChats()
        if to is not None:
            # A chat's menu has no language code: the member chose the language, not the app.
            scope, language = BotCommandScopeChat(chat_id=to.chat), ""
        with translate():
            await self._bot.set_my_commands(commands, scope, language_code=language or None)

    async def typing(self, to: Address) -> None:
        """Shows “typing” for up to 5 seconds (`sendChatAction`)."""
        with translate():
            await self._bot.send_chat_action(to.chat, ChatAction.TYPING)


def _sending(chat: str, part: Part) -> Sending:
    """The API method that sends this part to this chat."""
    match part:
        case Album():
            return SendMediaGroup(chat_id=chat, media=_grouped(part))
        case MapPoint():
            return _on_the_map(chat, part)
        case Message():
            return _sending_one(chat, part)


def _on_the_map(chat: str, point: MapPoint) -> TelegramMethod[TelegramMessage]:
    """A venue, which needs a name and an address; a mere point without them."""
    position: dict[str, Any] = {"latitude": point.latitude, "longitude": point.longitude}
    if not (point.name and point.address):
        return SendLocation(chat_id=chat, **position)
    return SendVenue(chat_id=chat, title=point.name, address=point.address, **position)


def _grouped(album: Album) -> list[MediaUnion]:
    """Puts the text under the first file, where Telegram shows the caption of an album."""
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
        case MediaKind.VIDEO | MediaKind.VIDEO_NOTE:
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
    """The inline keyboard of a message; None without buttons."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[[_button(button) for button in row] for row in rows]
    )


def _button(button: Button) -> InlineKeyboardButton:
    label, style = button.label, button.style
    if button.url:
        return InlineKeyboardButton(text=label, style=style, url=button.url)
    if button.copy:
        return InlineKeyboardButton(
            text=label, style=style, copy_text=CopyTextButton(text=button.copy)
        )
    return InlineKeyboardButton(text=label, style=style, callback_data=button.action)
