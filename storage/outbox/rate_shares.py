"""One pace for a messenger account, however many processes speak through it: each leases a share.

The row of the account holds every process's share. What a process lets go is free for the others
only a window later, so that in no second more is sent than the messenger bears. A process that fell
silent loses its share; it stops using it before that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import select

from storage.database.dialect import insert
from storage.database.engine import Tx
from storage.models import AccountPace

LENGTH = timedelta(seconds=5)
"""How long the share of a process that fell silent is kept for it."""
_WINDOW_S = 1.0
_SPARED = 4
"""A share is never less than a fourth of an equal one: an answer may be wanted at any moment."""

Share = dict[str, float]
"""`share` and `wants` in messages a second; what counts as `held` until `held_until`; `until`."""


@dataclass(frozen=True)
class Granted:
    """What a process may send from now on."""

    per_second: int
    halted_until: datetime | None
    """Until when the messenger asked for rest, whichever process it told."""


async def lease(
    tx: Tx,
    account: str,
    holder: str,
    *,
    rate: int,
    wants: int,
    halted_until: datetime | None = None,
) -> Granted:
    """Renews the holder's share of `rate`, a fair one as far as the others have let go theirs."""
    row = await _row(tx, account)
    now = tx.clock.now().timestamp()
    others = {h: s for h, s in row.shares.items() if h != holder and _lives(s, now)}
    mine = row.shares.get(holder)
    fair = _fair(rate, {h: s["wants"] for h, s in others.items()} | {holder: wants})
    free = rate - sum(_counts(share, now) for share in others.values())
    share = max(0, min(fair[holder], int(free)))
    row.shares = others | {holder: _renewed(mine, share, wants, now)}
    row.halted_until = max(filter(None, (row.halted_until, halted_until)), default=None)
    tx.session.add(row)
    return Granted(share, row.halted_until)


async def give_back(tx: Tx, account: str, holder: str) -> None:
    """Wants nothing more; what was just sent counts for another window."""
    row = await _row(tx, account)
    if mine := row.shares.get(holder):
        now = tx.clock.now().timestamp()
        last = _renewed(mine, 0, 0, now) | {"until": now + _WINDOW_S}
        row.shares = row.shares | {holder: last}
        tx.session.add(row)


async def _row(tx: Tx, account: str) -> AccountPace:
    new = insert(tx, AccountPace).values(account=account, shares={})
    await tx.execute(new.on_conflict_do_nothing())
    query = select(AccountPace).where(AccountPace.account == account)
    return (await tx.session.exec(query.with_for_update())).one()


def _lives(share: Share, now: float) -> bool:
    # One that would last longer than it may was given before the clock was set back.
    return now < share["until"] <= now + LENGTH.total_seconds()


def _counts(share: Share, now: float) -> float:
    return max(share["share"], share["held"] if now < share["held_until"] else 0)


def _renewed(before: Share | None, share: int, wants: int, now: float) -> Share:
    held = _counts(before, now) if before else 0
    return {
        "share": share,
        "wants": wants,
        "held": held,
        "held_until": now + _WINDOW_S if held > share else 0,
        "until": now + LENGTH.total_seconds(),
    }


def _fair(rate: int, wants: Mapping[str, float]) -> dict[str, int]:
    """What each may have: what it wants, while there is enough; else the greedy share the rest."""
    least = max(1, rate // (_SPARED * len(wants)))
    fair, left = {}, rate
    # Whoever wants least is asked first, so that what they leave is there for the others.
    for number, holder in enumerate(sorted(wants, key=lambda h: (wants[h], h))):
        equal = left // (len(wants) - number)
        fair[holder] = min(equal, max(least, int(wants[holder])))
        left -= fair[holder]
    for number, holder in enumerate(sorted(fair)):
        more = left // (len(fair) - number)
        fair[holder] += more
        left -= more
    return fair
