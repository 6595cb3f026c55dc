"""By what the posts of cases are found again when they are sent in not quite the same."""

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field, SQLModel

from storage.models.columns import sealed


class IndexedPost(SQLModel, table=True):
    """What one post reads like. Goes with the content of the post.

    The inverted index itself is `postterms`, which only the migration and `storage.cases.search.inverted_index` know.
    """

    __table_args__ = (Index("ix_indexedpost_plain", "plain"),)

    post_id: int = Field(foreign_key="casepost.id", primary_key=True)
    plain: bytes | None = Field(default=None, sa_type=LargeBinary)
    """A keyed hash of what it reads like without diacritics; None where it has no words of its own."""
    words_sealed: bytes = sealed()
    """What `plain` is of, and the folded text, which the next one is compared with."""
    picture_hash: str | None = Field(default=None, max_length=32)
    """Perceptual hash of its picture (`handlers.recognition.perceptual_hash.perceptual_hash`)."""


class FoldingRules(SQLModel, table=True):
    """Which rules the index was folded by; one row."""

    id: int = Field(default=1, primary_key=True)
    version: int
