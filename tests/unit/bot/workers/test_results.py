"""A worker that a stranger's file has taken over can lie about its result, and do nothing else."""

import json
import math
import pickle
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workers.framing import LENGTH, MOST_BYTES, MOST_JSON_BYTES, AnswerStatus, answer
from bot.workers.results import NotAnAnswer, answer_in, result_of
from handlers.conversation.context import Context
from handlers.recognition.pictures.perceptual_hash import similar_pictures
from handlers.recognition.pictures.picture_cleaning import CleanPicture, clean
from handlers.recognition.pictures.reader import read_words
from handlers.recognition.pictures.safe_image import NoPicture
from handlers.recognition.ranking import KnownPost, RankedPost, differences_from, rank
from handlers.rendering import bar_chart, card_image
from handlers.rendering.metadata_removal import NotStripped, Stripped, strip
from handlers.rendering.spreadsheets import as_csv, as_xlsx
from tests.unit.bot.workers import worker_tasks

PICTURE = CleanPicture(b"\xff\xd8\xff", "0" * 64, "1234", codes=("https://a.example/1",))
JUDGED = [RankedPost(KnownPost(7, None, "tăng học phí"), 0.5, (("", "không"),))]
RESULTS: list[tuple[Callable[..., Any], Any]] = [
    (clean, PICTURE),
    (read_words, ("Công an\nyêu cầu 🙂", "")),
    (strip, Stripped(b"\x00" * 10, ".pdf")),
    (strip, Stripped(b"", "", is_picture=True)),
    (rank, []),
    (rank, [*JUDGED, RankedPost(KnownPost(8, "f" * 64, ""), 1.0)]),
    (differences_from, [(("\\ud800", "\x00 🙂"),)]),
    (differences_from, [(("hai", "ba"),), ()]),
    (similar_pictures, [(1, 0), (2, 3)]),
    (card_image.draw, b"png"),
    (bar_chart.draw, b"png"),
    (as_csv, b"a;b"),
    (as_xlsx, b"PK"),
]


def body(json_text: bytes, blobs: bytes = b"") -> bytes:
    return LENGTH.pack(len(json_text)) + json_text + blobs


def read(packed: bytes, task: Callable[..., Any] = clean) -> tuple[AnswerStatus, Any]:
    return answer_in(packed, result_of(task))


@pytest.mark.parametrize(("task", "result"), RESULTS)
def test_what_a_task_results_in_arrives_as_it_was(task: Callable[..., Any], result: object) -> None:
    packed = answer(AnswerStatus.DONE, result)[LENGTH.size :]
    assert read(packed, task) == (AnswerStatus.DONE, result)
    assert read(packed, partial(task, 1)) == (AnswerStatus.DONE, result)


@pytest.mark.parametrize("error", [NoPicture("empty"), NotStripped("KeyError")])
def test_an_error_that_a_task_is_known_for_arrives_with_its_reason(error: Exception) -> None:
    packed = answer(AnswerStatus.RAISED, (type(error).__name__, str(error)))[LENGTH.size :]
    said, found = read(packed)
    assert said is AnswerStatus.RAISED
    assert type(found) is type(error)
    assert found.args == error.args


@pytest.mark.parametrize(
    "name", ["OSError", "TimeoutError", "WorkerFailed", "SystemExit", "UserError"]
)
def test_every_other_error_is_no_more_than_its_name(name: str) -> None:
    said, found = read(body(json.dumps(["raised", [name, "secret"]]).encode()))
    assert said is AnswerStatus.RAISED
    assert type(found) is RuntimeError
    assert found.args == (name,)


REWRITES_A_CLASS = b"\x80\x04(\x8c\x04donechandlers.conversation.context\nContext\nN}\x8c\x04role\x8c\x05owners\x86bt."
"""Opcodes that put a class of the bot on the stack and set one of its attributes."""
STATE_FOR_AN_INSTANCE = (
    b"\x80\x04(\x8c\x04donechandlers.recognition.opening\nNoPicture\n)R}\x8c\x04args\x8c\x01xsbt."
)
PICKLES = {
    "one that rewrites a class": REWRITES_A_CLASS,
    "one that sets a state": STATE_FOR_AN_INSTANCE,
    "a class as result": pickle.dumps(("done", Context)),
    "a function that is called": pickle.dumps(("done", worker_tasks.Trap())),
    "an extension registry entry": b"\x80\x04(\x8c\x04done\x82\x01t.",
    "a persistent id": b"\x80\x04(\x8c\x04doneP1\nt.",
    "a memo that doubles each time": b"\x80\x04(\x8c\x04done]" + b"\x94(h\x00h\x00l" * 40 + b"t.",
    "an ordinary result": pickle.dumps(("done", PICTURE)),
}


@pytest.mark.parametrize("pickled", PICKLES.values(), ids=PICKLES)
def test_no_pickle_is_an_answer_and_no_class_of_the_bot_is_changed(pickled: bytes) -> None:
    before = dict(vars(Context))
    for packed in (pickled, body(pickled), body(b'["done",null]', pickled)):
        with pytest.raises(NotAnAnswer):
            read(packed)
    assert dict(vars(Context)) == before


NO_ANSWERS = {
    "nothing": b"",
    "half a length": b"\0\0",
    "no word": body(b"[]"),
    "no list": body(b"7"),
    "another word": body(b'["eval", 1]'),
    "another type": body(b'["done", "a picture"]'),
    "a field that is missing": body(b'["done", {"jpeg": {"": 0}, "exact": ""}]'),
    "a field of another type": body(b'["done", {"jpeg": {"": 0}, "exact": 1, "picture_hash": ""}]'),
    "not a number": body(b'["done", NaN]'),
    "more than there is": body(b'["done", {"": 4}]', b"abc"),
    "less than there is": body(b'["done", {"": 2}]', b"abc"),
    "less than nothing": body(b'["done", {"": -1}]'),
    "half a byte": body(b'["done", {"": 0.5}]', b"a"),
    "bytes and something else": body(b'["done", {"": 1, "a": 1}]', b"a"),
    "text of no letters": body(
        b'["done", {"jpeg": {"": 0}, "exact": "\\ud800", "picture_hash": ""}]'
    ),
    "an error without a name": body(b'["raised", []]'),
    "an error that is no name": body(b'["raised", ["a\\nb", ""]]'),
    "an error with a long name": body(b'["raised", ["%b", ""]]' % (b"a" * 201)),
    "an error with a long reason": body(b'["raised", ["NoPicture", "%b"]]' % (b"a" * 201)),
    "an error that is a number": body(b'["raised", [1, ""]]'),
    "a list in lists without end": body(b"[" * MOST_JSON_BYTES),
    "a number of a million digits": body(b'["done", %b]' % (b"9" * 1_000_000)),
    "more text than is read": body(b'["done", "' + b"a" * MOST_JSON_BYTES + b'"]'),
}


@pytest.mark.parametrize("packed", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_what_is_no_result_of_the_task_is_no_answer(packed: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        read(packed)


def values(found: object) -> Iterator[object]:
    yield found
    if isinstance(found, list | tuple):
        for one in found:
            yield from values(one)
    elif isinstance(found, RankedPost):
        yield from values((found.known.id, found.known.words, found.score, found.differs))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just({"": 1}),
    lambda one: st.lists(one) | st.dictionaries(st.sampled_from(["known", "score", "id", ""]), one),
    max_leaves=20,
)


@given(JSON, st.binary(max_size=3))
def test_whatever_is_answered_the_result_is_what_the_task_is_declared_to_return(
    value: object, blobs: bytes
) -> None:
    try:
        _, found = read(body(json.dumps(["done", value]).encode(), blobs), rank)
    except NotAnAnswer:
        return
    assert isinstance(found, list)
    assert all(isinstance(one, RankedPost) for one in found)
    assert all(type(one) in (list, tuple, RankedPost, int, str, float) for one in values(found))


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_no_answer(packed: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        read(packed)


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, worker_tasks.Trap(), Context, print, 1j, {1, 2}]
)
def test_a_worker_answers_nothing_but_data(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        answer(AnswerStatus.DONE, value)


def test_an_answer_is_as_large_as_the_limits_and_no_larger() -> None:
    text = "a" * (MOST_JSON_BYTES - len('["done", ""]'))
    assert (
        read(answer(AnswerStatus.DONE, text)[LENGTH.size :], worker_tasks.too_much_text)[1] == text
    )
    with pytest.raises(ValueError, match="too large"):
        answer(AnswerStatus.DONE, text + "a")
    beside = LENGTH.size + len('["done", {"": 12345678}]')
    assert len(answer(AnswerStatus.DONE, bytes(MOST_BYTES - beside))) == LENGTH.size + MOST_BYTES
    with pytest.raises(ValueError, match="too large"):
        answer(AnswerStatus.DONE, bytes(MOST_BYTES - beside + 1))
