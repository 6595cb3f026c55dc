"""Official texts: everything the club has sent, stored to recognise copies of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.columns import choice, keyed_hash, moment, reference, sealed


class OfficialKind(StrEnum):
    """What an official text is."""

    ANNOUNCEMENT = "announcement"
    CORRECTION = "correction"
    """The notice that an announcement was corrected."""
    RECALL = "recall"
    """The notice that an announcement was recalled."""
    VERDICT = "verdict"


class OfficialText(SQLModel, table=True):
    """One version in one language of an announcement, a notice about it, or a verdict, once it went out.

    Whether it is still current is not stored, but read from the announcement or the case.
    """

    __table_args__ = (
        UniqueConstraint("announcement_id", "kind", "version", "language"),
        UniqueConstraint("case_id", "version", "language"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: OfficialKind = choice(OfficialKind)
    announcement_id: int | None = reference("announcement.id", optional=True, index=False)
    """None for a verdict."""
    case_id: int | None = reference("case.id", optional=True, index=False)
    """The case of a verdict."""
    version: int
    """The number of the announcement's or the verdict's version."""
    language: str = Field(max_length=8)
    is_public: bool
    """Whether it was offered for sharing: confirmed to everybody, else to whoever got a copy."""
    went_out_at: datetime = moment()
    content_sealed: bytes = sealed()
    """Its code, the words it is searched by, and its wording as `handlers.authenticity` packs it."""
    code_lookup: bytes = keyed_hash(unique=True)
    """Of its code, which is on its cards and in its share kit."""
    media_lookup: bytes | None = keyed_hash(index=True, default=None, nullable=True)
    """Of the messenger's unique id of its picture or file; None without one."""


class OfficialTerm(SQLModel, table=True):
    """Three neighbouring words of an official text, as a keyed hash of 63 bits."""

    term: int = Field(primary_key=True, sa_type=BigInteger)
    text_id: int = Field(primary_key=True, foreign_key="officialtext.id", index=True)


class OfficialPicture(SQLModel, table=True):
    """One picture card of an official text, as a perceptual hash."""

    text_id: int = Field(primary_key=True, foreign_key="officialtext.id")
    shape: str = Field(primary_key=True, max_length=16)
    card_hash: str | None = Field(default=None, max_length=128)
    """Its `card_hash` (`handlers.recognition.pictures.perceptual_hash`); None until the card is drawn, or for good if
    it cannot be drawn."""
    is_due: bool = Field(default=True, index=True)
    """Whether the card is still to be drawn."""
