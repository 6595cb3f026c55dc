"""How fast what goes out comes along: looked at every few seconds, for officers who watch it."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col

from storage.database.engine import Tx
from storage.models import Mailing
from storage.outbox.eligibility import RUNNING

WINDOW = timedelta(seconds=30)
"""Over how long the speed is measured at most."""
MIN_INTERVAL = timedelta(seconds=3)
"""How far two looks are apart at least, and how long what is measured has to be."""


def is_due(mailing: Mailing, now: datetime) -> bool:
    """Whether it goes out and was not looked at a moment ago."""
    recent = any(_age(look, now) < MIN_INTERVAL for look in _lately(mailing, now))
    return mailing.state in RUNNING and not recent


async def note(tx: Tx, mailing: Mailing, ended: int) -> None:
    """Remembers that so many deliveries of it have come to their end by now."""
    now = tx.clock.now()
    looks = [*_lately(mailing, now), [now.timestamp(), ended]]
    await tx.session.exec(update(Mailing).where(col(Mailing.id) == mailing.id).values(looks=looks))


def per_second(mailing: Mailing, ended: int, now: datetime) -> float:
    """How many deliveries a second came to their end lately; 0 when nothing moves or nobody knows."""
    before = [look for look in _lately(mailing, now) if _age(look, now) >= MIN_INTERVAL]
    if mailing.state not in RUNNING or not before:
        return 0.0
    oldest = before[0]
    return max(0.0, ended - oldest[1]) / _age(oldest, now).total_seconds()


def _lately(mailing: Mailing, now: datetime) -> list[list[float]]:
    """The looks that count still; one in the future was taken before the clock was set back."""
    return [look for look in mailing.looks if timedelta() <= _age(look, now) <= WINDOW]


def _age(look: list[float], now: datetime) -> timedelta:
    return timedelta(seconds=now.timestamp() - look[0])
