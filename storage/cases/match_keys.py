"""By what a post is known again: keyed hashes, with what they are of sealed beside them.

A keyed hash cannot be made anew from another one: a change of key opens what is sealed and hashes it
under the newest key. Both stay as long as the verdict, longer than the post's content.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import LargeBinary, func, update
from sqlmodel import col, select

from storage.database import sealing
from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.database.vault import SealBroken
from storage.models import CasePost

_KEYS = "casepost.keys"
_KINDS = ("post address", "post words", "post picture")
_COLUMNS = (CasePost.url_lookup, CasePost.words_lookup, CasePost.media_lookup)
_NAMES = ("url_lookup", "words_lookup", "media_lookup")


@dataclass(frozen=True)
class Keys:
    """What a post is known by; two posts that share one of them are the same post."""

    url_key: str | None
    fingerprint: str | None
    media_key: str | None

    @property
    def are_none(self) -> bool:
        """Whether nothing finds the post."""
        return self == UNKNOWN


UNKNOWN = Keys(None, None, None)
"""Of a post that is to be found by nothing."""
NOTHING_KEPT: dict[str, None] = dict.fromkeys(("keys_sealed", *_NAMES))
"""What stands in the columns of such a post."""


def stored(tx: Tx, number: int, keys: Keys) -> dict[str, bytes | None]:
    """What is kept of the keys of this post, by column, under the newest key of the club."""
    if keys.are_none:
        return {**NOTHING_KEPT}
    sealed = sealing.seal(tx, _KEYS, json.dumps(astuple(keys)), {"id": number})
    return {"keys_sealed": sealed, **hashed(tx, keys)}


def hashed(tx: Tx, keys: Keys) -> dict[str, bytes | None]:
    """The keyed hashes alone: a post that has no number yet is written with them."""
    return dict(zip(_NAMES, _hashes(tx, keys), strict=True))


def opened(tx: Tx, sealed: bytes | None, number: int) -> Keys:
    """The keys that `kept` sealed for this post."""
    return (
        Keys(*json.loads(sealing.opened(tx, _KEYS, sealed, {"id": number}))) if sealed else UNKNOWN
    )


def of_post(tx: Tx, post: CasePost) -> Keys:
    """What a post is known by."""
    return opened(tx, post.keys_sealed, id_of(post))


def conditions(tx: Tx, keys: Keys) -> Iterator[Any]:
    """Which post is known by the address, by the picture, by the words, in this order."""
    for place in (0, 2, 1):
        if (value := astuple(keys)[place]) is not None:
            yield col(_COLUMNS[place]).in_(tx.vault.lookups(_KINDS[place], value))


async def untaken(tx: Tx, keys: Keys) -> Keys:
    """Those of these keys that belong to no post yet."""
    values: list[str | None] = []
    for column, kind, value in zip(_COLUMNS, _KINDS, astuple(keys), strict=True):
        hashes = tx.vault.lookups(kind, value) if value else ()
        query = select(CasePost.id).where(col(column).in_(hashes)).limit(1)
        is_taken = bool(hashes) and (await tx.session.exec(query)).first() is not None
        values.append(None if is_taken else value)
    return Keys(*values)


async def for_new_post(tx: Tx, keys: Keys) -> Keys | None:
    """Those of these keys that a new post can have; None when a stored post is this very one.

    A known picture with other words under it is a new post: only the words are its key then.
    """
    free = await untaken(tx, keys)
    is_taken = free.fingerprint is None if keys.fingerprint else free != keys
    return None if is_taken else free


async def replace(tx: Tx, post: CasePost, keys: Keys) -> None:
    """From now on the post is known by these keys."""
    for column, value in stored(tx, id_of(post), keys).items():
        setattr(post, column, value)
    await tx.session.flush()


async def rekey(tx: Tx, *, after: int, many: int) -> int | None:
    """Puts a batch behind the post `after` under the newest key; the last of it, None when done.

    A process that heard of the key a moment later may have taken a post for a new one, since it could
    not read the hashes of the others: such a post is known by nothing from then on, the first one is.
    """
    begin = func.substr(CasePost.keys_sealed, 1, len(tx.vault.sealing_id), type_=LargeBinary)
    query = select(CasePost.id, CasePost.keys_sealed).where(
        col(CasePost.id) > after, begin != tx.vault.sealing_id
    )
    rows = (await tx.session.exec(query.order_by(col(CasePost.id)).limit(many))).all()
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
        change = update(CasePost).where(col(CasePost.id) == number)
        await tx.execute(change.values(stored(tx, number, own_keys)))
    return rows[-1][0] if rows else None


async def _holders(tx: Tx, keys: Iterable[Keys]) -> dict[bytes, int]:
    """Which posts have hashes of these keys under the newest key already."""
    columns = zip(*(_hashes(tx, one) for one in keys), strict=True)
    holders: dict[bytes, int] = {}
    for column, hashes in zip(_COLUMNS, columns, strict=False):
        wanted = col(column).in_([one for one in hashes if one])
        rows = (await tx.session.exec(select(column, CasePost.id).where(wanted))).all()
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
