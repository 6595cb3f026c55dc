"""Settings of the scheduler, read from `config.toml`."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class PaceSettings:
    """Rate limits of one messenger account."""

    per_second: int = 25
    """Messages in any one second, to all chats together. Telegram's soft limit is 30."""
    per_chat_s: float = 1.0
    """Seconds between two messages nobody asked for in one chat (Telegram: 1)."""


@dataclass(frozen=True)
class DeliverySettings:
    """How deliveries are claimed and sent."""

    range_members: int = 1000
    """Members for whom one transaction of the fan-out adds deliveries."""
    batch: int = 100
    """Deliveries claimed in one transaction."""
    lease: timedelta = timedelta(seconds=60)
    """How long a claim is valid; longer than any call to a messenger."""
    leadership: timedelta = timedelta(seconds=9)
    """How long the lease of a process that crashed stays valid. Others try to take it three times as
    often: after at most four thirds of it another process leads."""
    in_flight: int = 30
    """Concurrent calls to the messenger."""
    ahead_s: float = 0.25
    """How many seconds of the rate limit are marked as being sent ahead; a crash makes these
    deliveries uncertain."""
    server_tries: int = 5
    """Attempts when the messenger itself fails (5xx)."""
    not_now_tries: int = 3
    """Attempts, a day apart, when the messenger rejects a message temporarily."""
    stop_s: float = 8.0
    """How long calls in flight may take at stop, which takes at most 10 s."""


@dataclass(frozen=True)
class DigestSettings:
    """When a digest is too late, and how digests to many members are made."""

    grace: timedelta = timedelta(hours=6)
    """How late a slot may be taken."""
    useful: timedelta = timedelta(hours=12)
    """How long a digest may wait in the outbox; longer than a night's quiet hours."""
    first_look_back: timedelta = timedelta(days=7)
    """How far back a member's first digest reaches."""
    spread: timedelta = timedelta(hours=1)
    """Over how long the digests of one slot are spread at most, so that they delay nothing else."""
    per_second: int = 10
    """Digests sent a second at most, as long as `spread` allows it."""
    range_members: int = 2000
    """Members whose digests one transaction makes."""
