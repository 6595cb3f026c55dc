"""The tables of transitions, and the one way a row changes its state."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pytest

from storage import questions
from storage.announcements import announcements
from storage.cases import cases
from storage.database.state_machine import WrongState, require, transition
from storage.models import AnnouncementState, CaseState, DeliveryState, MailingState, QuestionState
from storage.outbox import deliveries, mailings


class Door(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    WALLED_UP = "walled up"


DOORS: Mapping[Door, Collection[Door]] = {
    Door.OPEN: {Door.CLOSED},
    Door.CLOSED: {Door.OPEN, Door.WALLED_UP},
    Door.WALLED_UP: set(),
}


@dataclass
class Room:
    state: Door


@pytest.mark.parametrize(
    ("table", "states"),
    [
        (announcements.TRANSITIONS, AnnouncementState),
        (questions.TRANSITIONS, QuestionState),
        (cases.TRANSITIONS, CaseState),
        (mailings.TRANSITIONS, MailingState),
        (deliveries.TRANSITIONS, DeliveryState),
    ],
    ids=["announcement", "question", "case", "mailing", "delivery"],
)
def test_a_table_names_every_state(
    table: Mapping[StrEnum, Collection[StrEnum]], states: type[StrEnum]
) -> None:
    assert set(table) == set(states)


def test_a_row_takes_the_state_that_may_follow() -> None:
    room = Room(Door.OPEN)
    transition(DOORS, room, Door.CLOSED)
    assert room.state is Door.CLOSED


def test_a_row_keeps_its_state_when_the_table_has_no_such_transition() -> None:
    room = Room(Door.OPEN)
    with pytest.raises(WrongState, match="open cannot become walled up"):
        transition(DOORS, room, Door.WALLED_UP)
    assert room.state is Door.OPEN


def test_a_step_starts_only_from_its_own_states() -> None:
    room = Room(Door.CLOSED)
    with pytest.raises(WrongState, match="by this step"):
        transition(DOORS, room, Door.OPEN, {Door.WALLED_UP})
    assert room.state is Door.CLOSED


def test_the_target_must_follow_every_one_of_the_sources() -> None:
    require(DOORS, [Door.OPEN], Door.CLOSED)
    with pytest.raises(WrongState):
        require(DOORS, [Door.OPEN, Door.WALLED_UP], Door.CLOSED)
