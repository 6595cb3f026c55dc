"""Whatever is sent, by whomever, at whatever point: a clear answer, and nothing breaks.

Every command, action and step of the club is tried, as `handlers.registry` lists them.
"""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.messages import Incoming, Message
from handlers.recognition.plain_text import legible
from storage.database.engine import Tx
from tests.support import ClubInATest
from tests.support.databases import SqliteTestDatabase
from tests.support.hostile_updates import ARGUMENTS, MEDIA, NAMES, PLAUSIBLE, TEXTS
from tests.support.hypothesis_profiles import examples
from tests.support.probed_club import (
    ACTIONS,
    COMMANDS,
    PEOPLE,
    ProbedClub,
    Sample,
    buttons_of,
    open_probed_club,
    with_name,
)

STRIDES, FEW_STRIDES = 20, 10
MOST_WALKS = 8
_LATER = pytest.mark.torture
"""For those who may do nothing that another of the short run may not."""
EVERYBODY = [
    pytest.param(who, marks=[_LATER] if who in {"suspended", "officer"} else []) for who in PEOPLE
]
MEMBERS = ["member", pytest.param("officer", marks=_LATER), "owner"]
fuzz = settings(
    max_examples=examples(60),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
with_arguments = st.lists(st.one_of(st.sampled_from(ARGUMENTS), st.text(max_size=12)), max_size=4)


@pytest.fixture
async def empty_database(sqlite_test_database: SqliteTestDatabase) -> SqliteTestDatabase:
    """On SQLite alone, for speed: the queries are tried on both databases elsewhere."""
    await sqlite_test_database.empty()
    return sqlite_test_database


@pytest.fixture
async def probed(club: ClubInATest) -> ProbedClub:
    return await open_probed_club(club)


@pytest.fixture(params=[1, pytest.param(100, marks=pytest.mark.torture)])
def some(request: pytest.FixtureRequest) -> Sample:
    """A few of what there is, and in the long run all of it."""
    return Sample(request.param)


@pytest.mark.parametrize("who", EVERYBODY)
async def test_every_button_can_be_forged_by_anybody(
    probed: ProbedClub, some: Sample, who: str
) -> None:
    async with probed.rolled_back() as tx:
        for action in ACTIONS:
            await probed.probe(tx, probed.presses(who, action))
            for argument in some.of(ARGUMENTS):
                await probed.probe(tx, probed.presses(who, f"{action}:{argument}"))
                await probed.probe(tx, probed.presses(who, f"{action}:1:{argument}"))
    assert probed.violations == []


@pytest.mark.parametrize("who", EVERYBODY)
async def test_every_command_takes_whatever_is_written_behind_it(
    probed: ProbedClub, some: Sample, who: str
) -> None:
    async with probed.rolled_back() as tx:
        for command in COMMANDS:
            for text in some.of(TEXTS):
                ordered = f"/{command} {text}"
                await probed.probe(tx, probed.says(who, ordered[:4096]))
                await probed.probe(tx, probed.says(who, ordered[:1024], media=MEDIA[0]))
    assert probed.violations == []


@pytest.mark.parametrize("who", EVERYBODY)
async def test_every_command_can_be_forwarded_and_used_under_any_name(
    probed: ProbedClub, some: Sample, who: str
) -> None:
    async with probed.rolled_back() as tx:
        for command in COMMANDS:
            ordered = probed.says(who, f"/{command}")
            await probed.probe(tx, probed.says(who, f"/{command}", forwarded=True))
            for name in some.of(NAMES):
                await probed.probe(tx, with_name(ordered, name))
    assert probed.violations == []


@fuzz
@given(who=st.sampled_from(PEOPLE), action=st.text(max_size=64))
async def test_a_button_may_carry_anything(probed: ProbedClub, who: str, action: str) -> None:
    async with probed.rolled_back() as tx:
        await probed.probe(tx, probed.presses(who, _fitting(action)))
    assert probed.violations == []


@fuzz
@given(who=st.sampled_from(PEOPLE), name=st.sampled_from(ACTIONS), behind=with_arguments)
async def test_anything_may_stand_behind_an_action(
    probed: ProbedClub, who: str, name: str, behind: list[str]
) -> None:
    async with probed.rolled_back() as tx:
        await probed.probe(tx, probed.presses(who, _fitting(":".join([name, *behind]))))
    assert probed.violations == []


@fuzz
@given(who=st.sampled_from(PEOPLE), text=st.text(max_size=300), forwarded=st.booleans())
async def test_anything_can_be_said(
    probed: ProbedClub, who: str, text: str, *, forwarded: bool
) -> None:
    async with probed.rolled_back() as tx:
        await probed.probe(tx, probed.says(who, legible(text), forwarded=forwarded))
    assert probed.violations == []


@pytest.mark.parametrize("who", MEMBERS)
async def test_wherever_a_command_leads_anything_may_come(
    probed: ProbedClub, some: Sample, who: str
) -> None:
    """From every command along the buttons it shows; at each new question everything is tried."""
    seen: set[str] = set()
    done: Counter[str] = Counter()
    for command in COMMANDS * max(1, min(some.most // 2, MOST_WALKS)):
        async with probed.rolled_back() as tx:
            shown = await probed.answer(tx, probed.says(who, f"/{command}"))
            for _ in range(min(STRIDES, FEW_STRIDES * some.most)):
                place = await probed.step_of(tx, who)
                if place not in seen:
                    await _try_everything(probed, tx, some, who)
                seen.add(place)
                then = _next(probed, some, who, shown, done, asked=bool(place))
                shown = await probed.answer(tx, then) or shown
    assert probed.violations == []


async def _try_everything(probed: ProbedClub, tx: Tx, some: Sample, who: str) -> None:
    for text in some.of(TEXTS):
        await probed.probe(tx, probed.says(who, text))
        await probed.probe(tx, probed.says(who, text[:1024], media=some.chance.choice(MEDIA)))
    for odd in ({}, {"unsupported": "sticker"}, {"reply_to": "1", "forwarded": True}):
        await probed.probe(tx, probed.says(who, "", **odd))
    for action in some.of(ACTIONS):
        argument = some.chance.choice(ARGUMENTS)
        await probed.probe(tx, probed.presses(who, f"{action}:{argument}"))


def _next(
    probed: ProbedClub,
    some: Sample,
    who: str,
    shown: list[Message],
    done: Counter[str],
    *,
    asked: bool,
) -> Incoming:
    """The button that was pressed least so far, or something that fits what was asked."""
    buttons = buttons_of(shown)
    if not buttons or (asked and some.chance.random() < 0.4):
        return probed.says(who, some.chance.choice(PLAUSIBLE))
    button = min(some.chance.sample(buttons, len(buttons)), key=lambda one: done[one.label])
    done[button.label] += 1
    return probed.presses(who, button.action)


def _fitting(action: str) -> str:
    """As much of it as a button carries."""
    return legible(action).encode()[:64].decode(errors="ignore")
