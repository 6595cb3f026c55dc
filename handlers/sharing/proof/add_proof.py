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
routes.passive_step(OPEN)


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
async def ask(context: Context) -> Answer:
    """From now on the next message is a proof."""
    number = context.number()
    await share_to_prove(context, number)
    await context.set_state(ASKED, announcement=number)
    return [context.reply(context.say("proof-prompt"), _stop(context))]


async def expect(context: Context, number: int) -> None:
    """Right after a share, a link or picture is most likely where it was shared.

    A step that waits for something else stays.
    """
    if context.step in {"", OPEN}:
        until = (context.now + EXPECTED_FOR).isoformat()
        await context.set_state(OPEN, announcement=number, album="", until=until, unasked=True)


@routes.step(ASKED)
async def take(context: Context) -> Answer:
    """Takes links, a screenshot or words; anything else gets a friendly word and another try."""
    incoming = context.incoming
    if incoming.forwarded:
        # A forwarded post is far more often one to be checked than a proof.
        return [context.reply(context.say("proof-forwarded"), _stop(context))]
    number = int(context.data["announcement"])
    share, content = await share_to_prove(context, number)
    try:
        found = look_through(incoming, content)
    except NoPicture:
        return [context.reply(context.say("proof-picture-unread"), _stop(context))]
    if found.doubtful:
        return await _ask_about(context, number, found, await _add(context, share, found.handed))
    handed = found.handed or _words(incoming)
    if not handed:
        return [context.reply(context.say(_what_to_send(incoming)), _stop(context))]
    return await hand_in(context, share, handed)


async def hand_in(context: Context, share: Share, handed: Iterable[NewProof]) -> Answer:
    """Adds these proofs to the share, and says thanks."""
    return await _thank(context, share.announcement_id, await _add(context, share, handed))


@routes.step(OPEN)
async def take_more(context: Context) -> Answer | None:
    """Another link or picture of the same share; anything else ends it and is heard for itself."""
    over = context.now >= datetime.fromisoformat(context.data["until"])
    incoming = context.incoming
    hands_in = bool(incoming.links) or (incoming.media is not None and incoming.media.is_picture)
    # Nobody asked for it: with words of its own it is rather a post pasted to have it checked.
    is_pasted = "unasked" in context.data and _words_beside_links(incoming) >= ENOUGH_CHARACTERS
    if over or incoming.forwarded or not hands_in or is_pasted:
        await context.clear_state()
        return None
    return await take(context)


def _words_beside_links(incoming: Incoming) -> int:
    """Characters of the text that are no address."""
    inside = sum(end - start for start, end in addresses.spans(incoming.text))
    return len(incoming.text) - inside


@routes.action("proof-anyway")
async def take_anyway(context: Context) -> Answer:
    """The link that looked like no post is one to the person who sent it."""
    number = context.number()
    doubtful = context.data.get("doubtful") if context.step == ASKED else None
    if not doubtful or context.data["announcement"] != number:
        raise UserError("button-unknown")
    share, _ = await share_to_prove(context, number)
    return await hand_in(context, share, [unpack(one) for one in doubtful])


@routes.action("proof-replace")
async def replace(context: Context) -> Answer:
    """The next message takes the place of the proof that an officer asked about."""
    old = await share_proofs.of_member(context.tx, context.number(), context.member_id)
    if old is None:
        raise UserError("proof-gone")
    await share_to_prove(context, old.announcement_id)
    await context.set_state(ASKED, announcement=old.announcement_id, replaces=old.id)
    return [context.reply(context.say("proof-prompt-instead"), _stop(context))]


@routes.action("proof-done")
async def finish(context: Context) -> Answer:
    """That was all."""
    number = context.number()
    await leave(context, number)
    return [context.edit(context.say("proof-finished"), (_changes(context, number),))]


async def leave(context: Context, number: int) -> None:
    """Nothing more is handed in for this announcement, unless the member asks again."""
    if context.step in {ASKED, OPEN} and context.data["announcement"] == number:
        await context.clear_state()


async def share_to_prove(context: Context, number: int) -> tuple[Share, Content]:
    """The member's share, if something can be added to it.

    Raises:
        UserError: it does not count, the announcement is closed, or nobody asked for proofs.
    """
    content = await still_open(context, number)
    if not content.proofs:
        raise UserError("proof-not-asked-for")
    share = await shares.counted(context.tx, number, context.member_id)
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


async def _add(context: Context, share: Share, handed: Iterable[NewProof]) -> _Added:
    before = {kept.id for kept in await share_proofs.of_share(context.tx, share)}
    told = {await _add_one(context, share, proof) for proof in handed}
    kept = [one.id for one in await share_proofs.of_share(context.tx, share)]
    return _Added(told, [number for number in kept if number not in before])


async def _add_one(context: Context, share: Share, proof: NewProof) -> Told:
    alike = await seen_before(context.tx, proof, context.member_id)
    try:
        taken = await share_proofs.add(context.tx, share, proof)
    except TooManyProofs:
        raise UserError("proof-enough", most=share_proofs.PROOFS_PER_SHARE) from None
    return Told.ALIKE if alike and taken is ProofResult.ADDED else Told(taken.value)


async def _thank(context: Context, number: int, added: _Added) -> Answer:
    told = added.told
    album = context.incoming.album
    thanked_for = bool(album) and album == context.data.get("album")
    text = _sentences(context, told)
    if (old := context.data.get("replaces")) and told & _NEW:
        await replaced(context, int(old))
        text = Html(f"{context.say('proof-old-gone')} {text}")
    until = (context.now + OPEN_FOR).isoformat()
    kept = _kept_post(context, added.ids)
    await context.set_state(OPEN, announcement=number, album=album, until=until, **kept)
    if thanked_for and told == {Told.ADDED}:
        return []
    rows = _after(context, number)
    return [context.reply(text, (_to_check(context, number), *rows) if kept else rows)]


def _kept_post(context: Context, added: list[int]) -> dict[str, Any]:
    """What was taken for a proof unasked, and as which proofs, in case it was meant to be checked."""
    if "unasked" not in context.data:
        return {}
    if context.incoming.press:  # what was asked about, and is one after all
        return {
            "unasked": True,
            "post": context.data["post"],
            "added": [*context.data["added"], *added],
        }
    post, album = post_of(context.incoming), context.incoming.album
    if album and album == context.data.get("album") and (before := context.data.get("post")):
        post = unpack_post(before).and_(post)
        added = [*context.data["added"], *added]
    return {"unasked": True, "post": pack_post(post), "added": added}


def _to_check(context: Context, number: int) -> tuple[Button, ...]:
    return (context.button("proof-was-to-check", "proof-check", number),)


def _sentences(context: Context, told: set[Told]) -> Html:
    """What is new first."""
    return Html("\n".join(context.say(f"proof-{one.value}") for one in Told if one in told))


async def _ask_about(context: Context, number: int, found: Evidence, added: _Added) -> Answer:
    """A link that is no post gets a friendly question."""
    kept = [pack(one) for one in found.doubtful]
    more = {key: context.data[key] for key in ("replaces",) if key in context.data}
    more |= _kept_post(context, added.ids)
    await context.set_state(ASKED, announcement=number, doubtful=kept, **more)
    first = f"{_sentences(context, added.told)}\n\n" if added.told else ""
    places = ", ".join(dict.fromkeys(one.content for one in found.doubtful))
    text = Html(first + context.say("proof-no-post", link=places))
    anyway = context.button("proof-anyway", "proof-anyway", number)
    check = (_to_check(context, number),) if "unasked" in more else ()
    return [context.reply(text, ((anyway,), *check, *_stop(context)))]


def _what_to_send(incoming: Incoming) -> str:
    media = incoming.media
    if media and media.kind in (MediaKind.VIDEO, MediaKind.ANIMATION):
        return "proof-no-video"
    if media and media.kind in (MediaKind.VOICE, MediaKind.AUDIO):
        return "proof-no-voice"
    return "proof-needs-link-or-picture"


def _stop(context: Context) -> Rows:
    return ((context.button("cancel", "cancel"),),)


def _after(context: Context, number: int) -> Rows:
    return ((context.button("proof-done", "proof-done", number),), _changes(context, number))


def _changes(context: Context, number: int) -> tuple[Button, ...]:
    more = context.button("proof-more", "proof", number)
    return more, context.button("share-see-mine", "myshare", number)
