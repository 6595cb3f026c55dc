"""Texts found among others, by the bot and by plain BM25."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rank_bm25 import BM25Okapi

from bot.cli.recognise import History, temporary_database
from handlers.flagging.post import FlaggedPost
from handlers.recognition.syllables import bare
from storage.cases.search.similar_posts import CANDIDATES

Ranking = Sequence[tuple[int, float]]
"""Numbers of texts with their scores, the highest first."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Found:
    """What was found for each text that was asked."""

    ours: Sequence[Ranking]
    """By the bot."""
    by_bm25: Sequence[Ranking]
    same: int
    """Number of texts that the bot takes for the same as a known one."""

    def without_own(self) -> "Found":
        """For texts that are the known ones themselves: what else was found."""
        return Found(_without_own(self.ours), _without_own(self.by_bm25), self.same)


class Retrieval:
    """Known texts that others are searched for in."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._bm25 = BM25Okapi(list(map(_words, texts)))

    async def ask(self, asked: Sequence[str]) -> Found:
        """Searches for each of these."""
        async with temporary_database() as tx:
            history = History(tx)
            for number, text in enumerate(self._texts):
                await history.join(number, FlaggedPost(text=text))
            answers = [await history.answer(-1, FlaggedPost(text=text)) for text in asked]
        same = sum(answer["relation"] == "same" for answer in answers)
        ours = [answer["candidates"] for answer in answers]
        return Found(ours, [self._by_bm25(text) for text in asked], same)

    def _by_bm25(self, text: str) -> Ranking:
        scores = self._bm25.get_scores(_words(text))
        best = np.argsort(-scores, kind="stable")[:CANDIDATES]
        return [(int(number), float(scores[number])) for number in best if scores[number] > 0]


def _words(text: str) -> list[str]:
    """Words in lower case without diacritics, so that BM25 finds what was typed without them."""
    return _WORD.findall(bare(text.lower()))


def _without_own(rankings: Sequence[Ranking]) -> list[Ranking]:
    return [[(n, score) for n, score in one if n != own] for own, one in enumerate(rankings)]
