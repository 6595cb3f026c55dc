"""The table of cases that run with both libraries, and their context."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.contract.clients import Client
from tests.support.sandbox_server import SandboxServer


@dataclass(frozen=True)
class CaseContext:
    """A library as the bot, and the user Lan, who pressed START."""

    client: Client
    sandbox: SandboxServer
    chat: int


Case = Callable[[CaseContext], Awaitable[None]]
CASES: list[tuple[str, Case]] = []


def case(*methods: str) -> Callable[[Case], Case]:
    """A row of the table, and the methods it covers."""

    def register(function: Case) -> Case:
        CASES.extend((method, function) for method in methods)
        return function

    return register
