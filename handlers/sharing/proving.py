"""A link or a screenshot that a member adds to a share because they want to."""

from collections.abc import Iterable

from handlers.conversation import Routes
from handlers.messages import Answer, Incoming, MediaKind, Rows
from handlers.recognition import addresses
from handlers.speech import Html
from handlers.turn import Sorry, Turn
from storage import shares
from storage.models import ProofKind, Share
from storage.shares import Handed, TooManyProofs

routes = Routes()


@routes.action("proof")
async def ask(turn: Turn) -> Answer:
    """From now on the next message is a proof."""
    number = turn.number()
    await _share(turn, number)
    await turn.go("proof", announcement=number)
    return [turn.reply(turn.say("proof-prompt"), _stop(turn))]


@routes.step("proof")
async def take(turn: Turn) -> Answer:
    """Takes links and a screenshot; anything else gets a friendly word and may be tried again."""
    number = int(turn.data["announcement"])
    share = await _share(turn, number)
    handed = _proofs_in(turn.incoming)
    if not handed:
        return [turn.reply(turn.say(_what_to_send(turn.incoming)), _stop(turn))]
    added = await _add(turn, share, handed)
    album = turn.incoming.album
    if album and album == turn.data.get("album"):
        return []
    await _stay_for_the_album(turn, number, album)
    return [turn.reply(_thanks(turn, added), _after(turn, number))]


async def _share(turn: Turn, number: int) -> Share:
    share = await shares.counted(turn.tx, number, turn.member_id)
    if share is None:
        raise Sorry("proof-without-share")
    return share


def _proofs_in(incoming: Incoming) -> list[Handed]:
    # A forwarded post is far more often one to be checked than a proof.
    if incoming.forwarded:
        return []
    return [*_links(incoming), *_picture(incoming)]


def _links(incoming: Incoming) -> list[Handed]:
    found = filter(None, map(addresses.read, incoming.links))
    return [Handed(ProofKind.LINK, address.kept, same=address.key) for address in found]


def _picture(incoming: Incoming) -> list[Handed]:
    media = incoming.media
    if media is None or media.kind is not MediaKind.PHOTO:
        return []
    return [Handed(ProofKind.PICTURE, media.file, same=media.unique or media.file)]


async def _add(turn: Turn, share: Share, handed: Iterable[Handed]) -> int:
    try:
        return sum([await shares.add_proof(turn.tx, share, proof) for proof in handed])
    except TooManyProofs:
        raise Sorry("proof-enough", most=shares.PROOFS_PER_SHARE) from None


def _what_to_send(incoming: Incoming) -> str:
    return "proof-forwarded" if incoming.forwarded else "proof-needs-link-or-picture"


async def _stay_for_the_album(turn: Turn, number: int, album: str) -> None:
    # The other pictures of an album come as messages of their own; elsewhere they would be flags.
    if album:
        await turn.go("proof", announcement=number, album=album)
    else:
        await turn.done()


def _thanks(turn: Turn, added: int) -> Html:
    return turn.say("proof-added") if added else turn.say("proof-known")


def _stop(turn: Turn) -> Rows:
    return ((turn.button("cancel", "cancel"),),)


def _after(turn: Turn, number: int) -> Rows:
    return (
        (
            turn.button("proof-more", "proof", number),
            turn.button("share-take-back", "takeback", number),
        ),
    )
