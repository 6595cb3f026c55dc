"""The tokens of an account's grant, and the record of their renewal.

A refresh token works once, and the platform forgets the old access token as it issues a new one. So
`begin_renewal` records an attempt before the call, and `keep` stores both new tokens before either is
used. `keep` compares the version of the pair and not the lease: whoever holds the tokens that replace
the stored pair has the only valid ones, even if its lease has ended since.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select, update

from storage.database import Tx, sealing
from storage.models import AccountGrant, GrantLoss

REFRESH_TOKEN_LIFE = timedelta(days=90)
"""How long an unused refresh token works: three months, by Zalo's documentation of OAuth v4."""


@dataclass(frozen=True)
class TokenPair:
    """An access token and the refresh token that renews it."""

    access_token: str
    refresh_token: str
    expires_in: timedelta
    """How long the access token works."""

    def __repr__(self) -> str:
        return "TokenPair(…)"


@dataclass(frozen=True)
class Grant:
    """The stored grant of an account, with the tokens decrypted."""

    version: int
    access_token: str
    refresh_token: str
    access_expires_at: datetime
    obtained_at: datetime
    attempts: int
    attempted_at: datetime | None
    failure: str
    lost: GrantLoss | None

    def __repr__(self) -> str:
        return f"Grant(version={self.version}, lost={self.lost})"


@dataclass(frozen=True)
class GrantStatus:
    """What there is to know of a grant without its tokens."""

    account_id: str
    lost: GrantLoss | None
    failure: str
    ends_at: datetime
    """When the refresh token expires if it is not renewed before."""

    def days_left(self, now: datetime) -> int:
        """Whole days until then; never negative."""
        return max(0, (self.ends_at - now).days)


async def load(tx: Tx, account: str, *, locked: bool = False) -> Grant | None:
    """The grant of an account; None if access was never granted.

    `locked`: as it is after every other transaction, which it keeps from changing it until `tx` ends.

    Raises:
        SealBroken: the key does not open it.
    """
    row = await (_locked if locked else _row)(tx, account)
    if row is None:
        return None
    return Grant(
        version=row.version,
        access_token=_opened(tx, row, "access_token"),
        refresh_token=_opened(tx, row, "refresh_token"),
        access_expires_at=row.access_expires_at,
        obtained_at=row.obtained_at,
        attempts=row.attempts,
        attempted_at=row.attempted_at,
        failure=row.failure,
        lost=row.lost,
    )


async def status(tx: Tx, account: str) -> GrantStatus | None:
    """How the grant of an account stands; None if access was never granted."""
    row = await _row(tx, account)
    if row is None:
        return None
    return GrantStatus(row.account_id, row.lost, row.failure, row.obtained_at + REFRESH_TOKEN_LIFE)


async def begin_renewal(tx: Tx, account: str, version: int) -> bool:
    """Records that this pair is about to be renewed; False if it was replaced, or is lost.

    Until a failure or new tokens are stored, the attempt is open. One that is still open when the next
    begins ended with its process, perhaps after the platform had used the refresh token up.
    """
    row = await _pair(tx, account, version)
    if row is None or row.lost is not None:
        return False
    if row.attempted_at is not None and not row.failure:
        row.may_be_used = row.may_be_used or GrantLoss.ANSWER_LOST
    row.attempts += 1
    row.attempted_at, row.failure = tx.clock.now(), ""
    tx.session.add(row)
    return True


async def keep(tx: Tx, account: str, version: int, pair: TokenPair) -> bool:
    """Stores the tokens that replace the pair `version`; False if another pair was stored since."""
    row = await _pair(tx, account, version)
    if row is None:
        return False
    _put(tx, row, pair)
    return True


async def note_failure(tx: Tx, account: str, version: int, failure: str, *, unused: bool) -> None:
    """Records why a renewal of this pair failed.

    `unused` says that the platform certainly did not use the refresh token up in this attempt.
    """
    row = await _pair(tx, account, version)
    if row is None:
        return
    row.failure = failure
    if not unused:
        row.may_be_used = row.may_be_used or GrantLoss.ANSWER_LOST
    tx.session.add(row)


async def lose(tx: Tx, account: str, version: int, failure: str) -> GrantLoss | None:
    """Records that the platform refuses the refresh token of this pair; returns the likely reason.

    None if another pair was stored since, which is not lost.
    """
    row = await _pair(tx, account, version)
    if row is None:
        return None
    row.lost = _reason(tx, row)
    row.failure = failure
    tx.session.add(row)
    return row.lost


async def grant(tx: Tx, account: str, account_id: str, pair: TokenPair) -> None:
    """Stores the tokens that a person has granted; they replace whatever there was."""
    now = tx.clock.now()
    row = await _locked(tx, account)
    if row is None:
        row = AccountGrant(
            account=account,
            version=0,
            access_token_sealed=b"",
            refresh_token_sealed=b"",
            access_expires_at=now,
            obtained_at=now,
            granted_at=now,
        )
    row.account_id, row.granted_at = account_id or row.account_id, now
    _put(tx, row, pair)


async def doubt_all(tx: Tx) -> None:
    """After a restore: the club may have renewed every grant since the backup.

    The access tokens count as expired, so that the next use tries the refresh token at once.
    """
    await tx.execute(
        update(AccountGrant)
        .where(col(AccountGrant.lost).is_(None))
        .values(may_be_used=GrantLoss.RESTORED, access_expires_at=tx.clock.now())
    )


def _put(tx: Tx, row: AccountGrant, pair: TokenPair) -> None:
    now = tx.clock.now()
    row.version += 1
    row.access_token_sealed = sealing.seal(tx, "accountgrant.access_token", pair.access_token, row)
    row.refresh_token_sealed = sealing.seal(
        tx, "accountgrant.refresh_token", pair.refresh_token, row
    )
    row.access_expires_at = now + pair.expires_in
    row.obtained_at = now
    row.attempts, row.attempted_at, row.may_be_used = 0, None, None
    row.failure, row.lost = "", None
    tx.session.add(row)


def _reason(tx: Tx, row: AccountGrant) -> GrantLoss:
    if row.may_be_used is not None:
        return row.may_be_used
    is_old = tx.clock.now() - row.obtained_at >= REFRESH_TOKEN_LIFE
    return GrantLoss.EXPIRED if is_old else GrantLoss.REFUSED


def _opened(tx: Tx, row: AccountGrant, name: str) -> str:
    return sealing.opened(tx, f"accountgrant.{name}", getattr(row, f"{name}_sealed"), row)


async def _row(tx: Tx, account: str) -> AccountGrant | None:
    return await tx.first(select(AccountGrant).where(AccountGrant.account == account))


async def _locked(tx: Tx, account: str) -> AccountGrant | None:
    query = select(AccountGrant).where(AccountGrant.account == account)
    return await tx.first(query.with_for_update())


async def _pair(tx: Tx, account: str, version: int) -> AccountGrant | None:
    """The locked row; None if another pair than `version` was stored since."""
    row = await _locked(tx, account)
    return row if row is not None and row.version == version else None
