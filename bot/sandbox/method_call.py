"""Runs one call of a messenger's API: records it, applies a fault, performs the method."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from inspect import isawaitable
from typing import TypeAlias

from aiohttp import web

from bot.sandbox.state import SandboxState
from bot.sandbox.transport import ApiError, Parameters

Method: TypeAlias = Callable[[SandboxState, Parameters], object | Awaitable[object]]


@dataclass(frozen=True)
class MethodCall:
    """`name` is the method as recorded and as faults name it; `chat_id` selects faults."""

    name: str
    chat_id: int | str
    parameters: Parameters

    async def perform(
        self, state: SandboxState, request: web.Request | None, method: Method
    ) -> object:
        """Returns the result of `method`; there is no request when a webhook's answer calls it.

        Raises ApiError when the method or a fault refuses. A fault with `accept_then_drop` lets the
        method take effect and cuts the connection, so that the caller gets no answer.
        """
        call = state.calls.add(self.name, self.parameters)
        fault = state.faults.take(self.name, self.chat_id)
        try:
            if fault is not None:
                await fault.apply()
            result = method(state, self.parameters)
            if isawaitable(result):
                result = await result
        except ApiError as error:
            call.outcome.append(error.code)
            raise
        call.outcome.append(200)
        if fault is not None and fault.accept_then_drop and request and request.transport:
            request.transport.abort()
        return result
