"""The control API's stream of events, for open pages."""

import asyncio

from aiohttp import web

from bot.sandbox.instrumentation.events import Listener
from bot.sandbox.state import SandboxState

HEARTBEAT_S = 15.0


class EventStream:
    """`/events`: server-sent events, one JSON object each, and a comment every 15 seconds."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        """The route below `/sandbox`."""
        return [web.get("/events", self.stream)]

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Sends events until the page closes the connection or the sandbox stops."""
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
    """Writes events until the listener ends. Raises ConnectionError when the page is gone."""
    while True:
        try:
            event = await asyncio.wait_for(listener.next(), HEARTBEAT_S)
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if event is None:
            return
        await response.write(b"data: " + event + b"\n\n")
