"""The club's Official Account: who it is, its messenger, and and what is left of its quota."""

from datetime import UTC, datetime

from bot.zalo_oa.client import ACCOUNT_PATH, QUOTA_PATH, Json, OaClient
from bot.zalo_oa.messenger import ZaloOaMessenger

_PACKAGE_QUOTA = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}


class ZaloOaAccount:
    """One Official Account. Every call may raise `MessengerError`."""

    def __init__(self, client: OaClient, messenger: ZaloOaMessenger) -> None:
        self._client = client
        self.messenger = messenger

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.close()

    async def who_am_i(self) -> Json:
        """The account behind the token (`getoa`)."""
        return await self._client.get(ACCOUNT_PATH)

    async def link(self) -> str:
        """The address that opens a chat with the account in Zalo's app."""
        number = str((await self.who_am_i()).get("oaid") or "")
        return f"https://zalo.me/{number}" if number.isascii() and number.isdigit() else ""

    async def remaining_quota(self) -> int | None:
        """Messages left of the account's package; None where it has none."""
        found = await self._client.ask(QUOTA_PATH, _PACKAGE_QUOTA)
        assets = found if isinstance(found, list) else []
        return sum(int(one["remain"]) for one in assets) if assets else None

    async def last_interaction(self, chat: str) -> datetime | None:
        """When the person last did something that opened the window; None where it is not known."""
        found = await self._client.ask(QUOTA_PATH, {"user_id": chat})
        at = found.get("last_interaction") if isinstance(found, dict) else None
        return datetime.fromtimestamp(int(at) / 1000, UTC) if at else None
