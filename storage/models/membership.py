"""What can happen to a membership: suspended, appealed, raised by an offer, taken to a new chat."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.models.columns import keyed_hash, moment, reference, sealed

_STANDING = text("lifted_at IS NULL")
_OPEN = text("decided_at IS NULL")


class Suspension(SQLModel, table=True):
    """A member may not act as one for a time; at most one stands for each member.

    Refusal: no-suspension-without-appeal.
    """

    __table_args__ = (
        Index(
            "ix_suspension_standing",
            "member_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = reference("member.id")
    reason_sealed: bytes = sealed()
    """In the officer's words; the member reads it."""
    suspended_by: int | None = reference("member.id", optional=True)
    """None once the officer has had their data erased."""
    suspended_at: datetime = moment()
    lifted_at: datetime | None = moment(optional=True, index=True)


class Appeal(SQLModel, table=True):
    """The suspended member's answer, and what another officer decided; one open at a time."""

    __table_args__ = (
        Index(
            "ix_appeal_open",
            "suspension_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    suspension_id: int = reference("suspension.id")
    text_sealed: bytes = sealed()
    made_at: datetime = moment()
    decided_at: datetime | None = moment(optional=True)
    decided_by: int | None = reference("member.id", optional=True)
    lifted: bool | None = None
    """What was decided: lifted, or upheld. None while it is open."""
    answer_sealed: bytes | None = sealed(optional=True)
    """The reason of the decision, which the member reads; None where no reason was asked for."""


class RoleOffer(SQLModel, table=True):
    """An owner asks a member to be an officer; nobody becomes one without saying yes."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = reference("member.id", unique=True)
    """One offer at a time: a newer one takes the place of the older."""
    offered_by: int = reference("member.id")
    expires_at: datetime = moment(index=True)


class ChatChange(SQLModel, table=True):
    """A chat that came to a record by a code: it waits for a yes, or what it did can be undone."""

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = reference("contact.id")
    """The chat whose code was shown."""
    adds: bool = False
    """As for the code."""
    is_done: bool = False
    """Of a move that has happened; else the other chat has not said yes yet."""
    messenger: str = Field(max_length=16)
    chat_sealed: bytes = sealed()
    """The chat that waits, or once it is done, the one that was given up."""
    came_at: datetime | None = moment(optional=True)
    """When the chat that was given up had come to the record; as for the contact."""
    expires_at: datetime = moment(index=True)


class MoveCode(SQLModel, table=True):
    """Takes a member's record to another chat, once; its maker saw the code and nobody keeps it."""

    code_lookup: bytes = keyed_hash(primary_key=True)
    contact_id: int = reference("contact.id", unique=True)
    """The chat it was made in, which will be given up unless `adds`."""
    adds: bool = False
    """The new chat stands beside the old one (`/lienket`) instead of taking its place."""
    expires_at: datetime = moment(index=True)
