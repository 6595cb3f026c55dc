"""The id of the Official Account that granted access, as the database has it."""

import time
from collections.abc import Callable

from bot.zalo_oa.tokens import ACCOUNT
from storage.accounts import account_grants
from storage.database import Store

_CACHED_FOR_S = 60.0
"""Seconds after which another account is noticed that was granted meanwhile."""


class GrantedAccount:
    """Reads the id at most once a minute."""

    def __init__(self, store: Store, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._monotonic = monotonic
        self._read_at = float("-inf")
        self._id = ""

    async def id(self) -> str:
        """The account's id; empty before access is granted, or where the platform did not tell it."""
        if self._monotonic() - self._read_at >= _CACHED_FOR_S:
            async with self._store.read() as tx:
                found = await account_grants.status(tx, ACCOUNT)
            self._id, self._read_at = (found.account_id if found else ""), self._monotonic()
        return self._id

    async def link(self) -> str:
        """The address that opens a chat with the account in Zalo's app; empty like `id`."""
        return link_of(await self.id())


def link_of(account_id: str) -> str:
    """The address of a chat with the account of this id; empty for what is no id."""
    is_number = account_id.isascii() and account_id.isdigit()
    return f"https://zalo.me/{account_id}" if is_number else ""
