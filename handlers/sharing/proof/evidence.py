"""What in a message shows where an announcement was shared."""

import base64
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from handlers.messages import Incoming
from handlers.recognition import addresses
from handlers.recognition.addresses import Address
from handlers.recognition.perceptual_hash import ALIKE_BITS, distance
from handlers.recognition.platforms import platform_of
from handlers.recognition.safe_image import NoPicture
from handlers.views.announcement import Content
from storage.announcements import share_proofs
from storage.announcements.share_proofs import NewProof
from storage.database.engine import Tx
from storage.models import ProofKind


@dataclass(frozen=True)
class Evidence:
    """The links and the picture of one message."""

    handed: list[NewProof]
    doubtful: list[NewProof]
    """Links that are no post, as far as can be told without opening them."""


def look_through(incoming: Incoming, content: Content) -> Evidence:
    """What can be handed in as a proof of having shared `content`.

    Raises:
        NoPicture: its picture could not be fetched, or must not be opened.
    """
    found = [address for link in incoming.links if (address := addresses.read(link))]
    source = addresses.read(content.source_url) if content.source_url else None
    posts = [one for one in found if _is_post(one) and (source is None or one.key != source.key)]
    others = [one for one in found if one not in posts]
    return Evidence([*_links(posts), *_picture(incoming)], _links(others))


def _is_post(address: Address) -> bool:
    """A short or share link hides which post it leads to, but does lead to one."""
    return address.is_post or not address.is_resolved


def _links(found: Iterable[Address]) -> list[NewProof]:
    return [
        NewProof(ProofKind.LINK, one.kept, same=one.key, platform=platform_of(one.kept))
        for one in found
    ]


def _picture(incoming: Incoming) -> list[NewProof]:
    media, picture = incoming.media, incoming.picture
    if media is None or not media.is_picture:
        return []
    if picture is None:
        raise NoPicture
    jpeg = base64.b64encode(picture.jpeg).decode()
    return [NewProof(ProofKind.PICTURE, "", same=picture.exact, picture=jpeg, look=picture.look)]


def in_words(words: str) -> NewProof:
    """Where it was shared, as the member tells it."""
    return NewProof(ProofKind.WORDS, words, same=words)


async def seen_before(tx: Tx, handed: NewProof, member_id: int) -> bool:
    """Whether it looks like a picture the same member handed in before."""
    look = handed.look
    if look is None:
        return False
    looks = await share_proofs.looks_of(tx, member_id)
    return any(distance(look, other) <= ALIKE_BITS for other in looks)


def pack(handed: NewProof) -> dict[str, Any]:
    """A link as a step remembers it."""
    return asdict(handed)


def unpack(packed: dict[str, Any]) -> NewProof:
    """The link that was packed."""
    return NewProof(**{**packed, "kind": ProofKind(packed["kind"])})
