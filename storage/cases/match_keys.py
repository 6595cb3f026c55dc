"""Match keys of posts: keyed hashes, with the sealed values that they are hashes of.

Key rotation opens the sealed value and hashes it with the newest key. Both are kept as long as the
verdict, longer than the content of the post.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

from sqlmodel import LargeBinary, col, func, select, update

from storage.database import SealBroken, Tx, id_of, sealing
from storage.models import CasePost

_KEYS = "casepost.keys"
_KINDS = ("post address", "post words", "post picture")
_COLUMNS = (CasePost.url_lookup, CasePost.words_lookup, CasePost.media_lookup)
_NAMES = ("url_lookup", "words_lookup", "media_lookup")


@dataclass(frozen=True)
class Keys:
    """The match keys of a post; two posts that share one are the same post."""

    url_key: str | None
    fingerprint: str | None
    media_key: str | None

    @property
    def are_none(self) -> bool:
        """Whether the post has no match key."""
        return self == UNKNOWN


UNKNOWN = Keys(None, None, None)
"""The keys of a post that no match finds."""
NOTHING_KEPT: dict[str, None] = dict.fromkeys(("keys_sealed", *_NAMES))
"""The columns of such a post."""


def stored(tx: Tx, number: int, keys: Keys) -> dict[str, bytes | None]:
    """Column to value for the keys of this post, under the newest encryption key."""
    if keys.are_none:
        return {**NOTHING_KEPT}
    return {
        "keys_sealed": sealing.seal(tx, _KEYS, json.dumps(astuple(keys)), {"id": number}),
        **hashed(tx, keys),
    }


def hashed(tx: Tx, keys: Keys) -> dict[str, bytes | None]:
    """Column to keyed hash, for inserting a post that has no id yet to seal with."""
    return dict(zip(_NAMES, _hashes(tx, keys), strict=True))


def opened(tx: Tx, sealed: bytes | None, number: int) -> Keys:
    """The keys that `stored` sealed for this post."""
    return (
        Keys(*json.loads(sealing.opened(tx, _KEYS, sealed, {"id": number}))) if sealed else UNKNOWN
    )


def of_post(tx: Tx, post: CasePost) -> Keys:
    """The match keys of a post."""
    return opened(tx, post.keys_sealed, id_of(post))


def conditions(tx: Tx, keys: Keys) -> Iterator[Any]:
    """Conditions that select the post by URL, by picture and by text, in this order."""
    for place in (0, 2, 1):
        if (value := astuple(keys)[place]) is not None:
            yield col(_COLUMNS[place]).in_(tx.vault.lookups(_KINDS[place], value))


async def untaken(tx: Tx, keys: Keys) -> Keys:
    """The keys that belong to no post yet."""
    values: list[str | None] = []
    for column, kind, value in zip(_COLUMNS, _KINDS, astuple(keys), strict=True):
        hashes = tx.vault.lookups(kind, value) if value else ()
        query = select(CasePost.id).where(col(column).in_(hashes)).limit(1)
        is_taken = bool(hashes) and await tx.first(query) is not None
        values.append(None if is_taken else value)
    return Keys(*values)


async def for_new_post(tx: Tx, keys: Keys) -> Keys | None:
    """The keys that a new post can have; None when it is a stored post.

    A known picture with another text is a new post; then only the text is its key.
    """
    free = await untaken(tx, keys)
    is_taken = free.fingerprint is None if keys.fingerprint else free != keys
    return None if is_taken else free


async def replace(tx: Tx, post: CasePost, keys: Keys) -> None:
    """Replaces the match keys of a post."""
    for column, value in stored(tx, id_of(post), keys).items():
        setattr(post, column, value)
    await tx.session.flush()


async def rekey(tx: Tx, *, after: int, many: int) -> int | None:
    """Rotates a batch of posts after the id `after`; returns the last id, None when done.

    A process that had not read the newest key yet may have stored a duplicate of a post, as it could not
    match its hashes; the duplicate loses its keys, the first post keeps them.
    """
    query = select(CasePost.id, CasePost.keys_sealed).where(
        col(CasePost.id) > after,
        func.substr(CasePost.keys_sealed, 1, len(tx.vault.sealing_id), type_=LargeBinary)
        != tx.vault.sealing_id,
    )
    rows = await tx.all(query.order_by(col(CasePost.id)).limit(many))
    keys_by_post = {
        number: keys
        for number, sealed in rows
        if number and (keys := _readable(tx, sealed, number))
    }
    holders = await _holders(tx, keys_by_post.values())
    for number, keys in keys_by_post.items():
        own_keys = Keys(
            *(
                value if one and holders.setdefault(one, number) == number else None
                for value, one in zip(astuple(keys), _hashes(tx, keys), strict=True)
            )
        )
        await tx.execute(
            update(CasePost).where(col(CasePost.id) == number).values(stored(tx, number, own_keys))
        )
    return rows[-1][0] if rows else None


async def _holders(tx: Tx, keys: Iterable[Keys]) -> dict[bytes, int]:
    """The posts that have hashes of these keys under the newest key already."""
    columns = zip(*(_hashes(tx, one) for one in keys), strict=True)
    holders: dict[bytes, int] = {}
    for column, hashes in zip(_COLUMNS, columns, strict=False):
        rows = await tx.all(
            select(column, CasePost.id).where(col(column).in_([one for one in hashes if one]))
        )
        holders.update({one: number for one, number in rows if one and number})
    return holders


def _readable(tx: Tx, sealed: bytes | None, number: int) -> Keys | None:
    try:
        return opened(tx, sealed, number)
    except SealBroken:
        return None  # it is counted among what is left


def _hashes(tx: Tx, keys: Keys) -> list[bytes | None]:
    return [
        tx.vault.lookup(kind, value) if value else None
        for kind, value in zip(_KINDS, astuple(keys), strict=True)
    ]
