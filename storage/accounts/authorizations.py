"""A person's grant under way: from the link to the platform's page until its code is exchanged.

The command line begins it and the web process may complete it, so what the exchange needs is stored,
sealed, for ten minutes: as long as the platform's code lives.
"""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlmodel import col, delete, select

from storage.database import Tx, sealing
from storage.models import AccountAuthorization, AccountGrant, AuthorizationState

VALID_FOR = timedelta(minutes=10)


class Rejection(StrEnum):
    """Why a code is not exchanged; the code itself stays unused."""

    NONE = "none"
    """No grant is under way, or it began more than ten minutes ago."""
    OTHER_LINK = "other_link"
    """The code belongs to another link than the one given out last."""
    USED = "used"
    """The link was used already."""
    OTHER_ACCOUNT = "other_account"
    """The code is of another account than the bot has had access to so far."""


@dataclass(frozen=True)
class Outcome:
    """How far a grant under way has come."""

    state: AuthorizationState
    failure: str


async def begin(
    tx: Tx, account: str, nonce: str, verifier: str, *, replaces_account: bool = False
) -> None:
    """Begins a grant; the link of an earlier one is void."""
    await tx.execute(
        delete(AccountAuthorization).where(col(AccountAuthorization.account) == account)
    )
    row = AccountAuthorization(
        account=account,
        state=AuthorizationState.OPEN,
        replaces_account=replaces_account,
        expires_at=tx.clock.now() + VALID_FOR,
    )
    await sealing.add(tx, row, nonce=nonce, verifier=verifier)


async def claim(tx: Tx, account: str, nonce: str, account_id: str) -> str | Rejection:
    """The PKCE verifier, for the only one that may exchange the code now; or why nobody may.

    Args:
        tx: a write transaction.
        account: the messenger of the account.
        nonce: what came back as OAuth's `state`.
        account_id: the platform's id of the account that granted access; empty when not told.
    """
    row = await _locked(tx, account)
    if row is None or row.expires_at <= tx.clock.now():
        return Rejection.NONE
    expected = sealing.opened(tx, "accountauthorization.nonce", row.nonce_sealed, row)
    if not is_same(nonce, expected):
        return Rejection.OTHER_LINK
    if row.state is not AuthorizationState.OPEN:
        return Rejection.USED
    if await _is_other_account(tx, row, account_id):
        return Rejection.OTHER_ACCOUNT
    row.state = AuthorizationState.EXCHANGING
    tx.session.add(row)
    return sealing.opened(tx, "accountauthorization.verifier", row.verifier_sealed, row)


async def refuses(tx: Tx, account: str, account_id: str) -> bool:
    """Whether the grant under way must not lead to tokens of the account with this id."""
    row = await _row(tx, account)
    return row is None or await _is_other_account(tx, row, account_id)


async def nonce_of(tx: Tx, account: str) -> str:
    """The `state` parameter of the grant under way; empty when there is none.

    For a code that whoever began the grant pastes without it.
    """
    row = await _row(tx, account)
    if row is None or row.expires_at <= tx.clock.now():
        return ""
    return sealing.opened(tx, "accountauthorization.nonce", row.nonce_sealed, row)


def is_same(nonce: str, expected: str) -> bool:
    """Compares in constant time."""
    return hmac.compare_digest(nonce.encode("utf-8", "surrogateescape"), expected.encode())


async def finish(tx: Tx, account: str, state: AuthorizationState, failure: str = "") -> None:
    """Records the result of the exchange, or that the code may be tried again (`OPEN`)."""
    row = await _locked(tx, account)
    if row is not None:
        row.state, row.failure = state, failure
        tx.session.add(row)


async def outcome(tx: Tx, account: str) -> Outcome | None:
    """How far the grant under way has come; None when none is, or it has expired."""
    row = await _row(tx, account)
    if row is None or row.expires_at <= tx.clock.now():
        return None
    return Outcome(row.state, row.failure)


async def purge(tx: Tx) -> int:
    """Deletes those whose ten minutes have passed; returns their number."""
    over = col(AccountAuthorization.expires_at) <= tx.clock.now()
    return (await tx.execute(delete(AccountAuthorization).where(over))).rowcount


async def _is_other_account(tx: Tx, row: AccountAuthorization, account_id: str) -> bool:
    """Whether this is another account than so far, and the grant is not meant to replace it."""
    if row.replaces_account:
        return False
    query = select(AccountGrant.account_id).where(AccountGrant.account == row.account)
    known = await tx.first(query)
    return bool(known and account_id and known != account_id)


async def _row(tx: Tx, account: str) -> AccountAuthorization | None:
    query = select(AccountAuthorization).where(AccountAuthorization.account == account)
    return await tx.first(query)


async def _locked(tx: Tx, account: str) -> AccountAuthorization | None:
    query = select(AccountAuthorization).where(AccountAuthorization.account == account)
    return await tx.first(query.with_for_update())
