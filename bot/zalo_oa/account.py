"""The club's Official Account: who it is, its messenger, and what is left of its quota."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

from bot.zalo_oa.client import ACCOUNT_PATH, QUOTA_PATH, Json, OaClient
from bot.zalo_oa.granted_account import link_of
from bot.zalo_oa.messenger import ZaloOaMessenger

_COUNT = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)
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
        today = self._client.today
        left = [_left_of(one, today) for one in assets if isinstance(one, Mapping)]
        known = [one for one in left if one is not None]
        return sum(known) if known else None


def _left_of(asset: Mapping[str, object], today: date) -> int | None:
    """Messages left of one package; 0 when its validity is over, None when it does not say it."""
    with suppress(ValueError, TypeError):
        # A day as the platform writes it: 31/12/2026.
        if datetime.strptime(str(asset.get("valid_through")), "%d/%m/%Y").date() < today:  # noqa: DTZ007
            return 0
    remaining = str(asset.get("remain")).strip()
    if not _COUNT.fullmatch(remaining):
        return None
    return int(float(remaining))
