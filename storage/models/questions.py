"""What members ask the officers, and the answers that everybody may read."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from storage.models.columns import choice, moment, reference, sealed


class QuestionState(StrEnum):
    NEW = "new"
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "closed"
    """It needed no answer."""


class PublicAnswer(SQLModel, table=True):
    """One question and answer under an announcement, in officers' words and about nobody."""

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = reference("announcement.id")
    question: str
    answer: str
    officer_id: int | None = reference("member.id", optional=True)
    """Who published it; no member ever sees that. None once their data is erased."""
    published_at: datetime = moment()


class Question(SQLModel, table=True):
    """What one member asked; officers see the words and the day, not who asked."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = reference("member.id")
    announcement_id: int | None = reference("announcement.id", optional=True)
    """What it is about; None: the club in general."""
    text_sealed: bytes = sealed()
    state: QuestionState = choice(QuestionState, index=True)
    asked_at: datetime = moment(index=True)
    officer_id: int | None = reference("member.id", optional=True)
    """Who is on it, or who answered."""
    answer_sealed: bytes | None = sealed(optional=True)
    ended_at: datetime | None = moment(optional=True)
    """When it was answered or closed."""
    public_answer_id: int | None = reference("publicanswer.id", optional=True)
    """What came of it under the announcement."""
