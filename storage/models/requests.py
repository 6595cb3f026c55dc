"""What members ask about their own data: requests that need a person, and erasures under way."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from storage.models.columns import choice, moment, reference, sealed


class RequestKind(StrEnum):
    CORRECTION = "correction"
    """Something that is kept of them is wrong."""
    OBJECTION = "objection"
    """They do not want something to be done with what is kept of them."""


class DataRequest(SQLModel, table=True):
    """What a member asks about their data and the bot cannot do by itself."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = reference("member.id")
    kind: RequestKind = choice(RequestKind)
    text_sealed: bytes = sealed()
    """In the member's words; for the owners."""
    asked_at: datetime = moment()
    received_at: datetime | None = moment(optional=True)
    """When an owner said that it is being worked on."""
    answered_at: datetime | None = moment(optional=True, index=True)
    answer_sealed: bytes | None = sealed(optional=True)
    officer_id: int | None = reference("member.id", optional=True)
    """Who answered it."""


class Erasure(SQLModel, table=True):
    """An erasure whose last traces are still to be wiped out of the database's files."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int | None = None
    """The number of the emptied row; None when that row is gone already."""
    asked_at: datetime = moment()
