"""The webhook of the Official Account: checks the signature, stores updates of people in the inbox.

The platform wants an answer of 200 within two seconds. It repeats an event that it could not bring
after 30 seconds, 5, 15 and 30 minutes, and an hour; the inbox ignores repeats by their key.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

import structlog
from aiohttp import web
from pydantic import SecretStr

from bot.intake.input_sanitizing import NotAnUpdate
from bot.intake.poll_loop import Receive
from bot.web import bodies
from bot.zalo_oa import updates
from bot.zalo_oa.presses import Payloads
from bot.zalo_oa.updates import EventUse
from handlers.messages import Incoming
from storage.database import Clock

PATH: Final = "/zalo-oa/webhook"
SIGNATURE_HEADER: Final = "X-ZEvent-Signature"
"""`mac=` and the SHA-256, in hexadecimal digits, of app id, raw body, timestamp and secret key."""
_MAC: Final = re.compile(r"(?:mac=)?([0-9a-f]{64})")
_LIMIT: Final = 64 * 1024
"""Bytes of an event at most; files are sent as links, and the largest text has 2,000 characters."""
_TIMESTAMP_MAX: Final = 16
"""Digits of a moment in milliseconds at most, which the signature covers."""

T = TypeVar("T")

log = structlog.stdlib.get_logger()


class EventOutcome(StrEnum):
    """What became of a request to the webhook."""

    STORED = "stored"
    IGNORED = "ignored"
    """An event of which the bot makes no use."""
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    """An event of a kind that this release does not know."""
    UNREADABLE = "unreadable"
    """A signed event that makes no sense."""
    FOREIGN = "foreign"
    """An event of another account that uses the same app."""
    OLD = "old"
    """A signed event from so long ago that a repetition would not be noticed any more."""
    UNSIGNED = "unsigned"
    """A wrong signature: a test of the platform's console, a wrong key, or a stranger."""


class EventWebhook:
    """Answers 200 to whatever may come from the platform, and only after updates are stored."""

    def __init__(
        self,
        app_id: str,
        key: SecretStr,
        payloads: Payloads,
        receive: Receive,
        *,
        clock: Clock,
        repeats_known_for: timedelta,
        account_id: Callable[[], Awaitable[str]],
        on_revoked: Callable[[datetime], Awaitable[None]],
        count: Callable[[str], None],
    ) -> None:
        """`account_id` is the id of the club's account, empty while it is not known; `on_revoked` gets
        the event's time; `count` the `EventOutcome` of each request.

        `repeats_known_for`: how long the inbox recognises an event that it had. An older one may be
        one that somebody recorded and sends again.
        """
        self._clock = clock
        self._repeats_known_for = repeats_known_for
        self._account_id = account_id
        self._app_id = app_id
        self._key = key.get_secret_value()
        self._payloads = payloads
        self._receive = receive
        self._on_revoked = on_revoked
        self._count = count

    async def answer(self, request: web.Request) -> web.Response:
        """Stores an update of a person. 200 also to a wrong signature, 503 if it is not stored.

        A body is read only if it comes with what may be a signature.
        """
        signature = _signature_of(request)
        outcome = EventOutcome.UNSIGNED
        if signature:
            outcome = await self._handle(signature, await bodies.read(request, limit=_LIMIT))
        self._count(outcome.value)
        if outcome is EventOutcome.UNSIGNED:
            # The console's own test is badly signed, and it saves the address only after a 200.
            log.warning("badly signed webhook request dropped")
        if not signature:
            raise web.HTTPOk  # With an unread body: `bodies.sparing` waits until the client has read it.
        return web.Response()

    async def expect(self, request: web.Request) -> None:
        """Answers `Expect: 100-continue` only to a request that is signed somehow."""
        if _signature_of(request):
            await bodies.invite(request)

    async def _handle(self, signature: str, body: bytes) -> EventOutcome:
        event = self._signed_event(body, signature)
        if event is None:
            return EventOutcome.UNSIGNED
        use = updates.use_of(event["event_name"])
        if use in (EventUse.READ, EventUse.REVOKED) and await self._is_foreign(event):
            log.warning("webhook event of another account dropped")
            return EventOutcome.FOREIGN
        match use:
            case EventUse.READ:
                return await self._store(updates.read(event, self._payloads))
            case EventUse.REVOKED:
                return await self._revoked(event)
            case EventUse.IGNORED:
                return EventOutcome.IGNORED
        log.info("webhook event of an unknown kind", event_name=event["event_name"][:40])
        return EventOutcome.UNKNOWN

    async def _is_foreign(self, event: Mapping[str, Any]) -> bool:
        """Whether it names another account: an app has one address for all accounts that use it."""
        recipient = event.get("recipient")
        named = event.get("oa_id") or (
            recipient.get("id") if isinstance(recipient, Mapping) else None
        )
        own = await self._or_unavailable(self._account_id()) if named else ""
        return bool(own) and str(named) != own

    def _signed_event(self, body: bytes, signature: str) -> Mapping[str, Any] | None:
        try:
            event = updates.event_of(json.loads(body))
        except (NotAnUpdate, ValueError, RecursionError):
            return None
        timestamp = event.get("timestamp", "")
        if isinstance(timestamp, int) and abs(timestamp) < 10**_TIMESTAMP_MAX:
            timestamp = str(timestamp)
        if not (isinstance(timestamp, str) and timestamp.isascii()):
            return None
        if len(timestamp) > _TIMESTAMP_MAX:
            return None
        signed = f"{timestamp}{self._key}".encode()
        expected = hashlib.sha256(self._app_id.encode() + body + signed).hexdigest()
        return event if hmac.compare_digest(signature, expected) else None

    async def _store(self, incoming: Incoming | None) -> EventOutcome:
        if incoming is None:
            return EventOutcome.UNREADABLE
        if self._is_old(incoming.at):
            return EventOutcome.OLD
        await self._or_unavailable(self._receive([incoming]))
        return EventOutcome.STORED

    async def _revoked(self, event: Mapping[str, Any]) -> EventOutcome:
        log.error("the Official Account withdrew its permission for the app")
        try:
            at = updates.time_of(event)
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            return EventOutcome.UNREADABLE
        if self._is_old(at):
            return EventOutcome.OLD
        await self._or_unavailable(self._on_revoked(at))
        return EventOutcome.REVOKED

    def _is_old(self, at: datetime) -> bool:
        is_old = at < self._clock.now() - self._repeats_known_for
        if is_old:
            log.warning("old webhook event dropped", at=at.isoformat())
        return is_old

    async def _or_unavailable(self, work: Awaitable[T]) -> T:
        """Waits for work of the database. After any error the event is not stored: 503, once more."""
        try:
            return await work
        except Exception as error:  # noqa: BLE001 - after any error it is not stored
            log.warning("webhook event not stored, answering 503", kind=type(error).__name__)
            raise web.HTTPServiceUnavailable from None


def _signature_of(request: web.Request) -> str:
    """The hexadecimal digits of what may be a signature; empty without one."""
    found = _MAC.fullmatch(request.headers.get(SIGNATURE_HEADER, ""))
    return found[1] if found else ""
