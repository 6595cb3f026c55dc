"""What is held against updates that were in hand when a process ended uncleanly.

Only an update that was alone is known to have ended the process: so suspects are handled one at a
time, which is written down before, and one that ended two processes is not begun again.
"""

from collections.abc import Collection, Mapping
from enum import Enum, auto
from typing import Final

from sqlalchemy import ColumnElement, case, literal, or_, true, update
from sqlmodel import SQLModel, col

from storage.database.engine import Tx
from storage.inbox import updates
from storage.models import InboxUpdate, Suspicion


class Event(Enum):
    """What may change what is held against an update."""

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
"""What is not in it stays as it is."""
TO_BE_TRIED: Final = frozenset(TRANSITIONS[Event.BEGUN_ALONE]) - {None}
"""To be handled alone."""

_SUSPICION = SQLModel.metadata.tables["inboxupdate"].c.suspicion


def after(event: Event, suspicion: Suspicion | None) -> Suspicion | None:
    """What is held against an update after `event`."""
    return TRANSITIONS[event].get(suspicion, suspicion)


async def note(tx: Tx, event: Event, update_ids: Collection[int]) -> None:
    """Writes down what happened to waiting updates that are handled as one."""
    await _note(tx, event, col(InboxUpdate.id).in_(update_ids))


async def suspect(tx: Tx, slots: Collection[int] | None = None) -> None:
    """A process ended uncleanly that had these slots, or (None) everything, in hand.

    Of each chat only the first update that waits was being handled, or what was begun alone with it.
    """
    theirs = true() if slots is None else col(InboxUpdate.slot).in_(slots)
    first = col(InboxUpdate.id).in_(updates.first_of_each_chat())
    await _note(tx, Event.ENDED_UNCLEANLY, theirs & (first | ~_is(None)))


async def _note(tx: Tx, event: Event, which: ColumnElement[bool]) -> None:
    steps = TRANSITIONS[event]
    waiting = col(InboxUpdate.handled_at).is_(None)
    concerned = or_(*(_is(before) for before in steps))
    becomes = case(
        *((_is(before), literal(after, _SUSPICION.type)) for before, after in steps.items())
    )
    changed = update(InboxUpdate).where(waiting, which, concerned).values(suspicion=becomes)
    await tx.session.exec(changed.execution_options(synchronize_session=False))


def _is(suspicion: Suspicion | None) -> ColumnElement[bool]:
    return _SUSPICION.is_not_distinct_from(suspicion)
