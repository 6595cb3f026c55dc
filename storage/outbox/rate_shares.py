"""Shares of one account's rate limit: each process that sends through it leases a part.

The row of the account holds every process's share. A share that shrinks counts at its old size for
one more window: the process may have used it within the last one, so the others get the
difference only after that, and no window exceeds the limit. A process that stops renewing loses its
share after `LENGTH` and that window; it stops using it before (`scheduler/pacing/shared_rate.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import select

from storage.database import Tx, insert
from storage.models import AccountRateShares

LENGTH, IDLE_LENGTH = timedelta(seconds=4), timedelta(seconds=60)
"""Lease of a share: how long a process that stops renewing keeps it, before the last window. One that
sends nothing has only the least share, for longer, so that it need not renew it often."""
SECOND_S = 1.0
_SPARED = 4
"""A share is at least a fourth of an equal one, so that a process can always send a reply."""

Share = dict[str, float]
"""`share`, `wants` and `counted` in messages of a window; `counted_until` and `until` are Unix times,
`length_s` the length of the lease.

`counted` is the size at which a share counts until `counted_until`; its lease ends at `until`."""


@dataclass(frozen=True)
class Granted:
    """The rate that a process may use from now on."""

    share: int
    """Messages in a window."""
    halted_until: datetime | None
    """End of the pause that the messenger asked any of the processes for."""


async def lease(
    tx: Tx,
    account: str,
    holder: str,
    *,
    rate: int,
    wants: int,
    halted_until: datetime | None = None,
    window_s: float = SECOND_S,
    is_idle: bool = False,
) -> Granted:
    """Renews the holder's share of `rate` (messages per window), where it `wants` so many.

    The share is a fair one, as far as the others have given up theirs; that of an idle holder is the
    least one.
    """
    row = await _row(tx, account)
    now = tx.clock.now().timestamp()
    others = {h: s for h, s in row.shares.items() if h != holder and _lives(s, now, window_s)}
    own_share = row.shares.get(holder)
    fair_shares = _fair(rate, {h: s["wants"] for h, s in others.items()} | {holder: wants})
    left = int(rate - sum(_counts(share, now) for share in others.values()))
    share = max(0, min(fair_shares[holder], left))
    if is_idle:
        share = min(share, _least(rate, len(fair_shares)))
    length = IDLE_LENGTH if is_idle else LENGTH
    row.shares = others | {
        holder: _renewed(own_share, share, now, window_s, length) | {"wants": wants}
    }
    row.halted_until = max(filter(None, (row.halted_until, halted_until)), default=None)
    tx.session.add(row)
    return Granted(share, row.halted_until)


async def give_back(tx: Tx, account: str, holder: str, *, window_s: float = SECOND_S) -> None:
    """Gives up the holder's share; it counts for one more window."""
    row = await _row(tx, account)
    if own_share := row.shares.get(holder):
        now = tx.clock.now().timestamp()
        row.shares = row.shares | {
            holder: _renewed(own_share, 0, now, window_s, timedelta()) | {"wants": 0}
        }
        tx.session.add(row)


async def _row(tx: Tx, account: str) -> AccountRateShares:
    await tx.execute(
        insert(tx, AccountRateShares).values(account=account, shares={}).on_conflict_do_nothing()
    )
    return await tx.one(
        select(AccountRateShares).where(AccountRateShares.account == account).with_for_update()
    )


def _lives(share: Share, now: float, window_s: float) -> bool:
    # A lease longer than its length was written before the clock was set back: it has expired.
    return now < share["until"] <= now + share["length_s"] + window_s


def _counts(share: Share, now: float) -> float:
    return max(share["share"], share["counted"] if now < share["counted_until"] else 0)


def _renewed(
    before: Share | None, share: int, now: float, window_s: float, length: timedelta
) -> Share:
    still_counted = _counts(before, now) if before else 0
    return {
        "share": share,
        "counted": still_counted,
        "counted_until": now + window_s if still_counted > share else 0,
        "until": now + length.total_seconds() + window_s,
        "length_s": length.total_seconds(),
    }


def _least(rate: int, holders: int) -> int:
    return max(1, rate // (_SPARED * holders))


def _fair(rate: int, wants: Mapping[str, float]) -> dict[str, int]:
    """Max-min fair shares: each holder gets what it wants up to an equal part of what remains.

    Every holder gets at least the minimum (`_SPARED`). What nobody wants is divided equally.
    """
    least = _least(rate, len(wants))
    shares, remaining = {}, rate
    # In ascending order of demand, so that what a small demand leaves is divided among the larger.
    for number, holder in enumerate(sorted(wants, key=lambda h: (wants[h], h))):
        shares[holder] = min(remaining // (len(wants) - number), max(least, int(wants[holder])))
        remaining -= shares[holder]
    for number, holder in enumerate(sorted(shares)):
        more = remaining // (len(shares) - number)
        shares[holder] += more
        remaining -= more
    return shares
