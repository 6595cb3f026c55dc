"""Requests about personal data that an owner answers, and erasures in progress."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from storage.models.columns import choice, moment, reference, sealed


class RequestKind(StrEnum):
    """What a data request asks for."""

    CORRECTION = "correction"
    """Stored data is wrong and should be corrected (rectification)."""
    OBJECTION = "objection"
    """The member objects to a use of their data."""
    RESTRICTION = "restriction"
    """A use of the data should pause (restriction of processing)."""


class DataRequest(SQLModel, table=True):
    """A member's request about their data that the bot cannot fulfil by itself."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = reference("member.id")
    kind: RequestKind = choice(RequestKind)
    text_sealed: bytes = sealed()
    """The member's text, shown to owners."""
    asked_at: datetime = moment()
    respond_by: datetime = moment()
    """When the first response is due, as the member was told."""
    finish_by: datetime = moment()
    """When the answer is due, as the member was told."""
    received_at: datetime | None = moment(optional=True)
    """When an owner acknowledged it."""
    answered_at: datetime | None = moment(optional=True, index=True)
    answer_sealed: bytes | None = sealed(optional=True)
    officer_id: int | None = reference("member.id", optional=True)
    """The owner who answered it."""


class Erasure(SQLModel, table=True):
    """An erasure whose deleted rows are still to be wiped from the database files."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int | None = None
    """The id of the emptied member row; None when that row is deleted already."""
    asked_at: datetime = moment()
