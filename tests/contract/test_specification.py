"""The validator that the contract suite leans on: does it see what is wrong?"""

import json
from copy import deepcopy
from typing import Any

import pytest

from tests.contract.specification import FOLDER, MISSING, Mismatch, Specification, load

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(load() is None, reason=MISSING),
]

MESSAGE = {
    "message_id": 1,
    "date": 1_700_000_000,
    "chat": {"id": 5, "type": "private", "first_name": "Lan"},
    "text": "Chào",
    "entities": [{"type": "bold", "offset": 0, "length": 4}],
}


@pytest.fixture
def known() -> Specification:
    loaded = load()
    assert loaded is not None
    return loaded


def test_a_sound_message_passes(known: Specification) -> None:
    known.check("Message", MESSAGE)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["date"], "today"),
        (["date"], True),
        (["date"], None),
        (["mood"], "good"),
        (["chat", "type"], 5),
        (["chat"], []),
        (["entities", 0, "offset"], "0"),
        (["entities"], {}),
    ],
    ids=str,
)
def test_a_flaw_is_found_wherever_it_is(
    known: Specification, path: list[Any], value: object
) -> None:
    flawed: Any = deepcopy(MESSAGE)
    place = flawed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(Mismatch):
        known.check("Message", flawed)


def test_a_missing_field_is_found(known: Specification) -> None:
    with pytest.raises(Mismatch, match="needs chat"):
        known.check("Message", {"message_id": 1, "date": 1})


def test_real_objects_of_telegram_pass(known: Specification) -> None:
    lines = (FOLDER / "teloxide_samples.jsonl").read_text().splitlines()
    samples = [json.loads(line)["json"] for line in lines]
    sound = [sample for sample in samples if _is_sound(known, sample)]
    # The others come from older versions of the Bot API, or were cut by hand.
    assert len(sound) >= len(samples) * 7 // 8


def _is_sound(known: Specification, sample: dict[str, Any]) -> bool:
    kind = "Update" if "update_id" in sample else "Message" if "message_id" in sample else ""
    try:
        known.check(kind or "ChatMember", sample)
    except Mismatch:
        return False
    return True
