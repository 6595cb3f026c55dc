"""The table of cases that both libraries go through, and where they do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.contract.clients import Client
from tests.support.sandbox_stage import Stage


@dataclass(frozen=True)
class Scene:
    """A library where the bot stands, and Lan, who pressed START."""

    client: Client
    stage: Stage
    chat: int


Case = Callable[[Scene], Awaitable[None]]
CASES: list[tuple[str, Case]] = []


def case(*methods: str) -> Callable[[Case], Case]:
    """A row of the table, and the methods it covers."""

    def register(function: Case) -> Case:
        CASES.extend((method, function) for method in methods)
        return function

    return register
