"""Tables of the similar-posts index."""

from sqlmodel import Field, Index, LargeBinary, SQLModel

from storage.models.columns import sealed


class IndexedPost(SQLModel, table=True):
    """The searchable form of one post; deleted together with the content of the post.

    The inverted index itself is the table `postterms`, which is outside the models
    (`storage.cases.search.inverted_index`).
    """

    __table_args__ = (Index("ix_indexedpost_plain", "plain"),)

    post_id: int = Field(foreign_key="casepost.id", primary_key=True)
    plain: bytes | None = Field(default=None, sa_type=LargeBinary)
    """Keyed hash of the text without diacritics; None for a post without text of its own."""
    length: int = Field(default=0)
    """Number of words, for the score of a search (`storage.cases.search.bm25`)."""
    words_sealed: bytes = sealed()
    """The text that `plain` is a hash of, and the normalized text that new posts are compared with."""
    picture_hash: str | None = Field(default=None, max_length=512)
    """Perceptual hashes of its pictures, one after the other
    (`handlers.recognition.pictures.perceptual_hash.perceptual_hash`)."""


class FoldingRules(SQLModel, table=True):
    """The version of the normalization rules that the index was built by; one row."""

    id: int = Field(default=1, primary_key=True)
    version: int
