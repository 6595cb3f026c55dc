"""Extracts share proofs from a message: links to posts, and a screenshot."""

import base64
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from handlers.messages import Incoming
from handlers.recognition import addresses
from handlers.recognition.addresses import Address
from handlers.recognition.pictures.perceptual_hash import ALIKE_BITS, distance
from handlers.recognition.pictures.safe_image import NoPicture
from handlers.recognition.platforms import platform_of
from handlers.views.announcement import Content
from storage.announcements import share_proofs
from storage.announcements.share_proofs import NewProof
from storage.database import Tx
from storage.models import ProofKind


@dataclass(frozen=True)
class Evidence:
    """The proofs in one message."""

    handed: list[NewProof]
    doubtful: list[NewProof]
    """Links that do not look like posts; nothing is fetched to find out."""
    is_part_missing: bool = False
    """Whether it has files that are no proofs beside its pictures: others, or unreadable ones."""


def extract_evidence(incoming: Incoming, content: Content) -> Evidence:
    """The proofs in a message that `content` was shared; its own source is none.

    Raises:
        NoPicture: none of its pictures could be fetched and opened.
    """
    linked = [address for link in incoming.links if (address := addresses.read(link))]
    source = addresses.read(content.source_url) if content.source_url else None
    posts = [one for one in linked if _is_post(one) and (source is None or one.key != source.key)]
    pictures = _pictures(incoming)
    if not pictures and any(file.is_picture for file in incoming.files):
        raise NoPicture
    return Evidence(
        [*_links(posts), *pictures],
        _links([one for one in linked if one not in posts]),
        is_part_missing=0 < len(pictures) < len(incoming.files),
    )


def _is_post(address: Address) -> bool:
    """A short or share link counts: it leads to a post, though it hides to which."""
    return address.is_post or not address.is_resolved


def _links(linked: Iterable[Address]) -> list[NewProof]:
    return [
        NewProof(ProofKind.LINK, one.kept, same=one.key, platform=platform_of(one.kept))
        for one in linked
    ]


def _pictures(incoming: Incoming) -> list[NewProof]:
    return [
        NewProof(
            ProofKind.PICTURE,
            "",
            same=picture.exact,
            picture=base64.b64encode(picture.jpeg).decode(),
            picture_hash=picture.picture_hash,
        )
        for picture in incoming.pictures
    ]


def in_words(words: str) -> NewProof:
    """A proof in the member's own words."""
    return NewProof(ProofKind.WORDS, words, same=words)


async def seen_before(tx: Tx, handed: NewProof, member_id: int) -> bool:
    """Whether it looks like a picture of an earlier proof of this member (perceptual hash)."""
    if (picture_hash := handed.picture_hash) is None:
        return False
    return any(
        distance(picture_hash, other) <= ALIKE_BITS
        for other in await share_proofs.picture_hashes_of(tx, member_id)
    )


def pack(handed: NewProof) -> dict[str, Any]:
    """The proof as JSON for the conversation state."""
    return asdict(handed)


def unpack(packed: dict[str, Any]) -> NewProof:
    """The proof that was packed."""
    return NewProof(**{**packed, "kind": ProofKind(packed["kind"])})
