"""Flagged posts: the case they join, who gets an answer, and the verdict."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import JSON, Field, SQLModel

from storage.models.columns import choice, keyed_hash, moment, reference, sealed


class Category(StrEnum):
    """Checkable facts only; opinion is out of scope (refusal 4)."""

    SCAM = "scam"
    IMPERSONATION = "impersonation"
    FALSE_DETAILS = "false_details"
    """A false date, place or procedure."""
    DOCTORED_PICTURE = "doctored_picture"
    RUMOUR = "rumour"
    """A rumour about health or a disaster."""


class CaseState(StrEnum):
    NEW = "new"
    IN_REVIEW = "in_review"
    DECIDED = "decided"
    OUT_OF_SCOPE = "out_of_scope"


class Case(SQLModel, table=True):
    """One suspicious post and everyone's flags of it; nothing of its author (refusal 5)."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=16)
    """What members and officers call it."""
    state: CaseState = choice(CaseState, index=True)
    category: Category = choice(Category)
    content_sealed: bytes | None = sealed(optional=True)
    """The post as it was sent in; None once it is out of scope or its time is over."""
    url_key: str | None = Field(default=None, unique=True, max_length=512)
    fingerprint: str | None = Field(default=None, unique=True, max_length=64)
    """Of the folded text; decides *the same words*."""
    media_key: str | None = Field(default=None, unique=True, max_length=128)
    """The messenger's unique id of the picture or file."""
    flags: int = 0
    opened_on: date
    """The day in the club's time zone, not the minute (refusal 6)."""
    officer_id: int | None = reference("member.id", optional=True)
    """Who is on it."""
    taken_at: datetime | None = moment(optional=True)
    closed_at: datetime | None = moment(optional=True)


class Flag(SQLModel, table=True):
    """One member sent in one post. Kept only to answer them; no officer ever sees it."""

    __table_args__ = (UniqueConstraint("case_id", "member_id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id")
    member_id: int = reference("member.id")
    category: Category = choice(Category)
    wants_answer: bool = True
    """Cleared when the member stops everything."""
    told_version: int = 0
    """The newest version of the verdict this member has been sent."""
    flagged_on: date


class FlagAllowance(SQLModel, table=True):
    """How many posts a member sent in this clock hour; the row goes with the hour.

    Found by a keyed hash, so that it says neither who nor, to the minute, when (refusal 6).
    """

    lookup: bytes = keyed_hash(primary_key=True)
    used: int
    hour_ends_at: datetime = moment(index=True)


class Rating(StrEnum):
    FALSE = "false"
    MISLEADING = "misleading"
    SCAM = "scam"
    TRUE = "true"
    UNPROVEN = "unproven"
    SATIRE = "satire"


class Verdict(SQLModel, table=True):
    """What the officers found, with its reason and a public source (refusal 7)."""

    __table_args__ = (UniqueConstraint("case_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id")
    version: int
    rating: Rating = choice(Rating)
    claim: str
    """What is claimed, in the officer's own words."""
    explanation: str
    sources: list[str] = Field(sa_type=JSON)
    """Public addresses, https."""
    decided_by: int | None = reference("member.id", optional=True)
    """None once the officer has had their data erased."""
    decided_at: datetime = moment(index=True)
