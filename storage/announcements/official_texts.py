"""The index of official texts: what the club has sent, found by words, code, file or picture.

A row is added in the transaction that sends a text. Drafts, waiting and withdrawn versions are never in
it. Whether a text is still current is read from its announcement or case at each search, so a
correction, a recall or a new verdict takes effect at once.

The words of a text are stored sealed, and its terms as keyed hashes, so that a stolen database does not
reveal announcements that were sent to few. See
docs/decisions/0035-genuine-outdated-changed-quoted.md.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, and_, delete, exists, func, or_
from sqlmodel import col, select

from storage.announcements.references import Reference
from storage.database import ALPHABET, Tx, Vault, as_code, id_of, insert
from storage.database.due import Due, if_any
from storage.database.sealing import opened, seal
from storage.models import (
    Announcement,
    AnnouncementState,
    Case,
    Delivery,
    DeliveryState,
    Mailing,
    OfficialKind,
    OfficialPicture,
    OfficialTerm,
    OfficialText,
)

CODE_LENGTH = 10
CANDIDATES = 6
"""Maximum number of texts that are compared in full."""
_TERMS_SEARCHED = 96
"""Maximum number of terms of a text that are searched for, taken evenly from all of it."""
_NEIGHBOURS = 3
_CONTENT = "officialtext.content"
_CODE, _TERM, _MEDIA = "official code", "official term", "official media"
_MAY_HAVE_ARRIVED = (DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNCERTAIN)
"""A member may ask about a copy before its delivery is recorded."""
_POSITIVE_63_BITS = (1 << 63) - 1
_OF_ANNOUNCEMENT = (col(Announcement.state), col(Announcement.version), col(Announcement.number))


@dataclass(frozen=True)
class NewText:
    """An official text that is being sent."""

    kind: OfficialKind
    version: int
    language: str
    wording: str
    """In the form that `handlers.authenticity` packs it in."""
    words: str
    """The words it is searched by: normalized, separated by one space."""
    is_public: bool
    announcement_id: int | None = None
    case_id: int | None = None
    media: str = ""
    """The messenger's unique id of its picture or file."""
    card_shapes: Sequence[str] = ()
    """The shapes of the picture cards that it can be shared as."""


@dataclass(frozen=True)
class KnownText:
    """A stored official text, and whether it is current."""

    id: int
    kind: OfficialKind
    announcement: Reference | None
    """None for a verdict."""
    case_id: int | None
    version: int
    language: str
    is_public: bool
    went_out_at: datetime
    code: str
    wording: str
    is_recalled: bool
    """Its announcement was recalled."""
    current_version: int
    """The current version; a case with a verdict is never merged."""

    @property
    def is_current(self) -> bool:
        """Whether no later version, recall or verdict has taken its place."""
        if self.kind is OfficialKind.RECALL:
            return True
        return not self.is_recalled and self.version == self.current_version


async def add(tx: Tx, new: NewText) -> str:
    """Adds a text; returns its code. The same version in the same language is added only once."""
    if code := await code_of(tx, _same(new)):
        return code
    code = _new_code(tx.vault, new)
    row = OfficialText(
        kind=new.kind,
        announcement_id=new.announcement_id,
        case_id=new.case_id,
        version=new.version,
        language=new.language,
        is_public=new.is_public,
        went_out_at=tx.clock.now(),
        content_sealed=b"",
        code_lookup=tx.vault.lookup(_CODE, code),
        media_lookup=tx.vault.lookup(_MEDIA, new.media) if new.media else None,
    )
    tx.session.add(row)
    await tx.session.flush()
    _seal(tx, row, (code, new.media, new.words, new.wording))
    await tx.session.flush()
    await _index(tx, id_of(row), new.words)
    for shape in new.card_shapes:
        tx.session.add(OfficialPicture(text_id=id_of(row), shape=shape))
    await tx.session.flush()
    return code


def of_announcement(announcement_id: int, version: int, language: str) -> ColumnElement[bool]:
    """The condition for one version of an announcement in one language."""
    return and_(
        col(OfficialText.announcement_id) == announcement_id,
        col(OfficialText.kind) == OfficialKind.ANNOUNCEMENT,
        col(OfficialText.version) == version,
        col(OfficialText.language) == language,
    )


def of_verdict(case_id: int, version: int, language: str) -> ColumnElement[bool]:
    """The condition for one version of a verdict in one language."""
    return and_(
        col(OfficialText.case_id) == case_id,
        col(OfficialText.version) == version,
        col(OfficialText.language) == language,
    )


async def code_of_current(tx: Tx, announcement_id: int, language: str) -> str:
    """The code of the current version of an announcement; empty if it was not sent."""
    announcement = await tx.session.get(Announcement, announcement_id)
    version = announcement.version if announcement else 0
    return await code_of(tx, of_announcement(announcement_id, version, language))


async def code_of(tx: Tx, condition: ColumnElement[bool]) -> str:
    """The code of the text that `of_announcement` or `of_verdict` names; empty if it was not sent."""
    row = await tx.first(select(OfficialText).where(condition))
    return _open(tx, row)[0] if row else ""


async def numbered(tx: Tx, text_id: int) -> KnownText | None:
    """The text with this id, whoever may read it."""
    found = await _known(tx, [text_id], None)
    return found[0] if found else None


async def with_code(tx: Tx, code: str, member_id: int | None) -> KnownText | None:
    """The text of this code, if this member or (None) a stranger may have it confirmed."""
    lookups = tx.vault.lookups(_CODE, as_code(code))
    query = select(OfficialText.id).where(
        col(OfficialText.code_lookup).in_(lookups), _may_read(member_id)
    )
    rows = await tx.all(query)
    found = await _known(tx, rows, None)
    return found[0] if found else None


async def with_media(tx: Tx, media: Iterable[str], member_id: int | None) -> list[KnownText]:
    """The texts with one of these files, the newest first."""
    lookups = [one for file in media if file for one in tx.vault.lookups(_MEDIA, file)]
    if not lookups:
        return []
    query = select(OfficialText.id).where(col(OfficialText.media_lookup).in_(lookups))
    newest = query.where(_may_read(member_id)).order_by(col(OfficialText.id).desc())
    rows = await tx.all(newest.limit(CANDIDATES))
    return await _known(tx, rows, None)


async def candidates(tx: Tx, words: str, member_id: int | None) -> list[KnownText]:
    """The texts that this one may be a copy of: those with most terms in common, then the newest."""
    terms = _searched(tx.vault, words)
    if not terms:
        return []
    query = (
        select(OfficialTerm.text_id)
        .join(OfficialText, col(OfficialText.id) == OfficialTerm.text_id)
        .where(col(OfficialTerm.term).in_(terms), _may_read(member_id))
        .group_by(col(OfficialTerm.text_id))
        .order_by(func.count().desc(), col(OfficialTerm.text_id).desc())
        .limit(CANDIDATES)
    )
    text_ids = await tx.all(query)
    return await _known(tx, text_ids, None)


async def with_ids(tx: Tx, ids: Sequence[int], member_id: int | None) -> list[KnownText]:
    """The texts with these ids that this person may have confirmed, in this order."""
    return await _known(tx, ids, _may_read(member_id)) if ids else []


async def about(tx: Tx, announcement_id: int) -> list[KnownText]:
    """Every version of an announcement and every notice about it, in every language, the newest first."""
    query = select(OfficialText.id).where(col(OfficialText.announcement_id) == announcement_id)
    rows = await tx.all(query)
    return await _known(tx, sorted(filter(None, rows), reverse=True), None)


async def card_hashes_of(tx: Tx, ids: Sequence[int]) -> list[tuple[int, str]]:
    """As `card_hashes`, of the texts with these ids."""
    query = select(OfficialPicture.text_id, OfficialPicture.card_hash).where(
        col(OfficialPicture.text_id).in_(ids), col(OfficialPicture.card_hash).is_not(None)
    )
    return [(text_id, card_hash) for text_id, card_hash in await tx.all(query) if card_hash]


async def card_hashes(tx: Tx, member_id: int | None) -> list[tuple[int, str]]:
    """The id of each text with a drawn card, and the perceptual hash of the card."""
    query = (
        select(OfficialPicture.text_id, OfficialPicture.card_hash)
        .join(OfficialText, col(OfficialText.id) == OfficialPicture.text_id)
        .where(col(OfficialPicture.card_hash).is_not(None), _may_read(member_id))
        .order_by(col(OfficialPicture.text_id).desc())
    )
    return [(text_id, card_hash) for text_id, card_hash in await tx.all(query) if card_hash]


def first_undrawn() -> Due:
    """At once, if a card is still to be drawn."""
    return [if_any(exists().where(col(OfficialPicture.is_due).is_(True)))]


async def undrawn_picture(tx: Tx) -> tuple[KnownText, str] | None:
    """The oldest card that is still to be drawn, and its shape."""
    query = select(OfficialPicture.text_id, OfficialPicture.shape).where(
        col(OfficialPicture.is_due).is_(True)
    )
    order = col(OfficialPicture.text_id), col(OfficialPicture.shape)
    row = await tx.first(query.order_by(*order).limit(1))
    if row is None:
        return None
    known = await numbered(tx, row[0])
    return (known, row[1]) if known else None


async def store_card_hash(tx: Tx, text_id: int, shape: str, card_hash: str | None) -> None:
    """Stores the perceptual hash of a card; None if it cannot be drawn."""
    picture = await tx.session.get(OfficialPicture, (text_id, shape))
    if picture is not None:
        picture.card_hash, picture.is_due = card_hash, False
        await tx.session.flush()


async def got_copy(tx: Tx, text: KnownText, member_id: int) -> bool:
    """Whether this member got a copy of the announcement that a text belongs to."""
    query = select(OfficialText.id).where(col(OfficialText.id) == text.id, _has_copy(member_id))
    return await tx.first(query) is not None


async def after(tx: Tx, text_id: int, *, many: int) -> list[KnownText]:
    """Up to `many` texts after this id, in the order of their ids."""
    query = select(OfficialText.id).where(col(OfficialText.id) > text_id)
    ids = await tx.all(query.order_by(col(OfficialText.id)).limit(many))
    return await _known(tx, ids, None)


async def reindex(tx: Tx, text_id: int, words: str) -> None:
    """Indexes a text again by these words, after the rules of normalisation have changed."""
    row = await tx.session.get_one(OfficialText, text_id)
    code, media, before, wording = _open(tx, row)
    if words != before:
        _seal(tx, row, (code, media, words, wording))
    await _index_again(tx, text_id, words)


async def rekey(tx: Tx, *, after: int, many: int) -> int | None:
    """Rotates up to `many` texts after this id; returns the last id, None when there is none."""
    old = func.substr(OfficialText.content_sealed, 1, len(tx.vault.sealing_id), type_=LargeBinary)
    query = select(OfficialText).where(col(OfficialText.id) > after, old != tx.vault.sealing_id)
    rows = await tx.all(query.order_by(col(OfficialText.id)).limit(many))
    for row in rows:
        code, media, words, wording = _open(tx, row)
        _seal(tx, row, (code, media, words, wording))
        row.code_lookup = tx.vault.lookup(_CODE, code)
        row.media_lookup = tx.vault.lookup(_MEDIA, media) if media else None
        await _index_again(tx, id_of(row), words)
    await tx.session.flush()
    return rows[-1].id if rows else None


def _new_code(vault: Vault, new: NewText) -> str:
    """A code that nobody can guess without the key.

    It is not random: a handler that waits for a worker to draw the code runs twice, and must get the
    same code both times.
    """
    subject = str(new.announcement_id or new.case_id)
    hashed = vault.lookup("code of", new.kind.value, subject, str(new.version), new.language)
    number, letters = int.from_bytes(hashed), []
    for _ in range(CODE_LENGTH):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    return "".join(letters)


def _same(new: NewText) -> ColumnElement[bool]:
    return and_(
        col(OfficialText.announcement_id).is_not_distinct_from(new.announcement_id),
        col(OfficialText.case_id).is_not_distinct_from(new.case_id),
        col(OfficialText.kind) == new.kind,
        col(OfficialText.version) == new.version,
        col(OfficialText.language) == new.language,
    )


def _may_read(member_id: int | None) -> ColumnElement[bool]:
    """Whether a text may be confirmed to this member, or to a stranger (None)."""
    is_public = col(OfficialText.is_public).is_(True)
    return is_public if member_id is None else or_(is_public, _has_copy(member_id))


def _has_copy(member_id: int) -> ColumnElement[bool]:
    arrived = and_(
        col(Mailing.announcement_id) == OfficialText.announcement_id,
        col(Delivery.mailing_id) == Mailing.id,
        col(Delivery.member_id) == member_id,
        col(Delivery.state).in_(_MAY_HAVE_ARRIVED),
    )
    return exists().where(arrived).correlate(OfficialText)


async def _known(
    tx: Tx, ids: Sequence[int | None], condition: ColumnElement[bool] | None
) -> list[KnownText]:
    """The texts with these ids, in this order."""
    if not ids:
        return []
    query: Any = (
        select(OfficialText, col(Case.verdict_version))
        .add_columns(*_OF_ANNOUNCEMENT)
        .join(Announcement, col(Announcement.id) == OfficialText.announcement_id, isouter=True)
        .join(Case, col(Case.id) == OfficialText.case_id, isouter=True)
        .where(col(OfficialText.id).in_(list(ids)))
    )
    if condition is not None:
        query = query.where(condition)
    rows = {row[0].id: row for row in await tx.all(query)}
    return [_as_known(tx, rows[one][0], rows[one][1], rows[one][2:]) for one in ids if one in rows]


def _as_known(
    tx: Tx,
    row: OfficialText,
    verdict_version: int | None,
    of_announcement: Sequence[Any],
) -> KnownText:
    code, _, _, wording = _open(tx, row)
    about, (state, version, number) = row.announcement_id, of_announcement
    return KnownText(
        id=id_of(row),
        kind=row.kind,
        announcement=Reference(about, number) if about is not None else None,
        case_id=row.case_id,
        version=row.version,
        language=row.language,
        is_public=row.is_public,
        went_out_at=row.went_out_at,
        code=code,
        wording=wording,
        is_recalled=state == AnnouncementState.RECALLED,
        current_version=(version if about else verdict_version) or 0,
    )


def _open(tx: Tx, row: OfficialText) -> tuple[str, str, str, str]:
    code, media, words, wording = json.loads(opened(tx, _CONTENT, row.content_sealed, row))
    return code, media, words, wording


def _seal(tx: Tx, row: OfficialText, content: tuple[str, str, str, str]) -> None:
    """Seals code, media, words and wording in a row, as `_open` returns them."""
    row.content_sealed = seal(tx, _CONTENT, json.dumps(content), row)


async def _index_again(tx: Tx, text_id: int, words: str) -> None:
    await tx.session.exec(delete(OfficialTerm).where(col(OfficialTerm.text_id) == text_id))
    await _index(tx, text_id, words)


async def _index(tx: Tx, text_id: int, words: str) -> None:
    terms = sorted({_number(tx.vault.lookup(_TERM, term)) for term in _terms(words)})
    if terms:
        rows = [{"term": term, "text_id": text_id} for term in terms]
        await tx.execute(insert(tx, OfficialTerm).on_conflict_do_nothing(), rows)


def _terms(words: str) -> list[str]:
    """Every three neighbouring words (word trigrams); of a shorter text, all of it."""
    listed = words.split()
    starts = range(max(len(listed) - _NEIGHBOURS + 1, min(len(listed), 1)))
    return [" ".join(listed[at : at + _NEIGHBOURS]) for at in starts]


def _searched(vault: Vault, words: str) -> list[int]:
    terms = list(dict.fromkeys(_terms(words)))
    step = max(len(terms) / _TERMS_SEARCHED, 1.0)
    taken = [terms[int(at * step)] for at in range(min(len(terms), _TERMS_SEARCHED))]
    return [_number(one) for term in taken for one in vault.lookups(_TERM, term)]


def _number(hashed: bytes) -> int:
    return int.from_bytes(hashed[:8]) & _POSITIVE_63_BITS
