"""aiogram and python-telegram-bot behind the few words on which they differ.

Both name methods, parameters and fields alike; a case is written once and runs through both.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from enum import Enum, auto
from types import ModuleType
from typing import Any, ClassVar

import aiogram
import aiogram.exceptions
import aiogram.types
import telegram
import telegram.error
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from tests.support.waiting import TIMEOUT_S


class Failure(Enum):
    """What can go wrong with a call, as far as both libraries tell it apart."""

    BAD_REQUEST = auto()
    UNAUTHORIZED = auto()
    FORBIDDEN = auto()
    NOT_FOUND = auto()
    CONFLICT = auto()
    TOO_LARGE = auto()
    RETRY_AFTER = auto()
    MIGRATED = auto()
    SERVER_ERROR = auto()
    NETWORK = auto()


class Client(ABC):
    """One library. `results` are the raw results of its calls that worked."""

    types: ModuleType
    errors: ClassVar[Mapping[Failure, type[Exception]]]

    def __init__(self) -> None:
        self.results: list[tuple[str, Any]] = []

    def record_response(self, method: str, body: bytes) -> None:
        answer = json.loads(body)
        if answer["ok"]:
            self.results.append((method, answer["result"]))

    async def call(self, method: str, **parameters: Any) -> Any:
        """Calls `send_message` and the like with the library's own method."""
        function: Callable[..., Awaitable[Any]] = getattr(self.bot, method)
        return await function(**parameters)

    def keyboard(self, *rows: list[dict[str, Any]]) -> Any:
        """An inline keyboard; a button is a dict of its fields."""
        make = self.types.InlineKeyboardButton
        return self.types.InlineKeyboardMarkup(
            inline_keyboard=[[make(**button) for button in row] for row in rows]
        )

    @property
    @abstractmethod
    def bot(self) -> Any:
        """The library's bot."""

    @abstractmethod
    def file(self, name: str, content: bytes) -> Any:
        """A file to upload."""

    @abstractmethod
    async def download(self, file_id: str) -> bytes:
        """The bytes of a file."""


class _RecordingSession(AiohttpSession):
    def __init__(self, client: Client, url: str) -> None:
        super().__init__(api=TelegramAPIServer.from_base(url))
        self._hearer = client

    def check_response(self, bot: Any, method: Any, status_code: int, content: str) -> Any:
        self._hearer.record_response(method.__api_method__, content.encode())
        return super().check_response(bot, method, status_code, content)


class AiogramClient(Client):
    """aiogram's Bot on its own session."""

    types = aiogram.types
    errors: ClassVar = {
        Failure.BAD_REQUEST: aiogram.exceptions.TelegramBadRequest,
        Failure.UNAUTHORIZED: aiogram.exceptions.TelegramUnauthorizedError,
        Failure.FORBIDDEN: aiogram.exceptions.TelegramForbiddenError,
        Failure.NOT_FOUND: aiogram.exceptions.TelegramNotFound,
        Failure.CONFLICT: aiogram.exceptions.TelegramConflictError,
        Failure.TOO_LARGE: aiogram.exceptions.TelegramEntityTooLarge,
        Failure.RETRY_AFTER: aiogram.exceptions.TelegramRetryAfter,
        Failure.MIGRATED: aiogram.exceptions.TelegramMigrateToChat,
        Failure.SERVER_ERROR: aiogram.exceptions.TelegramServerError,
        Failure.NETWORK: aiogram.exceptions.TelegramNetworkError,
    }

    def __init__(self, url: str, token: str) -> None:
        super().__init__()
        self.session = _RecordingSession(self, url)
        self._bot = aiogram.Bot(token, session=self.session)

    @property
    def bot(self) -> aiogram.Bot:
        return self._bot

    def file(self, name: str, content: bytes) -> Any:
        return aiogram.types.BufferedInputFile(content, name)

    async def download(self, file_id: str) -> bytes:
        file = await self._bot.get_file(file_id)
        content = await self._bot.download_file(file.file_path or "")
        return content.read() if content else b""


class _RecordingRequest(HTTPXRequest):
    def __init__(self, client: Client) -> None:
        super().__init__(
            httpx_kwargs={"trust_env": False},
            read_timeout=TIMEOUT_S,
            write_timeout=TIMEOUT_S,
            connect_timeout=TIMEOUT_S,
            pool_timeout=TIMEOUT_S,
            media_write_timeout=TIMEOUT_S,
        )
        self._hearer = client

    async def do_request(self, url: str, *args: Any, **options: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(url, *args, **options)
        if "/file/bot" not in url:
            self._hearer.record_response(url.rpartition("/")[2], body)
        return status, body


class PythonTelegramBotClient(Client):
    """python-telegram-bot's ExtBot."""

    types = telegram
    errors: ClassVar = {
        Failure.BAD_REQUEST: telegram.error.BadRequest,
        Failure.UNAUTHORIZED: telegram.error.InvalidToken,
        Failure.FORBIDDEN: telegram.error.Forbidden,
        Failure.NOT_FOUND: telegram.error.InvalidToken,
        Failure.CONFLICT: telegram.error.Conflict,
        Failure.TOO_LARGE: telegram.error.NetworkError,
        Failure.RETRY_AFTER: telegram.error.RetryAfter,
        Failure.MIGRATED: telegram.error.ChatMigrated,
        Failure.SERVER_ERROR: telegram.error.NetworkError,
        Failure.NETWORK: telegram.error.NetworkError,
    }

    def __init__(self, url: str, token: str) -> None:
        super().__init__()
        self.requests = (_RecordingRequest(self), _RecordingRequest(self))
        self._bot: ExtBot[None] = ExtBot(
            token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=self.requests[0],
            get_updates_request=self.requests[1],
        )

    @property
    def bot(self) -> ExtBot[None]:
        return self._bot

    def file(self, name: str, content: bytes) -> Any:
        return telegram.InputFile(content, filename=name)

    async def download(self, file_id: str) -> bytes:
        file = await self._bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())


@asynccontextmanager
async def with_aiogram(url: str, token: str) -> AsyncIterator[Client]:
    client = AiogramClient(url, token)
    try:
        yield client
    finally:
        # `session.close()` would wait for TLS connections that a loopback has none of.
        await (await client.session.create_session()).close()


@asynccontextmanager
async def with_python_telegram_bot(url: str, token: str) -> AsyncIterator[Client]:
    client = PythonTelegramBotClient(url, token)
    for request in client.requests:
        await request.initialize()
    try:
        yield client
    finally:
        for request in client.requests:
            await request.shutdown()


CLIENTS: dict[str, Callable[[str, str], AbstractAsyncContextManager[Client]]] = {
    "aiogram": with_aiogram,
    "python-telegram-bot": with_python_telegram_bot,
}
