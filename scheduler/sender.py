"""One try to bring one message to one member."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from handlers.messages import (
    Address,
    Messenger,
    MessengerError,
    Moved,
    Prepared,
    RecipientGone,
    Refused,
    SlowDown,
    TokenRefused,
    Unreachable,
)
from handlers.outgoing import choose, unpack_text
from scheduler.outcome import Judge
from scheduler.pacing import Pace
from scheduler.streaks import Streaks
from storage import mailings
from storage.deliveries import Claimed, Result
from storage.engine import Store

_PATIENCE_S = 5.0
"""How long a message waits for its turn before it goes back into the queue."""
_REFUSED_S = 300.0
"""How long the account rests after its token was refused."""
_WORDINGS = 64
_SURPRISE = "sending failed in a way nobody foresaw"

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class Entry:
    """What is to be written down after a try."""

    mailing_id: int
    result: Result
    gone_contact: int | None = None
    moved: tuple[int, str] | None = field(default=None, repr=False)
    """A contact and the new id of its chat."""
    halts: bool = False
    """Whether the whole mailing is to stop: it was refused too often in a row."""


class Sender:
    """Sends through one messenger account, and remembers what ails it."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        pace: Pace,
        judge: Judge,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.messenger = messenger
        self._clock = store.clock
        self._pace = pace
        self._judge = judge
        self._monotonic = monotonic
        self._wordings = _Wordings(store, messenger)
        self._streaks = Streaks()
        self._down_since: float | None = None
        self._refused_at: float | None = None

    @property
    def token_refused(self) -> bool:
        """The account was refused a short while ago: nothing can be sent, a person must look."""
        return self._refused_at is not None and self._monotonic() - self._refused_at < _REFUSED_S

    async def send(self, row: Claimed, on_turn: Callable[[], None]) -> Entry:
        """Waits for its turn and sends; `on_turn` is called once the waiting is over.

        Never raises: whatever happens is a result.
        """
        try:
            prepared = await self._wordings.of(row)
            its_turn = await self._pace.slot(row.lane, row.chat, patience_s=_PATIENCE_S)
        except (KeyError, ValueError):
            return Entry(row.mailing_id, self._judge.unreadable(row))
        except Exception:  # nothing was sent: it is tried again
            log.exception(_SURPRISE, delivery=row.id)
            return Entry(row.mailing_id, self._judge.never_sent(row))
        finally:
            on_turn()
        return (
            await self._call(row, prepared)
            if its_turn
            else Entry(row.mailing_id, self._judge.never_sent(row))
        )

    async def _call(self, row: Claimed, prepared: Prepared) -> Entry:
        try:
            sent = await prepared(Address(self.messenger.name, row.chat))
        except MessengerError as error:
            self._learn(error)
            return self._failed(row, error)
        except Exception as error:  # it may have arrived: uncertain
            log.exception(_SURPRISE, delivery=row.id)
            return self._failed(row, error)
        self._down_since = self._refused_at = None
        self._streaks.arrived(row.mailing_id)
        return Entry(row.mailing_id, self._judge.arrived(row, sent))

    def _learn(self, error: MessengerError) -> None:
        """What one failure means for everybody else."""
        if not isinstance(error, Unreachable):
            self._down_since = None
        elif self._down_since is None:
            self._down_since = self._monotonic()
        if isinstance(error, SlowDown):
            self._pace.halt(error.retry_after_s)
        if isinstance(error, TokenRefused):
            self._refused_at = self._monotonic()
            log.error("the messenger refuses the bot's token; nothing can be sent")

    def _failed(self, row: Claimed, error: Exception) -> Entry:
        down_for_s = 0.0 if self._down_since is None else self._monotonic() - self._down_since
        result = self._judge.failed(row, error, self._clock.now(), down_for_s=down_for_s)
        gone = row.contact_id if isinstance(error, RecipientGone) else None
        moved = (row.contact_id, error.chat) if isinstance(error, Moved) else None
        refused = isinstance(error, Refused)
        halts = refused and self._streaks.refused(row.mailing_id, str(error))
        return Entry(row.mailing_id, result, gone, moved, halts=halts)


class _Wordings:
    """The messages of the mailings under way, read once for each language."""

    def __init__(self, store: Store, messenger: Messenger) -> None:
        self._store = store
        self._messenger = messenger
        self._known: OrderedDict[tuple[int, str], Prepared] = OrderedDict()

    async def of(self, row: Claimed) -> Prepared:
        """What this member gets, ready to be sent.

        Raises:
            KeyError, ValueError: what was stored is no message.
        """
        if row.own_body is not None:
            return self._messenger.prepare(unpack_text(row.own_body))
        key = (row.mailing_id, row.language)
        if key not in self._known:
            async with self._store.read() as tx:
                message = choose(await mailings.bodies(tx, row.mailing_id), row.language)
            self._known[key] = self._messenger.prepare(message)
            while len(self._known) > _WORDINGS:
                self._known.popitem(last=False)
        return self._known[key]
