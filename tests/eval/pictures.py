"""How well words in pictures are read, how often the screenshot of a known post is asked about, and how
often the picture of a forged announcement is told from that of a genuine one."""

import json
import random
import re
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO

from PIL import Image
from rapidfuzz.distance import Levenshtein

from bot.cli.recognise import History, temporary_database
from handlers.conversation.i18n import Speech
from handlers.flagging.post import FlaggedPost
from handlers.recognition.official_copy import compare_picture
from handlers.recognition.pictures import tesseract, true_ocr
from handlers.recognition.pictures.picture_cleaning import clean
from handlers.recognition.pictures.reader import Reader, read_with
from handlers.rendering.card_image import draw
from handlers.rendering.card_sheet import Shape
from handlers.sharing.card import card_of
from handlers.views.announcement import Content
from tests.eval.retrieval import Ranking
from tests.support.announcements import generated_copies as copies
from tests.support.club import SETTINGS
from tests.support.made_screenshots import KINDS, among_comments, encoded
from tests.support.paths import SHARED_DATA

TEXTS, SCREENSHOTS = 20, 100
_SHORTEST, _LONGEST = 120, 420
"""Characters of the texts that are drawn: those of a post."""
_COMMENTS = ("Có thật không mọi người?", "Chiều nay 5 giờ họp tổ nha", "Gọi 0912000111 nha bà con")
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
        _print_forged(made)


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


def _print_forged(made: Reader) -> None:
    """Of announcements with one digit changed, how many are told; of genuine ones, how many wrongly."""
    print(
        "\n| pictures of announcements | forged, told so | genuine, taken for forged |\n|---|---|---|"
    )
    for kind in (*KINDS, "among comments", "square card", "tall card"):
        told = wrong = 0
        for at in range(len(copies.TEXTS)):
            given = copies.values(at, 3)
            genuine, wording = copies.content(at, given), copies.wording(at, given)
            for content, is_forged in ((genuine, False), (_with_other_digit(genuine, at), True)):
                picture = clean(encoded(_shown(content, kind, at), 60)).jpeg
                (read,) = read_with(made, (picture,))
                found = compare_picture(read, wording, is_alike=kind.endswith("card"))
                is_told = found is not None and bool(found.deviations)
                told, wrong = told + (is_told and is_forged), wrong + (is_told and not is_forged)
        of = len(copies.TEXTS)
        print(f"| {kind} | {told} of {of} | {wrong} of {of} |", flush=True)


def _with_other_digit(content: Content, seed: int) -> Content:
    """The announcement with one digit of the first line of its text changed, which every card shows."""
    chance = random.Random(seed)
    first = content.html.partition("\n")[0]
    at = chance.choice([found.start() for found in re.finditer(r"\d", first)])
    other = chance.choice([digit for digit in "0123456789" if digit != content.html[at]])
    return replace(content, html=content.html[:at] + other + content.html[at + 1 :])


def _shown(content: Content, kind: str, at: int) -> Image.Image:
    """A picture of an announcement: a card as feeds show it, or a screenshot."""
    if kind.endswith("card"):
        shape = Shape.TALL if kind.startswith("tall") else Shape.SQUARE
        code = "CFHJK23456"
        drawn = draw(card_of(content, Speech("vi", SETTINGS.timezone), SETTINGS, code), shape)
        whole = Image.open(BytesIO(drawn)).convert("RGB")
        return whole.resize((720, 720 * whole.height // whole.width))
    text = f"{content.title}\n{content.html}"
    if kind in KINDS:
        return KINDS[kind](text, at)
    return among_comments(text, _COMMENTS, at)


def _texts() -> list[str]:
    rows = _lines("vi_text/vnmds_dev.jsonl")
    return [row["sapo"] for row in rows if _SHORTEST < len(row["sapo"]) < _LONGEST]


def _comments() -> Sequence[str]:
    return [row["a"] for row in _lines("vi_text/vnpara_dev.jsonl") if len(row["a"]) < _SHORTEST]


def _lines(file: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (SHARED_DATA / file).read_text().splitlines()]


def _joined(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
