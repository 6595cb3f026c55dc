"""Suspensions, appeals, role offers, and codes and changes of a member's chats."""

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, text

from storage.models.columns import keyed_hash, moment, reference, sealed

_STANDING = text("lifted_at IS NULL")
_OPEN = text("decided_at IS NULL")


class Suspension(SQLModel, table=True):
    """A suspension of a member; at most one is active for each member.

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
    """The officer's reason, shown to the member."""
    suspended_by: int | None = reference("member.id", optional=True)
    """None once the officer has had their data erased."""
    suspended_at: datetime = moment()
    lifted_at: datetime | None = moment(optional=True, index=True)


class Appeal(SQLModel, table=True):
    """An appeal against a suspension and its decision by another officer; at most one is open."""

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
    """Whether the suspension was lifted; None while the appeal is open."""
    answer_sealed: bytes | None = sealed(optional=True)
    """The reason of the decision, shown to the member; None when none was required."""


class RoleOffer(SQLModel, table=True):
    """An owner's offer of the officer role; it takes effect when the member accepts."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = reference("member.id", unique=True)
    """One offer for each member; a newer one replaces it."""
    offered_by: int = reference("member.id")
    expires_at: datetime = moment(index=True)


class ChatChange(SQLModel, table=True):
    """A chat change by a code: it waits for confirmation or, once done, can be undone."""

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = reference("contact.id")
    """The chat in which the code was made."""
    adds: bool = False
    """As `MoveCode.adds`."""
    is_done: bool = False
    """The transfer was done; False while it waits for confirmation."""
    messenger: str = Field(max_length=16)
    chat_sealed: bytes = sealed()
    """The new chat that waits or, once done, the replaced chat."""
    added_at: datetime | None = moment(optional=True)
    """`Contact.added_at` of the replaced chat."""
    last_interaction_sealed: bytes | None = sealed(optional=True)
    """`Contact.last_interaction_sealed` of the replaced chat."""
    expires_at: datetime = moment(index=True)


class MoveCode(SQLModel, table=True):
    """One-time code that transfers a member's record to another chat; only its keyed hash is stored."""

    code_lookup: bytes = keyed_hash(primary_key=True)
    contact_id: int = reference("contact.id", unique=True)
    """The chat in which it was made; it is replaced unless `adds`."""
    adds: bool = False
    """The new chat is added to the old one (`/chunghoso`) instead of replacing it."""
    expires_at: datetime = moment(index=True)
