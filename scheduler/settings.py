"""What the scheduler needs to be told; filled from `config.toml`."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class PaceSettings:
    """How fast one messenger account may be spoken to."""

    per_second: int = 25
    """Messages in any one second, everybody together. Telegram's soft limit is 30."""
    per_chat_s: float = 1.0
    """Seconds between two messages nobody asked for in one chat (Telegram: 1)."""


@dataclass(frozen=True)
class DeliverySettings:
    """How the outbox is emptied."""

    range_members: int = 1000
    """Members looked at in one transaction while a mailing is filled."""
    batch: int = 100
    """Rows claimed in one transaction."""
    lease: timedelta = timedelta(seconds=60)
    """How long a claimed row is safe from other workers; longer than any call to a messenger."""
    leadership: timedelta = timedelta(seconds=9)
    """How long a process that fell silent keeps its place. Others look three times as often: after
    four thirds of it at most somebody else has taken over."""
    in_flight: int = 30
    """Calls to the messenger at the same time."""
    ahead_s: float = 0.25
    """How far ahead of the pace rows are marked as being sent; a crash makes these uncertain."""
    server_tries: int = 5
    """Tries when the messenger itself fails."""
    not_now_tries: int = 3
    """Tries, a day apart, when a member cannot be written to at the moment."""
    stop_s: float = 8.0
    """How long calls in flight may take when the process is asked to stop within 10 s."""


@dataclass(frozen=True)
class DigestSettings:
    """When a digest is too late to be of use, and how digests to many are made."""

    grace: timedelta = timedelta(hours=6)
    """By how much a slot may be taken late."""
    useful: timedelta = timedelta(hours=12)
    """How long a digest waits for its turn; longer than a night's quiet hours."""
    first_look_back: timedelta = timedelta(days=7)
    """How far back somebody's first digest reaches."""
    spread: timedelta = timedelta(hours=1)
    """Over how long a time digests of one hour leave at most, so that they hold nothing up."""
    per_second: int = 10
    """Digests a second that leave at most, as long as `spread` suffices for it."""
    range_members: int = 2000
    """Members whose digests are made in one transaction."""
