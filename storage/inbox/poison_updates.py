"""Poison updates: which updates may have ended a process uncleanly, by a state machine.

After an unclean end every update that was being handled is a suspect. Only an update that was handled
alone is known to have caused the end, so suspects are handled one at a time, which is recorded before
it begins. An update that ended a process twice while alone is set aside (dead letter).
"""

from collections.abc import Collection, Mapping
from enum import Enum, auto
from typing import Final

from sqlalchemy import ColumnElement
from sqlmodel import SQLModel, case, col, literal, or_, true, update

from storage.database import Tx
from storage.inbox import updates
from storage.models import InboxUpdate, Suspicion


class Event(Enum):
    """Events that change the suspicion of an update."""

    BEGUN_ALONE = auto()
    ENDED_UNCLEANLY = auto()
    """The process that had it in hand: killed, out of memory, crashed."""
    INTERRUPTED = auto()
    """The process was asked to end, or ends for another reason, while the update was alone."""


TRANSITIONS: Final[Mapping[Event, Mapping[Suspicion | None, Suspicion]]] = {
    Event.BEGUN_ALONE: {
        # A piece that is handled as one with a suspect.
        None: Suspicion.ALONE,
        Suspicion.SUSPECT: Suspicion.ALONE,
        Suspicion.SUSPECT_AGAIN: Suspicion.ALONE_AGAIN,
    },
    Event.ENDED_UNCLEANLY: {
        None: Suspicion.SUSPECT,
        Suspicion.ALONE: Suspicion.SUSPECT_AGAIN,
        Suspicion.ALONE_AGAIN: Suspicion.TO_SET_ASIDE,
    },
    Event.INTERRUPTED: {
        Suspicion.ALONE: Suspicion.SUSPECT,
        Suspicion.ALONE_AGAIN: Suspicion.SUSPECT_AGAIN,
    },
}
"""Event to the next suspicion; a suspicion without an entry stays."""
TO_BE_TRIED: Final = frozenset(TRANSITIONS[Event.BEGUN_ALONE]) - {None}
"""Suspicions of updates that must be handled alone."""

_SUSPICION = SQLModel.metadata.tables["inboxupdate"].c.suspicion


def after(event: Event, suspicion: Suspicion | None) -> Suspicion | None:
    """The suspicion of an update after `event`."""
    return TRANSITIONS[event].get(suspicion, suspicion)


async def note(tx: Tx, event: Event, update_ids: Collection[int]) -> None:
    """Records an event of unhandled updates that are handled as one text."""
    await _note(tx, event, col(InboxUpdate.id).in_(update_ids))


async def suspect(tx: Tx, slots: Collection[int] | None = None) -> None:
    """Suspects what a process had in progress that ended uncleanly with these slots (None: all).

    Of each chat that is the oldest unhandled update, or those that were begun alone with it.
    """
    in_slots = true() if slots is None else col(InboxUpdate.slot).in_(slots)
    first = col(InboxUpdate.id).in_(updates.first_of_each_chat())
    await _note(tx, Event.ENDED_UNCLEANLY, in_slots & (first | ~_is(None)))


async def _note(tx: Tx, event: Event, only_if: ColumnElement[bool]) -> None:
    transitions = TRANSITIONS[event]
    waiting = col(InboxUpdate.handled_at).is_(None)
    concerned = or_(*(_is(before) for before in transitions))
    next_suspicion = case(
        *((_is(before), literal(after, _SUSPICION.type)) for before, after in transitions.items())
    )
    await tx.session.exec(
        update(InboxUpdate)
        .where(waiting, only_if, concerned)
        .values(suspicion=next_suspicion)
        .execution_options(synchronize_session=False)
    )


def _is(suspicion: Suspicion | None) -> ColumnElement[bool]:
    return _SUSPICION.is_not_distinct_from(suspicion)
