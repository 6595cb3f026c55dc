"""An Official Account as a `Messenger`, with substitutes for what it cannot do."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from bot.intake.input_sanitizing import name_of
from bot.zalo.plain_messenger import PlainMessenger
from bot.zalo.plain_text import LIMIT
from bot.zalo_oa.client import PERSON_PATH, Json, OaClient
from bot.zalo_oa.errors import AttachmentExpired
from bot.zalo_oa.outgoing import Composer, Outgoing
from bot.zalo_oa.updates import MESSENGER, MOST_BUTTONS
from bot.zalo_oa.uploaded_files import Uploads
from handlers.messages import (
    Address,
    Charge,
    DeliveryUncertain,
    Limits,
    Message,
    MessagingWindow,
    MessengerError,
    Part,
    Prepared,
    Refused,
)
from scheduler.pacing.limiter import INTERACTIVE, RateLimiter
from storage.models import Lane

_PACKAGE: Final = "sub_quota"
_COUNT: Final = re.compile(r"[0-9]{1,9}")
_CHARGES: Final[Mapping[str, Charge]] = {
    "reply": Charge.FREE,
    _PACKAGE: Charge.QUOTA,
    "reward_quota": Charge.QUOTA,
    "purchase_quota": Charge.PAID,
}
"""The `quota_type` of an answer."""

Report = Callable[[Address, Charge | None, int | None], None]
"""Is told how a message to a chat was charged, and how many of its kind are left; None: not said."""


class ZaloOaMessenger(PlainMessenger):
    """One Official Account; implements `handlers.messages.Messenger`."""

    name: str = MESSENGER

    def __init__(
        self,
        client: OaClient,
        uploads: Uploads,
        composer: Composer,
        rate_limiter: RateLimiter,
        *,
        window: MessagingWindow,
        report: Report,
    ) -> None:
        self._client = client
        self._uploads = uploads
        self._composer = composer
        self._rate_limiter = rate_limiter
        self._report = report
        self.limits = Limits(
            text=LIMIT, caption=LIMIT, most_buttons=MOST_BUTTONS, edits=False, window=window
        )

    async def send(self, to: Address, message: Message) -> list[str]:
        """Sends each part as one or more messages; returns their ids."""
        return [
            one
            for part in message.parts(maps=self.limits.maps)
            for one in await self._send(to, part, INTERACTIVE)
        ]

    def prepare(self, part: Part) -> Prepared:
        """A function that sends this part to a chat, on the lane of announcements."""
        return partial(self._send, part=part, lane=Lane.ANNOUNCEMENT)

    async def fetch(self, file: str, limit: int) -> bytes:
        """Downloads a file that somebody sent. Raises Refused past `limit` bytes."""
        return await self._client.download(file, limit)

    async def display_name(self, to: Address) -> str:
        """The name that the person chose on Zalo (`user/detail`); nothing else of it is read."""
        await self._rate_limiter.acquire(INTERACTIVE, to.chat)
        found = await self._client.get(PERSON_PATH, {"user_id": to.chat})
        return name_of(str(found.get("display_name") or ""))

    async def typing(self, to: Address) -> None:
        """Does nothing: an account cannot show that it is typing."""

    async def _send(self, to: Address, part: Part, lane: int) -> list[str]:
        """Sends the messages of a part; each after the first acquires a slot of its own.

        Raises:
            DeliveryUncertain: some messages arrived, so the whole must not be retried.
        """
        sent: list[str] = []
        for outgoing in await self._composer.messages(to, part, lane):
            if sent:
                await self._rate_limiter.acquire(lane, to.chat)
            try:
                sent.append(await self._send_one(to, outgoing, lane))
            except MessengerError as error:
                if sent:
                    raise DeliveryUncertain(f"a part of it arrived; then {error}") from None
                raise
        return sent

    async def _send_one(self, to: Address, outgoing: Outgoing, lane: int) -> str:
        try:
            answer = await self._try(to, outgoing, lane)
        except AttachmentExpired as error:
            if outgoing.media is None:
                raise Refused(str(error)) from None
            answer = await self._try_again(to, outgoing, lane)
        self._report_charge(to, answer)
        if not isinstance(number := answer.get("message_id"), str):
            raise DeliveryUncertain("an answer without a message_id")
        return number

    async def _try_again(self, to: Address, outgoing: Outgoing, lane: int) -> Json:
        """Sends it with its file uploaded once more."""
        await self._rate_limiter.acquire(lane, to.chat)
        try:
            return await self._try(to, outgoing, lane)
        except AttachmentExpired as error:
            raise Refused(str(error)) from None

    async def _try(self, to: Address, outgoing: Outgoing, lane: int) -> Json:
        media = outgoing.media
        attachment = await self._uploads.id_of(media, lane) if media else ""
        try:
            return await self._client.send(to.chat, outgoing.write(attachment))
        except AttachmentExpired:
            if media:
                self._uploads.forget(media, attachment)
            raise

    def _report_charge(self, to: Address, answer: Json) -> None:
        quota = answer.get("quota")
        quota = quota if isinstance(quota, dict) else {}
        kind, remaining = str(quota.get("quota_type")), str(quota.get("remain"))
        # Only the package's quota is kept account of; a reward has a rest of its own.
        is_told = kind == _PACKAGE and _COUNT.fullmatch(remaining) is not None
        self._report(to, _CHARGES.get(kind), int(remaining) if is_told else None)
