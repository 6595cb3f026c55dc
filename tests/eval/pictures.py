"""How well words in pictures are read, and how often the screenshot of a known post is asked about."""

import json
import time
import unicodedata
from collections.abc import Callable, Sequence

from rapidfuzz.distance import Levenshtein

from bot.cli.recognise import History, temporary_database
from handlers.flagging.post import FlaggedPost
from handlers.recognition.pictures import tesseract, true_ocr
from handlers.recognition.pictures.picture_cleaning import clean
from handlers.recognition.pictures.reader import Reader, read_with
from tests.eval.retrieval import Ranking
from tests.support.made_screenshots import KINDS, among_comments, encoded
from tests.support.paths import SHARED_DATA

TEXTS, SCREENSHOTS = 20, 100
_SHORTEST, _LONGEST = 120, 420
"""Characters of the texts that are drawn: those of a post."""
_READERS: tuple[tuple[str, Callable[[], bool], Callable[[], Reader]], ...] = (
    (tesseract.NAME, tesseract.is_installed, tesseract.Tesseract),
    (true_ocr.NAME, true_ocr.is_installed, true_ocr.TrueOcr),
)


async def print_pictures() -> None:
    """Prints one table for each reader of this machine, and says which is missing."""
    for name, is_installed, make in _READERS:
        if not is_installed():
            print(f"\n{name}: left out, it is not on this machine")
            continue
        made = make()
        print(f"\n| {name}, kind of picture | wrong characters | seconds |\n|---|---|---|")
        for kind in KINDS:
            wrong, seconds = _measured(made, kind)
            print(f"| {kind} | {wrong:.2%} | {seconds:.2f} |", flush=True)
        first, asked = await _found(made)
        print(f"| screenshots asked about, the right post first | {first} of {SCREENSHOTS} | |")
        print(
            f"| screenshots asked about, the right post among three | {asked} of {SCREENSHOTS} | |"
        )


def _measured(made: Reader, kind: str) -> tuple[float, float]:
    """The share of wrong characters, and the seconds for one picture."""
    wrong, characters, seconds = 0, 0, 0.0
    for seed, text in enumerate(_texts()[:TEXTS]):
        picture = clean(encoded(KINDS[kind](text, seed), 90)).jpeg
        began = time.perf_counter()
        (read,) = read_with(made, (picture,))
        seconds += time.perf_counter() - began
        wrong += Levenshtein.distance(_joined(text), _joined(read))
        characters += len(_joined(text))
    return wrong / characters, seconds / TEXTS


async def _found(made: Reader) -> tuple[int, int]:
    """Of screenshots with comments around: for how many the known post is the first, and one of three."""
    known, comments = _texts(), _comments()
    first = among = 0
    async with temporary_database() as tx:
        history = History(tx)
        for number, text in enumerate(known):
            await history.join(number, FlaggedPost(text=text))
        for number in range(SCREENSHOTS):
            around = [comments[(3 * number + i) % len(comments)] for i in range(3)]
            page = among_comments(known[number], around, number)
            (read,) = read_with(made, (clean(encoded(page, 40)).jpeg,))
            answer = await history.answer(-1, FlaggedPost(picture_words=read))
            ranked: Ranking = answer["candidates"]
            asked = [name for name, _ in ranked[:3]] if answer["relation"] == "similar" else []
            first += asked[:1] == [number]
            among += number in asked
    return first, among


def _texts() -> list[str]:
    rows = _lines("vi_text/vnmds_dev.jsonl")
    return [row["sapo"] for row in rows if _SHORTEST < len(row["sapo"]) < _LONGEST]


def _comments() -> Sequence[str]:
    return [row["a"] for row in _lines("vi_text/vnpara_dev.jsonl") if len(row["a"]) < _SHORTEST]


def _lines(file: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (SHARED_DATA / file).read_text().splitlines()]


def _joined(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
