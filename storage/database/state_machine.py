"""State machines: a table of transitions, which every change of state is checked against."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Protocol, TypeVar

State = TypeVar("State", bound=StrEnum)


class WrongState(ValueError):
    """No transition leads from the present state to the requested one: an error in the program."""


class Stateful(Protocol[State]):
    """A row with a state."""

    state: State


def require(
    transitions: Mapping[State, Collection[State]], sources: Iterable[State], target: State
) -> None:
    """Checks that `target` may follow each of the `sources`.

    Raises:
        WrongState: the table has no such transition.
    """
    for source in sources:
        if target not in transitions[source]:
            raise WrongState(f"{source.value} cannot become {target.value}")


def transition(
    transitions: Mapping[State, Collection[State]],
    row: Stateful[State],
    target: State,
    sources: Collection[State] | None = None,
) -> None:
    """Changes the state of a row that this transaction has locked.

    Where several steps lead to `target`, `sources` are the states that this step may start from.

    Raises:
        WrongState: the table has no such transition, or this step does not start there.
    """
    require(transitions, [row.state], target)
    if sources is not None and row.state not in sources:
        raise WrongState(f"{row.state.value} cannot become {target.value} by this step")
    row.state = target
