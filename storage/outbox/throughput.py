"""Throughput of a mailing: finished deliveries per second, sampled every few seconds."""

from datetime import datetime, timedelta

from sqlmodel import col, update

from storage.database import Tx
from storage.models import Mailing
from storage.outbox.eligibility import RUNNING

WINDOW = timedelta(seconds=30)
"""Longest span over which throughput is measured."""
MIN_INTERVAL = timedelta(seconds=3)
"""Shortest time between two samples, and shortest span over which throughput is measured."""


def is_due(mailing: Mailing, now: datetime) -> bool:
    """Whether the mailing is running and its last sample is old enough."""
    return mailing.state in RUNNING and not any(
        _age(sample, now) < MIN_INTERVAL for sample in _lately(mailing, now)
    )


async def note(tx: Tx, mailing: Mailing, ended: int) -> None:
    """Adds a sample: the number of finished deliveries now."""
    now = tx.clock.now()
    await tx.session.exec(
        update(Mailing)
        .where(col(Mailing.id) == mailing.id)
        .values(samples=[*_lately(mailing, now), [now.timestamp(), ended]])
    )


def per_second(mailing: Mailing, ended: int, now: datetime) -> float:
    """Finished deliveries per second within the window; 0 without progress or samples."""
    samples = [sample for sample in _lately(mailing, now) if _age(sample, now) >= MIN_INTERVAL]
    if mailing.state not in RUNNING or not samples:
        return 0.0
    oldest = samples[0]
    return max(0.0, ended - oldest[1]) / _age(oldest, now).total_seconds()


def _lately(mailing: Mailing, now: datetime) -> list[list[float]]:
    """Samples within the window; one in the future was taken before the clock was set back."""
    return [sample for sample in mailing.samples if timedelta() <= _age(sample, now) <= WINDOW]


def _age(sample: list[float], now: datetime) -> timedelta:
    return timedelta(seconds=now.timestamp() - sample[0])
