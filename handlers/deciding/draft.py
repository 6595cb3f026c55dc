"""A verdict that is being written: what has been said, and what comes before and after what."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter

from handlers.turn import Sorry, Turn
from storage.models import Rating

_STEP = "decide"
_DIGEST_LETTERS = 8


class Question(StrEnum):
    """What an officer is asked, in this order."""

    RATING = "rating"
    CLAIM = "claim"
    EXPLANATION = "explanation"
    SOURCE = "source"
    PREVIEW = "preview"

    @property
    def before(self) -> "Question | None":
        """The question before this one; None for the first."""
        return None if self is _ORDER[0] else _ORDER[_ORDER.index(self) - 1]

    @property
    def after(self) -> "Question":
        """The question after this one; the preview is the last."""
        return _ORDER[min(_ORDER.index(self) + 1, len(_ORDER) - 1)]


_ORDER: Sequence[Question] = tuple(Question)
STEPS = {question: f"{_STEP}.{question.value}" for question in Question}


@dataclass(frozen=True)
class Draft:
    """The verdict on one case so far; kept only in the officer's step."""

    code: str
    rating: Rating | None = None
    claim: str = ""
    explanation: str = ""
    sources: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Changes with every word, so that an older preview's button sends nothing."""
        return hashlib.sha256(_DRAFT.dump_json(self)).hexdigest()[:_DIGEST_LETTERS]

    def answers(self, question: Question) -> bool:
        """Whether this question has been answered before."""
        return bool(getattr(self, _FIELDS.get(question, ""), None))


_FIELDS = {
    Question.RATING: "rating",
    Question.CLAIM: "claim",
    Question.EXPLANATION: "explanation",
    Question.SOURCE: "sources",
}
_DRAFT = TypeAdapter(Draft)


async def keep(turn: Turn, draft: Draft, question: Question) -> None:
    """The officer is at this question now."""
    await turn.go(STEPS[question], **_DRAFT.dump_python(draft, mode="json"))


def remembered(turn: Turn) -> tuple[Draft, Question]:
    """What was said so far, and the question this chat is at."""
    return _DRAFT.validate_python(turn.data), Question(turn.step.partition(".")[2])


def pressed(turn: Turn) -> tuple[Draft, Question]:
    """The same for a button, which belongs to one case.

    Raises:
        Sorry: nothing is being written, or it is about another case.
    """
    if not turn.step.startswith(f"{_STEP}."):
        raise Sorry("decide-stale")
    draft, question = remembered(turn)
    if turn.args[:1] != (draft.code,):
        raise Sorry("decide-stale")
    return draft, question
