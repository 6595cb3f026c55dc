"""A link or a screenshot that a member adds to a share because they want to."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers.messages import Answer, Button, Incoming, MediaKind, Rows
from handlers.recognition import addresses
from handlers.routes import Routes
from handlers.speech import Html
from handlers.turn import Sorry, Turn
from storage import shares
from storage.models import ProofKind, Share
from storage.shares import Handed, TooManyProofs

routes = Routes()

ASKED, OPEN = "proof", "proof.open"
"""Nothing handed in yet; and something handed in, so that more may follow."""
OPEN_FOR = timedelta(minutes=30)
"""Later a link is more likely one to be checked."""
routes.passes(OPEN)


@routes.action("proof")
async def ask(turn: Turn) -> Answer:
    """From now on the next message is a proof."""
    number = turn.number()
    await _share(turn, number)
    await turn.go(ASKED, announcement=number)
    return [turn.reply(turn.say("proof-prompt"), _stop(turn))]


@routes.step(ASKED)
async def take(turn: Turn) -> Answer:
    """Takes links and a screenshot; anything else gets a friendly word and may be tried again."""
    number = int(turn.data["announcement"])
    share = await _share(turn, number)
    handed = _proofs_in(turn.incoming)
    if not handed:
        return [turn.reply(turn.say(_what_to_send(turn.incoming)), _stop(turn))]
    added = await _add(turn, share, handed)
    album = turn.incoming.album
    until = (turn.now + OPEN_FOR).isoformat()
    await turn.go(OPEN, announcement=number, album=album, until=until)
    if album and album == turn.data.get("album"):
        return []
    return [turn.reply(_thanks(turn, added), _after(turn, number))]


@routes.step(OPEN)
async def take_more(turn: Turn) -> Answer | None:
    """Another proof of the same share; anything else ends it and is heard for itself."""
    over = turn.now >= datetime.fromisoformat(turn.data["until"])
    if over or not _proofs_in(turn.incoming):
        await turn.done()
        return None
    return await take(turn)


@routes.action("proof-done")
async def finish(turn: Turn) -> Answer:
    """That was all."""
    number = turn.number()
    await leave(turn, number)
    return [turn.instead(turn.say("proof-finished"), (_changes(turn, number),))]


async def leave(turn: Turn, number: int) -> None:
    """Nothing more is handed in for this announcement, unless the member asks again."""
    if turn.step in {ASKED, OPEN} and turn.data["announcement"] == number:
        await turn.done()


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


def _thanks(turn: Turn, added: int) -> Html:
    return turn.say("proof-added") if added else turn.say("proof-known")


def _stop(turn: Turn) -> Rows:
    return ((turn.button("cancel", "cancel"),),)


def _after(turn: Turn, number: int) -> Rows:
    return ((turn.button("proof-done", "proof-done", number),), _changes(turn, number))


def _changes(turn: Turn, number: int) -> tuple[Button, ...]:
    more = turn.button("proof-more", "proof", number)
    return more, turn.button("share-take-back", "takeback", number)
