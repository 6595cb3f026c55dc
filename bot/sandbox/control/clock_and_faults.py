"""The control API of clock, faults, raw updates, inline mode, recorded calls and files."""

import math
from dataclasses import fields

from aiohttp import web

from bot.sandbox.control.requests import Body, WrongRequest, query_number, read_body
from bot.sandbox.instrumentation.faults import ANY_METHOD, Fault
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods import NAMES
from bot.sandbox.transport import respond
from bot.sandbox.updates.oa_webhook import FAULT_METHOD as OA_WEBHOOK
from bot.sandbox.zalo.api import PREFIX
from bot.sandbox.zalo.methods import METHODS
from bot.sandbox.zalo_oa.oa_calls import NAMES as OA_NAMES
from bot.sandbox.zalo_oa.oa_calls import PREFIX as OA_PREFIX

CLOCK_WAIT_LIMIT_S = 60.0
_FAULT_FIELDS = frozenset(one.name for one in fields(Fault))


class ClockAndFaultControl:
    """`/clock`, `/faults`, `/updates`, `/inline`, `/calls`, `/files/{file_id}`."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        """The routes below `/sandbox`."""
        return [
            web.get("/clock", self.read_clock),
            web.post("/clock", self.move_clock),
            web.post("/faults", self.add_fault),
            web.delete("/faults", self.clear_faults),
            web.post("/updates", self.add_raw_update),
            web.post("/inline", self.switch_inline_mode),
            web.get("/calls", self.calls),
            web.get("/files/{file_id}", self.file),
        ]

    async def read_clock(self, request: web.Request) -> web.Response:
        """Answers with the clock; `after` waits for a later version, up to `timeout` seconds."""
        if "after" in request.query:
            after = int(query_number(request, "after", 0))
            timeout_s = query_number(request, "timeout", CLOCK_WAIT_LIMIT_S)
            await self._state.clock.moved_after(after, max(0, min(timeout_s, CLOCK_WAIT_LIMIT_S)))
        return respond(self._state.clock.as_json())

    async def move_clock(self, request: web.Request) -> web.Response:
        """Moves the clock by `advance_s` seconds, also backwards, and tells open pages."""
        seconds = (await read_body(request)).number("advance_s")
        if seconds is None or not math.isfinite(seconds):
            raise WrongRequest("“advance_s” must be a number of seconds")
        try:
            self._state.clock.advance(seconds)
        except OverflowError:
            raise WrongRequest("The clock cannot be moved that far") from None
        reading = self._state.clock.as_json()
        self._state.events.publish("clock", **reading)
        return respond(reading)

    async def add_raw_update(self, request: web.Request) -> web.Response:
        """Queues an update with this content unchecked, and answers with its `update_id`."""
        return respond(
            {"update_id": self._state.updates.push_raw((await read_body(request)).fields)}
        )

    async def switch_inline_mode(self, request: web.Request) -> web.Response:
        """Switches inline mode as @BotFather's `/setinline` does: `{"on": true}`."""
        self._state.inline_mode = (await read_body(request)).flag("on")
        return respond({})

    async def add_fault(self, request: web.Request) -> web.Response:
        """Adds a `Fault`, whose fields are those of the body."""
        self._state.faults.add(_fault(await read_body(request)))
        return respond({})

    async def clear_faults(self, _: web.Request) -> web.Response:
        """Removes all faults."""
        self._state.faults.clear()
        return respond({})

    async def calls(self, request: web.Request) -> web.Response:
        """Answers with recorded calls, of one `method` and past sequence number `after`."""
        selected = self._state.calls.select(
            method=request.query.get("method"), after=int(query_number(request, "after", 0))
        )
        return respond([call.as_json() for call in selected])

    async def file(self, request: web.Request) -> web.Response:
        """Answers with the bytes of a file; only photos are shown, others are downloads."""
        file = self._state.files.by_id(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound(reason="There is no such file")
        headers = {
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, max-age=86400, immutable",
        }
        if file.mime_type != "image/jpeg" or not file.path.startswith("photos/"):
            headers["Content-Disposition"] = "attachment"
            return web.Response(body=file.content, headers=headers)
        return web.Response(body=file.content, content_type=file.mime_type, headers=headers)


def _fault(body: Body) -> Fault:
    if unknown := set(body.fields) - _FAULT_FIELDS:
        raise WrongRequest(f"A fault has no “{min(unknown)}”; it has {', '.join(_FAULT_NAMES)}")
    method = body.required_text("method")
    if method != ANY_METHOD and method.lower() not in _METHODS:
        raise WrongRequest(f"There is no method “{method}”; “*” means any")
    if not any(body.fields.get(name) for name in _EFFECTS):
        raise WrongRequest(f"A fault needs one of {', '.join(f'“{name}”' for name in _EFFECTS)}")
    if body.fields.get("error") and not method.lower().startswith(OA_PREFIX):
        raise WrongRequest("Only calls of the Official Account fail by “error”; use “status”")
    return Fault(
        method=method.lower(),
        chat_id=_chat(body),
        status=_status(body),
        error=body.integer("error"),
        description=body.optional_text("description"),
        retry_after=body.integer("retry_after"),
        migrate_to_chat_id=body.integer("migrate_to_chat_id"),
        delay_s=_delay(body),
        accept_then_drop=body.flag("accept_then_drop"),
        times=_times(body),
    )


_FAULT_NAMES = sorted(_FAULT_FIELDS)
_METHODS = {*NAMES, *(f"{PREFIX}{name}".lower() for name in METHODS), *OA_NAMES, OA_WEBHOOK}
_EFFECTS = ("status", "error", "delay_s", "accept_then_drop")


def _chat(body: Body) -> int | str | None:
    return None if body.fields.get("chat_id") is None else body.required_id("chat_id")


def _status(body: Body) -> int | None:
    status = body.integer("status")
    if status and not 400 <= status <= 599:
        raise WrongRequest("“status” is an error of HTTP, 400 to 599")
    return status


def _delay(body: Body) -> float:
    delay_s = body.number("delay_s") or 0.0
    if not 0 <= delay_s < math.inf:
        raise WrongRequest("“delay_s” must not be negative")
    return delay_s


def _times(body: Body) -> int:
    times = body.integer("times")
    if times is not None and times < 1:
        raise WrongRequest("“times” must be 1 or more")
    return times or 1
