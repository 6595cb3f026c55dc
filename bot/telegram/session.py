"""aiogram's HTTP session, made to tell a call that never left from one whose fate is unknown."""

from http import HTTPStatus

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientConnectorError, ClientError, ClientTimeout, ConnectionTimeoutError

from bot.telegram.settings import TelegramSettings
from handlers.messages import FateUnknown, ServerTrouble, SlowDown, Unreachable

CONNECT_S = 10.0
"""How long a connection may take, waiting for a free one included."""
ANSWER_S = 60.0
"""How long Telegram may take to answer; a large file travels in this time too."""
_USUAL_WAIT_S = 5.0


class Session(AiohttpSession):
    """One pool of connections to the Bot API."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        """Makes one call.

        Raises:
            Unreachable: no connection was made, so nothing was said.
            FateUnknown: the call left and no answer that can be read came back.
            MessengerError, TelegramAPIError: Telegram refused.
        """
        status, content = await self._post(bot, method, timeout or ANSWER_S)
        try:
            response = self.check_response(bot, method, status, content)
        except ClientDecodeError:
            raise FateUnknown(f"an answer that cannot be read ({status})") from None
        result: TelegramType = response.result  # type: ignore[assignment]
        return result

    async def _post(
        self, bot: Bot, method: TelegramMethod[TelegramType], answer_s: float
    ) -> tuple[int, str]:
        http = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        form = self.build_form_data(bot=bot, method=method)
        timeout = ClientTimeout(total=CONNECT_S + answer_s, connect=CONNECT_S)
        try:
            async with http.post(url, data=form, timeout=timeout) as answer:
                return answer.status, await answer.text()
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            # Without the cause: its text holds the address, and the address holds the token.
            raise Unreachable(type(error).__name__) from None
        except (ClientError, TimeoutError, ConnectionError) as error:
            raise FateUnknown(type(error).__name__) from None

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Reads an answer; a proxy's page of HTML with a 502 is a server's trouble too."""
        if status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ServerTrouble(f"status {status_code}")
        if status_code == HTTPStatus.TOO_MANY_REQUESTS and "retry_after" not in content:
            raise SlowDown(_USUAL_WAIT_S)
        return super().check_response(bot, method, status_code, content)


def open_session(settings: TelegramSettings) -> Session:
    """A pool of connections to the Bot API of these settings; close it in the end."""
    return Session(api=TelegramAPIServer.from_base(settings.api_url))
