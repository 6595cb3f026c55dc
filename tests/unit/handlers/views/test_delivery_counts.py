"""From all that officers read of how copies fared, nobody works out a number of one to four people."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.announcing.progress_message import Figures, progress
from handlers.conversation.i18n import Html, Speech
from handlers.reports.announcement_figures import Details, in_words
from handlers.reports.export_tables import _states as cells
from handlers.views.delivery_counts import shown_copies
from handlers.views.small_counts import ShownCount, is_small
from storage.announcements.statistics import Breakdown, OfArea, Totals
from storage.models import CorrectionOutcome, DeliveryState, Mailing, MailingKind, MailingState
from tests.support import SETTINGS, ManualClock

S = DeliveryState


class CachedSpeech(Speech):
    """The same sentences; each is formatted once, though tens of thousands of screens hold it."""

    def __init__(self) -> None:
        self._formatted: dict[tuple[object, ...], Html] = {}
        super().__init__("vi", SETTINGS.timezone)

    def __call__(self, key: str, **values: str | int) -> Html:
        of = (key, *sorted(values.items()))
        if of not in self._formatted:
            self._formatted[of] = super().__call__(key, **values)
        return self._formatted[of]


VI = CachedSpeech()
STATES = (S.SENT, S.QUEUED, S.GONE, S.FAILED, S.UNCERTAIN, S.CANCELLED)
Counts = dict[DeliveryState, int]


@cache
def mailing(kind: MailingKind, state: MailingState) -> Mailing:
    return Mailing(
        id=7,
        kind=kind,
        subject="12",
        announcement_id=12,
        state=state,
        lane=28,
        bodies={},
        created_at=ManualClock().now(),
    )


def screens(counts: Counts) -> tuple[object, ...]:
    """What officers read of an announcement, on all screens together."""
    states = (MailingState.SENDING, MailingState.CANCELLED)
    shown = [
        progress(VI, mailing(MailingKind.ANNOUNCEMENT, state), Figures(counts)).text
        for state in states
    ]
    arrived = counts.get(S.SENT, 0) + counts.get(S.UNCERTAIN, 0)
    totals = Totals(counts)
    areas: dict[str | None, OfArea] = {
        "thi-xa": OfArea(min(arrived, 5)),
        "song-ngoc": OfArea(max(0, arrived - 5)),
    }
    details = in_words(Details("12", "Tin", totals, Breakdown(areas), SETTINGS), VI)
    return (*shown, details, cells(totals), shown_copies(counts).arrived)


def ways_to_divide(whole: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for rest in ways_to_divide(whole - first, parts - 1):
            yield (first, *rest)


def test_ninety_eight_of_a_hundred_do_not_tell_who_the_two_are() -> None:
    counts = {S.SENT: 88, S.GONE: 10, S.UNCERTAIN: 2}
    known = shown_copies(counts)
    assert (known.done, known.not_reached) == (ShownCount(88), ShownCount(12))
    assert S.GONE not in known.each
    assert known.each[S.UNCERTAIN].said(VI) == "một số"
    sending = mailing(MailingKind.ANNOUNCEMENT, MailingState.DONE)
    assert progress(VI, sending, Figures(counts)).text.splitlines()[2:] == [
        VI("progress-sent", sent="88", total="100"),
        VI("progress-count-not_reached", count="12"),
        VI("progress-count-uncertain", count="một số"),
    ]


@pytest.mark.parametrize("wholes", [(1, 2, 3, 4), (5,), (6,), (7,), (8,), (9,), (10,)])
def test_in_a_small_club_every_small_number_could_be_another(wholes: tuple[int, ...]) -> None:
    alike = defaultdict(list)
    for numbers in (one for whole in wholes for one in ways_to_divide(whole, len(STATES))):
        alike[screens(dict(zip(STATES, numbers, strict=True)))].append(numbers)
    for same in alike.values():
        for possible in zip(*same, strict=True):
            assert len(set(possible)) > 1 or not is_small(possible[0]), same


NUMBERS = st.one_of(st.integers(0, 6), st.integers(0, 40))


@given(st.tuples(*[NUMBERS] * len(STATES)))
@example((88, 0, 10, 0, 2, 0))
@example((96, 0, 1, 1, 1, 1))
@example((6, 1, 1, 1, 1, 0))
@example((10, 4, 1, 0, 0, 0))
def test_in_any_club_a_small_number_could_be_another(numbers: tuple[int, ...]) -> None:
    seen = screens(dict(zip(STATES, numbers, strict=True)))
    for at, number in enumerate(numbers):
        if is_small(number):
            others = _neighbours(numbers, at)
            assert any(screens(dict(zip(STATES, o, strict=True))) == seen for o in others), numbers


def _neighbours(numbers: tuple[int, ...], at: int) -> Iterator[tuple[int, ...]]:
    """The same whole, with other numbers here and at one or two places more."""
    for here in range(12):
        for other in range(len(numbers)):
            left = numbers[other] - (here - numbers[at])
            if other != at and here != numbers[at] and left >= 0:
                changed = list(numbers)
                changed[at], changed[other] = here, left
                yield tuple(changed)
    for here in range(12):  # where the whole is not told either
        changed = list(numbers)
        changed[at] = here
        if changed != list(numbers):
            yield tuple(changed)


@given(st.tuples(*[NUMBERS] * len(STATES)))
def test_that_copies_failed_or_may_not_have_arrived_is_always_said(
    numbers: tuple[int, ...],
) -> None:
    known = shown_copies(dict(zip(STATES, numbers, strict=True)))
    for state in (S.FAILED, S.UNCERTAIN):
        assert bool(known.each[state].number) == bool(numbers[STATES.index(state)])


OUTCOMES = (
    CorrectionOutcome.EDITED,
    CorrectionOutcome.DELETED,
    CorrectionOutcome.NOTICE_ONLY,
    CorrectionOutcome.OUT_OF_REACH,
)


def recall(numbers: tuple[int, ...]) -> str:
    edited, deleted, noticed, out, failed, uncertain, beyond = numbers
    counts = {
        S.SENT: edited + deleted + noticed,
        S.FAILED: out + failed,
        S.UNCERTAIN: uncertain,
    }
    done = dict(zip(OUTCOMES, (edited, deleted, noticed, out), strict=True))
    figures = Figures(counts, done, beyond)
    return progress(VI, mailing(MailingKind.RECALL, MailingState.DONE), figures).text


@pytest.mark.parametrize("whole", range(5, 10))
def test_of_a_recall_every_small_number_could_be_another_although_its_whole_is_known(
    whole: int,
) -> None:
    alike = defaultdict(list)
    for numbers in ways_to_divide(whole, 7):
        alike[recall(numbers)].append(numbers)
    for same in alike.values():
        for possible in zip(*same, strict=True):
            assert len(set(possible)) > 1 or not is_small(possible[0]), same
