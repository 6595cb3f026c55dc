"""A verdict that is being written: its answers so far, and the order of the questions."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

from handlers.conversation import Context, require
from handlers.messages import Media
from handlers.views.verdict import pack_picture, picture_of
from storage.models import Rating, Verdict

_STEP = "decide"
_DIGEST_LETTERS = 8


class Question(StrEnum):
    """The questions in their order; the last two are optional and asked from the preview."""

    RATING = "rating"
    CLAIM = "claim"
    EXPLANATION = "explanation"
    SOURCE = "source"
    PREVIEW = "preview"
    UNTIL = "until"
    PICTURE = "picture"

    @property
    def is_extra(self) -> bool:
        """Whether it is asked from the preview, and leads back to it."""
        return self in {Question.UNTIL, Question.PICTURE}

    @property
    def before(self) -> "Question | None":
        """The question before this one; None for the first."""
        if self.is_extra:
            return Question.PREVIEW
        return None if self is _ORDER[0] else _ORDER[_ORDER.index(self) - 1]

    @property
    def after(self) -> "Question":
        """The question after this one; the preview is the last."""
        return Question.PREVIEW if self.is_extra else _ORDER[_ORDER.index(self) + 1]


_ORDER: Sequence[Question] = (
    Question.RATING,
    Question.CLAIM,
    Question.EXPLANATION,
    Question.SOURCE,
    Question.PREVIEW,
)
STEPS = {question: f"{_STEP}.{question.value}" for question in Question}


@dataclass(frozen=True)
class Draft:
    """The verdict on one case so far; stored only in the officer's step."""

    code: str
    rating: Rating | None = None
    claim: str = ""
    explanation: str = ""
    sources: tuple[str, ...] = ()
    valid_until: datetime | None = None
    picture: Media | None = None
    fraud_links: tuple[str, ...] | None = None
    """Keys of the links that are the fraud itself; None as long as the officer has not chosen."""

    @property
    def digest(self) -> str:
        """A hash of the draft: a button of an older preview carries another one and is refused."""
        return hashlib.sha256(_DRAFT.dump_json(self)).hexdigest()[:_DIGEST_LETTERS]

    def answers(self, question: Question) -> bool:
        """Whether this question has an answer."""
        return bool(getattr(self, _FIELDS.get(question, ""), None))

    def verdict(self, case_id: int, version: int, officer_id: int, at: datetime) -> Verdict:
        """The verdict as a row; every question must have an answer."""
        return Verdict(
            case_id=case_id,
            version=version,
            rating=self.rating or Rating.UNPROVEN,
            claim=self.claim,
            explanation=self.explanation,
            sources=list(self.sources),
            picture=pack_picture(self.picture),
            valid_until=self.valid_until,
            decided_by=officer_id,
            decided_at=at,
        )


_FIELDS: Mapping[Question, str] = MappingProxyType(
    {
        Question.RATING: "rating",
        Question.CLAIM: "claim",
        Question.EXPLANATION: "explanation",
        Question.SOURCE: "sources",
        Question.UNTIL: "valid_until",
        Question.PICTURE: "picture",
    }
)
_DRAFT = TypeAdapter(Draft)


def draft_of(verdict: Verdict, code: str) -> Draft:
    """An earlier verdict as a draft, without its end of validity."""
    return Draft(
        code=code,
        rating=verdict.rating,
        claim=verdict.claim,
        explanation=verdict.explanation,
        sources=tuple(verdict.sources),
        picture=picture_of(verdict),
    )


def pack(draft: Draft) -> dict[str, Any]:
    """The draft as JSON."""
    packed: dict[str, Any] = _DRAFT.dump_python(draft, mode="json")
    return packed


def unpack(packed: Mapping[str, Any]) -> Draft:
    """The draft that was packed."""
    return _DRAFT.validate_python(packed)


async def save_step(context: Context, draft: Draft, question: Question) -> None:
    """Stores the draft in the chat's step, at this question."""
    await context.set_state(STEPS[question], **pack(draft))


def draft_of_step(context: Context) -> tuple[Draft, Question]:
    """The draft and question stored in the chat's step."""
    return unpack(context.data), Question(context.step.partition(".")[2])


def draft_of_press(context: Context) -> tuple[Draft, Question]:
    """The draft and question of the chat's step, if the pressed button belongs to its case.

    Raises:
        UserError: no verdict is being written, or one on another case.
    """
    require(context.step.startswith(f"{_STEP}."), "decide-stale")
    draft, question = draft_of_step(context)
    require(context.args[:1] == (draft.code,), "decide-stale")
    return draft, question
