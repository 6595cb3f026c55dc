"""How long the batches last in which officers see what members did."""

from dataclasses import dataclass
from datetime import datetime, timedelta

_HOUR = 60
_QUARTER = 15


@dataclass(frozen=True)
class BatchSettings:
    """How long a batch lasts; `[flags]` in `config.toml`."""

    batch_minutes: int = 30
    """A divisor of 60 (1 to 60), so that batches end at the same minutes of each hour. 0: everything is seen at
    once, which is only for trying the bot out."""

    @property
    def is_at_once(self) -> bool:
        """Whether nothing is withheld."""
        return not self.batch_minutes

    @property
    def is_possible(self) -> bool:
        """Whether batches of this length end at the same minutes of each hour."""
        return self.is_at_once or (
            0 < self.batch_minutes <= _HOUR and _HOUR % self.batch_minutes == 0
        )

    def begin(self, now: datetime) -> datetime:
        """When the batch began that is open now; what happens at that very moment belongs to it."""
        if self.is_at_once:
            return now
        return now.replace(second=0, microsecond=0) - timedelta(
            minutes=now.minute % self.batch_minutes
        )

    def end(self, now: datetime) -> datetime:
        """When officers see what happens now: the first end of a batch after it."""
        return self.begin(now) + timedelta(minutes=self.batch_minutes)

    def end_of_quarter(self, now: datetime) -> datetime:
        """When officers see what cannot wait for the end of a batch: the next full quarter of an hour."""
        whole = now.replace(second=0, microsecond=0)
        quarter = whole + timedelta(minutes=_QUARTER - now.minute % _QUARTER)
        return now if self.is_at_once else min(quarter, self.end(now))


HALF_HOURS = BatchSettings()
"""As every club has them that sets nothing else."""
