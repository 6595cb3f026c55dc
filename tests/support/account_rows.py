"""The grant of the club's Official Account, as it is stored."""

from datetime import timedelta

from bot.zalo_oa.tokens import ACCOUNT
from storage.accounts import account_grants
from storage.accounts.account_grants import Grant, TokenPair
from storage.database import Store
from tests.support.oauth_server import OAuthServer


def granted_pair(server: OAuthServer) -> TokenPair:
    """The pair of tokens that the server takes now."""
    return TokenPair(server.access_token, server.refresh_token, timedelta(hours=25))


async def stored_grant(store: Store) -> Grant:
    """The grant as the database has it."""
    async with store.read() as tx:
        grant = await account_grants.load(tx, ACCOUNT)
    assert grant is not None
    return grant
