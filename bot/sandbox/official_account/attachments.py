"""Files uploaded for messages: an id is valid for 7 days, and a month has a limit of uploads."""

import secrets
from dataclasses import dataclass

from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.transport import JsonObject, OaError

LIFE_S = 7 * 24 * 3600
MONTHLY_LIMIT = 5_000
_MONTH_S = 30 * 24 * 3600


@dataclass(frozen=True)
class _Upload:
    kind: str
    content: JsonObject
    at_s: float


class Attachments:
    """Message contents by the id that their upload returned."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[str, _Upload] = {}

    def add(self, kind: str, content: JsonObject) -> str:
        """The id of a new upload; OaError (-211) past 5,000 within 30 days."""
        now_s = self._clock.now_s()
        if sum(now_s - one.at_s < _MONTH_S for one in self._by_id.values()) >= MONTHLY_LIMIT:
            raise OaError(-211)
        upload_id = secrets.token_urlsafe(24)
        self._by_id[upload_id] = _Upload(kind, content, now_s)
        return upload_id

    def content(self, kind: str, upload_id: str, field: str) -> JsonObject:
        """The content of an upload of this kind; OaError: -201 when there is none, -100 when expired."""
        upload = self._by_id.get(upload_id)
        if upload is None or upload.kind != kind:
            raise OaError(-201, f"{field} is invalid")
        if self._clock.now_s() - upload.at_s > LIFE_S:
            raise OaError(-100)
        return upload.content
