"""The club's Official Account: who it is, its messenger, and what is left of its quota."""

from bot.zalo_oa.client import ACCOUNT_PATH, QUOTA_PATH, Json, OaClient
from bot.zalo_oa.granted_account import link_of
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
        return link_of(str((await self.who_am_i()).get("oaid") or ""))

    async def remaining_quota(self) -> int | None:
        """Messages left of the account's package; None where it has none."""
        found = await self._client.ask(QUOTA_PATH, _PACKAGE_QUOTA)
        assets = found if isinstance(found, list) else []
        return sum(int(one["remain"]) for one in assets) if assets else None
