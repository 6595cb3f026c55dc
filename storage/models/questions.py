"""Questions of members to the officers, and public answers."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from storage.models.columns import choice, moment, reference, sealed


class QuestionState(StrEnum):
    """State of a question; `storage.questions` has the transitions."""

    NEW = "new"
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "closed"
    """Closed without an answer."""


class PublicAnswer(SQLModel, table=True):
    """One question and answer under an announcement, written by officers, without personal data."""

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = reference("announcement.id")
    question: str
    answer: str
    officer_id: int | None = reference("member.id", optional=True)
    """The officer who published it, never shown to members. None once their data is erased."""
    published_at: datetime = moment()


class Question(SQLModel, table=True):
    """One question of a member; officers see its text and day, not the member."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = reference("member.id")
    announcement_id: int | None = reference("announcement.id", optional=True)
    """The announcement it is about; None: the club in general."""
    text_sealed: bytes = sealed()
    state: QuestionState = choice(QuestionState, index=True)
    asked_at: datetime = moment(index=True)
    officer_id: int | None = reference("member.id", optional=True)
    """The assigned officer, or the one who answered."""
    answer_sealed: bytes | None = sealed(optional=True)
    ended_at: datetime | None = moment(optional=True)
    """When it was answered or closed."""
    public_answer_id: int | None = reference("publicanswer.id", optional=True)
    """The public answer that was made from it."""
