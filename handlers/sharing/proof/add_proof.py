"""A link, a screenshot or a few words that a member adds to a share because they want to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.flagging.post import pack as pack_post
from handlers.flagging.post import post_of
from handlers.flagging.post import unpack as unpack_post
from handlers.messages import Answer, Button, Incoming, MediaKind, Rows
from handlers.recognition import addresses
from handlers.recognition.match_keys import ENOUGH_CHARACTERS
from handlers.recognition.plain_text import utf16_length
from handlers.recognition.safe_image import NoPicture
from handlers.sharing.closing import still_open
from handlers.sharing.proof.evidence import (
    Evidence,
    in_words,
    look_through,
    pack,
    seen_before,
    unpack,
)
from handlers.sharing.proof.review import replaced
from handlers.views.announcement import Content
from storage.announcements import share_proofs, shares
from storage.announcements.share_proofs import NewProof, ProofResult, TooManyProofs
from storage.models import Share

routes = Routes()

ASKED, OPEN = "proof", "proof.open"
"""Nothing handed in yet; and something handed in, so that more may follow."""
OPEN_FOR = timedelta(minutes=30)
"""Later a link is more likely one to be checked."""
EXPECTED_FOR = timedelta(minutes=10)
"""How long after a share a link or picture is taken for its proof without having been asked for."""
WORDS_LIMIT = 300
routes.passes(OPEN)


class Told(StrEnum):
    """What is said of a proof that was handed in: `proof-…`."""

    ADDED = "added"
    ALIKE = "alike"
    """Added, though it looks like another picture of the same member."""
    KNOWN = "known"
    ELSEWHERE = "elsewhere"


_NEW = {Told.ADDED, Told.ALIKE}


@dataclass(frozen=True)
class _Added:
    """What became of the proofs in one message."""

    told: set[Told]
    """What is to be said of them."""
    ids: list[int]
    """Those that were new."""


@routes.action("proof")
async def ask(turn: Context) -> Answer:
    """From now on the next message is a proof."""
    number = turn.number()
    await share_to_prove(turn, number)
    await turn.go(ASKED, announcement=number)
    return [turn.reply(turn.say("proof-prompt"), _stop(turn))]


async def expect(turn: Context, number: int) -> None:
    """Right after a share, a link or picture is most likely where it was shared.

    A step that waits for something else stays.
    """
    if turn.step in {"", OPEN}:
        until = (turn.now + EXPECTED_FOR).isoformat()
        await turn.go(OPEN, announcement=number, album="", until=until, unasked=True)


@routes.step(ASKED)
async def take(turn: Context) -> Answer:
    """Takes links, a screenshot or words; anything else gets a friendly word and another try."""
    incoming = turn.incoming
    if incoming.forwarded:
        # A forwarded post is far more often one to be checked than a proof.
        return [turn.reply(turn.say("proof-forwarded"), _stop(turn))]
    number = int(turn.data["announcement"])
    share, content = await share_to_prove(turn, number)
    try:
        found = look_through(incoming, content)
    except NoPicture:
        return [turn.reply(turn.say("proof-picture-unread"), _stop(turn))]
    if found.doubtful:
        return await _ask_about(turn, number, found, await _add(turn, share, found.handed))
    handed = found.handed or _words(incoming)
    if not handed:
        return [turn.reply(turn.say(_what_to_send(incoming)), _stop(turn))]
    return await hand_in(turn, share, handed)


async def hand_in(turn: Context, share: Share, handed: Iterable[NewProof]) -> Answer:
    """Adds these proofs to the share, and says thanks."""
    return await _thank(turn, share.announcement_id, await _add(turn, share, handed))


@routes.step(OPEN)
async def take_more(turn: Context) -> Answer | None:
    """Another link or picture of the same share; anything else ends it and is heard for itself."""
    over = turn.now >= datetime.fromisoformat(turn.data["until"])
    incoming = turn.incoming
    hands_in = bool(incoming.links) or (incoming.media is not None and incoming.media.is_picture)
    # Nobody asked for it: with words of its own it is rather a post pasted to have it checked.
    is_pasted = "unasked" in turn.data and _words_beside_links(incoming) >= ENOUGH_CHARACTERS
    if over or incoming.forwarded or not hands_in or is_pasted:
        await turn.done()
        return None
    return await take(turn)


def _words_beside_links(incoming: Incoming) -> int:
    """Characters of the text that are no address."""
    inside = sum(end - start for start, end in addresses.spans(incoming.text))
    return len(incoming.text) - inside


@routes.action("proof-anyway")
async def take_anyway(turn: Context) -> Answer:
    """The link that looked like no post is one to the person who sent it."""
    number = turn.number()
    doubtful = turn.data.get("doubtful") if turn.step == ASKED else None
    if not doubtful or turn.data["announcement"] != number:
        raise UserError("button-unknown")
    share, _ = await share_to_prove(turn, number)
    return await hand_in(turn, share, [unpack(one) for one in doubtful])


@routes.action("proof-replace")
async def replace(turn: Context) -> Answer:
    """The next message takes the place of the proof that an officer asked about."""
    old = await share_proofs.of_member(turn.tx, turn.number(), turn.member_id)
    if old is None:
        raise UserError("proof-gone")
    await share_to_prove(turn, old.announcement_id)
    await turn.go(ASKED, announcement=old.announcement_id, replaces=old.id)
    return [turn.reply(turn.say("proof-prompt-instead"), _stop(turn))]


@routes.action("proof-done")
async def finish(turn: Context) -> Answer:
    """That was all."""
    number = turn.number()
    await leave(turn, number)
    return [turn.instead(turn.say("proof-finished"), (_changes(turn, number),))]


async def leave(turn: Context, number: int) -> None:
    """Nothing more is handed in for this announcement, unless the member asks again."""
    if turn.step in {ASKED, OPEN} and turn.data["announcement"] == number:
        await turn.done()


async def share_to_prove(turn: Context, number: int) -> tuple[Share, Content]:
    """The member's share, if something can be added to it.

    Raises:
        Sorry: it does not count, the announcement is closed, or nobody asked for proofs.
    """
    content = await still_open(turn, number)
    if not content.proofs:
        raise UserError("proof-not-asked-for")
    share = await shares.counted(turn.tx, number, turn.member_id)
    if share is None:
        raise UserError("proof-without-share")
    return share, content


def _words(incoming: Incoming) -> list[NewProof]:
    """Where it was shared, in words; nothing when there are none, or a file instead."""
    if incoming.media or incoming.unsupported or incoming.links:
        return []
    words = " ".join(incoming.text.split())
    if (over := utf16_length(words) - WORDS_LIMIT) > 0:
        raise UserError("proof-words-too-long", limit=WORDS_LIMIT, over=over)
    return [in_words(words)] if words else []


async def _add(turn: Context, share: Share, handed: Iterable[NewProof]) -> _Added:
    before = {kept.id for kept in await share_proofs.of_share(turn.tx, share)}
    told = {await _add_one(turn, share, proof) for proof in handed}
    kept = [one.id for one in await share_proofs.of_share(turn.tx, share)]
    return _Added(told, [number for number in kept if number not in before])


async def _add_one(turn: Context, share: Share, proof: NewProof) -> Told:
    alike = await seen_before(turn.tx, proof, turn.member_id)
    try:
        taken = await share_proofs.add(turn.tx, share, proof)
    except TooManyProofs:
        raise UserError("proof-enough", most=share_proofs.PROOFS_PER_SHARE) from None
    return Told.ALIKE if alike and taken is ProofResult.ADDED else Told(taken.value)


async def _thank(turn: Context, number: int, added: _Added) -> Answer:
    told = added.told
    album = turn.incoming.album
    thanked_for = bool(album) and album == turn.data.get("album")
    text = _sentences(turn, told)
    if (old := turn.data.get("replaces")) and told & _NEW:
        await replaced(turn, int(old))
        text = Html(f"{turn.say('proof-old-gone')} {text}")
    until = (turn.now + OPEN_FOR).isoformat()
    kept = _kept_post(turn, added.ids)
    await turn.go(OPEN, announcement=number, album=album, until=until, **kept)
    if thanked_for and told == {Told.ADDED}:
        return []
    rows = _after(turn, number)
    return [turn.reply(text, (_to_check(turn, number), *rows) if kept else rows)]


def _kept_post(turn: Context, added: list[int]) -> dict[str, Any]:
    """What was taken for a proof unasked, and as which proofs, in case it was meant to be checked."""
    if "unasked" not in turn.data:
        return {}
    if turn.incoming.press:  # what was asked about, and is one after all
        return {
            "unasked": True,
            "post": turn.data["post"],
            "added": [*turn.data["added"], *added],
        }
    post, album = post_of(turn.incoming), turn.incoming.album
    if album and album == turn.data.get("album") and (before := turn.data.get("post")):
        post = unpack_post(before).and_(post)
        added = [*turn.data["added"], *added]
    return {"unasked": True, "post": pack_post(post), "added": added}


def _to_check(turn: Context, number: int) -> tuple[Button, ...]:
    return (turn.button("proof-was-to-check", "proof-check", number),)


def _sentences(turn: Context, told: set[Told]) -> Html:
    """What is new first."""
    return Html("\n".join(turn.say(f"proof-{one.value}") for one in Told if one in told))


async def _ask_about(turn: Context, number: int, found: Evidence, added: _Added) -> Answer:
    """A link that is no post gets a friendly question."""
    kept = [pack(one) for one in found.doubtful]
    more = {key: turn.data[key] for key in ("replaces",) if key in turn.data}
    more |= _kept_post(turn, added.ids)
    await turn.go(ASKED, announcement=number, doubtful=kept, **more)
    first = f"{_sentences(turn, added.told)}\n\n" if added.told else ""
    places = ", ".join(dict.fromkeys(one.content for one in found.doubtful))
    text = Html(first + turn.say("proof-no-post", link=places))
    anyway = turn.button("proof-anyway", "proof-anyway", number)
    check = (_to_check(turn, number),) if "unasked" in more else ()
    return [turn.reply(text, ((anyway,), *check, *_stop(turn)))]


def _what_to_send(incoming: Incoming) -> str:
    media = incoming.media
    if media and media.kind in (MediaKind.VIDEO, MediaKind.ANIMATION):
        return "proof-no-video"
    if media and media.kind in (MediaKind.VOICE, MediaKind.AUDIO):
        return "proof-no-voice"
    return "proof-needs-link-or-picture"


def _stop(turn: Context) -> Rows:
    return ((turn.button("cancel", "cancel"),),)


def _after(turn: Context, number: int) -> Rows:
    return ((turn.button("proof-done", "proof-done", number),), _changes(turn, number))


def _changes(turn: Context, number: int) -> tuple[Button, ...]:
    more = turn.button("proof-more", "proof", number)
    return more, turn.button("share-see-mine", "myshare", number)
