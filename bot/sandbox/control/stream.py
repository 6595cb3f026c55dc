"""Events as they happen, for the page."""

import asyncio

from aiohttp import web

from bot.sandbox.instrumentation.events import Listener
from bot.sandbox.state import SandboxState

HEARTBEAT_S = 15.0


class EventStream:
    """`/events`: one JSON object a `data:` line; a comment when nothing happens."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/events", self.stream)]

    async def stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        with self._state.events.listen() as listener:
            try:
                await response.prepare(request)
                await response.write(b": hello\n\n")
                await _relay(listener, response)
            except ConnectionError:
                return response
        return response


async def _relay(listener: Listener, response: web.StreamResponse) -> None:
    """Until the listener is over; a page that went away raises ConnectionError."""
    while True:
        try:
            event = await asyncio.wait_for(listener.next(), HEARTBEAT_S)
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if event is None:
            return
        await response.write(b"data: " + event + b"\n\n")
