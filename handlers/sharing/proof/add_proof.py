"""A member adds a proof to a share: a link, a screenshot or a few words; optional."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from handlers.conversation import Context, Html, Routes, UserError, found, require
from handlers.flagging.pending import AWAITS_SENDING
from handlers.flagging.post import pack as pack_post
from handlers.flagging.post import post_of
from handlers.flagging.post import unpack as unpack_post
from handlers.messages import Answer, Button, Incoming, MediaKind
from handlers.recognition import addresses
from handlers.recognition.match_keys import ENOUGH_CHARACTERS
from handlers.recognition.pictures.safe_image import NoPicture
from handlers.recognition.plain_text import plain, utf16_length
from handlers.sharing.closing import still_open
from handlers.sharing.proof.evidence import (
    Evidence,
    extract_evidence,
    in_words,
    pack,
    seen_before,
    unpack,
)
from handlers.sharing.proof.review import replaced
from handlers.sharing.proof.screenshot import what_it_shows
from handlers.views.announcement import Content
from handlers.views.announcement_reference import named
from storage.announcements import references, share_proofs, shares
from storage.announcements.references import Reference
from storage.announcements.share_proofs import NewProof, ProofResult, TooManyProofs
from storage.models import Share

routes = Routes()

ASKED, OPEN = "proof", "proof.open"
"""States: waiting for the first proof; and a proof was added, more may follow."""
OPEN_FOR = timedelta(minutes=30)
"""For so long after a proof the next link is taken as one; later it is rather a flag."""
EXPECTED_FOR = timedelta(minutes=10)
"""For so long after a share a link or picture is taken as its proof without being asked for."""
WORDS_LIMIT = 300
_FILMS = (MediaKind.VIDEO, MediaKind.VIDEO_NOTE, MediaKind.ANIMATION)
_ASKS = re.compile(
    r"\?|\b(?:that khong|dung khong|co dung|co that|co phai|that hay gia|tin gia|lua dao|is (?:it|this) true|fake)\b"
)
"""Words, without diacritics, of a question whether something is true."""
routes.passive_step(OPEN)


class ProofOutcome(StrEnum):
    """What became of a proof; `proof-…` is the sentence."""

    ADDED = "added"
    ALIKE = "alike"
    """Added, though it looks like another picture of the same member."""
    KNOWN = "known"
    ELSEWHERE = "elsewhere"
    PART_MISSING = "part-missing"
    """Some files of an album are no proofs, or could not be read."""
    ENOUGH = "enough"
    """The first ones of several were added, until there were as many as a share may have."""


_NEW = {ProofOutcome.ADDED, ProofOutcome.ALIKE}


@dataclass(frozen=True)
class _Added:
    """The proofs of one message after they were added."""

    outcomes: set[ProofOutcome]
    """The sentences for the answer."""
    ids: list[int]
    """The ids of those that were new."""


@routes.action("proof")
async def ask(context: Context) -> Answer:
    """Takes the next message as a proof."""
    which = await named(context)
    _keep_waiting_flag(context)
    await share_to_prove(context, which)
    await context.set_state(ASKED, announcement=which.id)
    return [context.reply(context.say("proof-prompt"), context.cancel_row())]


def _keep_waiting_flag(context: Context) -> None:
    """Raises:
    UserError: a post of this member waits to be sent, which would be lost.
    """
    require(context.step != AWAITS_SENDING, "proof-flag-waits")


async def expect(context: Context, announcement_id: int) -> None:
    """Takes a link or picture right after a share as its proof.

    A state of another conversation is left as it is.
    """
    if context.step in {"", OPEN}:
        until = (context.now + EXPECTED_FOR).isoformat()
        expected = {"announcement": announcement_id, "album": "", "until": until}
        await context.set_state(OPEN, **expected, unasked=True)


@routes.step(ASKED)
async def take(context: Context) -> Answer | None:
    """Takes links, a screenshot or words; for anything else it asks again.

    Words that ask whether something is true are no place where an announcement was shared.
    """
    incoming = context.incoming
    if incoming.forwarded:
        # A forwarded post is far more often a post to check than a proof.
        return [context.reply(context.say("proof-forwarded"), context.cancel_row())]
    which = await references.of(context.tx, int(context.data["announcement"]))
    share, content = await share_to_prove(context, which)
    try:
        evidence = extract_evidence(incoming, content)
    except NoPicture:
        return [context.reply(context.say("proof-picture-unread"), context.cancel_row())]
    if not (evidence.handed or evidence.doubtful):
        return await _take_words(context, share)
    added = await _add(context, share, evidence.handed)
    if evidence.is_part_missing:
        added.outcomes.add(ProofOutcome.PART_MISSING)
    if evidence.doubtful:
        return await _ask_about(context, which.id, evidence, added)
    seen = await what_it_shows(context, which) if added.outcomes & _NEW else None
    return await _thank(context, which.id, added, seen)


async def _take_words(context: Context, share: Share) -> Answer | None:
    words = _words(context.incoming)
    if not words:
        again = context.say(_what_to_send(context.incoming))
        return [context.reply(again, context.cancel_row())]
    if _ASKS.search(plain(context.incoming.text)):
        await context.clear_state()
        return None
    return await hand_in(context, share, words)


async def hand_in(context: Context, share: Share, new_proofs: Iterable[NewProof]) -> Answer:
    """Adds these proofs to the share and thanks the member."""
    return await _thank(context, share.announcement_id, await _add(context, share, new_proofs))


@routes.step(OPEN, takes_late_parts=True)
async def take_more(context: Context) -> Answer | None:
    """Takes another link or picture; anything else ends the state and is handled by itself."""
    over = context.now >= datetime.fromisoformat(context.data["until"])
    incoming = context.incoming
    if incoming.is_late_part and incoming.album != context.data["album"]:
        return None
    has_picture = any(file.is_picture or file.is_other_picture for file in incoming.files)
    has_proof = bool(incoming.links) or has_picture
    # It was not asked for: with a text around the link it is rather a post to check.
    is_pasted = "unasked" in context.data and _words_beside_links(incoming) >= ENOUGH_CHARACTERS
    if over or incoming.forwarded or not has_proof or is_pasted:
        await context.clear_state()
        return None
    return await take(context)


def _words_beside_links(incoming: Incoming) -> int:
    """How many characters of the text are not part of a URL."""
    return len(incoming.text) - sum(end - start for start, end in addresses.spans(incoming.text))


@routes.action("proof-anyway")
async def take_anyway(context: Context) -> Answer:
    """The member insists that the doubtful link is a proof."""
    which = await named(context)
    require(
        context.step == ASKED
        and context.data.get("doubtful")
        and context.data["announcement"] == which.id,
        "button-unknown",
    )
    share, _ = await share_to_prove(context, which)
    return await hand_in(context, share, [unpack(one) for one in context.data["doubtful"]])


@routes.action("proof-replace")
async def replace(context: Context) -> Answer:
    """The next message replaces the proof that an officer asked about."""
    old = found(
        await share_proofs.of_member(context.tx, context.number(), context.member_id), "proof-gone"
    )
    _keep_waiting_flag(context)
    await share_to_prove(context, old.announcement)
    await context.set_state(ASKED, announcement=old.announcement.id, replaces=old.id)
    return [context.reply(context.say("proof-prompt-instead"), context.cancel_row())]


@routes.action("proof-done")
async def finish(context: Context) -> Answer:
    """The member has no more proofs to add."""
    about = context.number()
    await stop_expecting(context, about)
    return [context.edit(context.say("proof-finished"), (_change_buttons(context, about),))]


async def stop_expecting(context: Context, announcement_id: int) -> None:
    """Stops taking messages as proofs of this announcement."""
    if context.step in {ASKED, OPEN} and context.data["announcement"] == announcement_id:
        await context.clear_state()


async def share_to_prove(context: Context, which: Reference) -> tuple[Share, Content]:
    """The member's share, if something can be added to it.

    Raises:
        UserError: there is no counted share, the announcement is closed, or asks for no proofs.
    """
    content = await still_open(context, which)
    require(content.proofs, "proof-not-asked-for")
    share = found(
        await shares.counted(context.tx, which.id, context.member_id), "proof-without-share"
    )
    return share, content


def _words(incoming: Incoming) -> list[NewProof]:
    """The text as a proof in words; empty without text, or with a file or link."""
    if incoming.media or incoming.unsupported or incoming.links:
        return []
    words = " ".join(incoming.text.split())
    if (over := utf16_length(words) - WORDS_LIMIT) > 0:
        raise UserError("proof-words-too-long", limit=WORDS_LIMIT, over=over)
    return [in_words(words)] if words else []


async def _add(context: Context, share: Share, new_proofs: Iterable[NewProof]) -> _Added:
    before = {after.id for after in await share_proofs.of_share(context.tx, share)}
    outcomes: set[ProofOutcome] = set()
    for proof in new_proofs:
        try:
            outcomes.add(await _add_one(context, share, proof))
        except TooManyProofs:
            require(outcomes, "proof-enough", most=share_proofs.PROOFS_PER_SHARE)
            outcomes.add(ProofOutcome.ENOUGH)
    after = [one.id for one in await share_proofs.of_share(context.tx, share)]
    return _Added(outcomes, [one for one in after if one not in before])


async def _add_one(context: Context, share: Share, proof: NewProof) -> ProofOutcome:
    is_seen_before = await seen_before(context.tx, proof, context.member_id)
    result = await share_proofs.add(context.tx, share, proof)
    return (
        ProofOutcome.ALIKE
        if is_seen_before and result is ProofResult.ADDED
        else ProofOutcome(result.value)
    )


async def _thank(context: Context, about: int, added: _Added, seen: Html | None = None) -> Answer:
    """Thanks for the proofs; `seen` says what was found in a screenshot."""
    outcomes = added.outcomes
    album = context.incoming.album
    text = Html("\n".join(filter(None, (_sentences(context, outcomes), seen))))
    if (old := context.data.get("replaces")) and outcomes & _NEW:
        await replaced(context, int(old))
        text = Html(f"{context.say('proof-old-gone')} {text}")
    until = (context.now + OPEN_FOR).isoformat()
    post_data = _post_data(context, added.ids)
    await context.set_state(OPEN, announcement=about, album=album, until=until, **post_data)
    rows = ((context.button("proof-done", "proof-done", about),), _change_buttons(context, about))
    return [context.reply(text, (_check_button(context, about), *rows) if post_data else rows)]


def _post_data(context: Context, added: list[int]) -> dict[str, Any]:
    """The message and the proofs made of it, if it was not asked for: it can become a flag."""
    if "unasked" not in context.data:
        return {}
    if context.incoming.press:  # the member insists on the doubtful link
        return {
            "unasked": True,
            "post": context.data["post"],
            "added": [*context.data["added"], *added],
        }
    post, album = post_of(context.incoming), context.incoming.album
    if album and album == context.data.get("album") and (before := context.data.get("post")):
        post = unpack_post(before).joined_with(post)
        added = [*context.data["added"], *added]
    return {"unasked": True, "post": pack_post(post), "added": added}


def _check_button(context: Context, about: int) -> tuple[Button, ...]:
    return (context.button("proof-was-to-check", "proof-check", about),)


def _sentences(context: Context, outcomes: set[ProofOutcome]) -> Html:
    """One sentence for each outcome, new proofs first."""
    most = share_proofs.PROOFS_PER_SHARE
    shown = [one for one in ProofOutcome if one in outcomes]
    return Html("\n".join(context.say(f"proof-{one.value}", most=most) for one in shown))


async def _ask_about(context: Context, about: int, evidence: Evidence, added: _Added) -> Answer:
    """Asks about links that do not look like posts."""
    doubtful = [pack(one) for one in evidence.doubtful]
    more = {key: context.data[key] for key in ("replaces",) if key in context.data}
    more |= _post_data(context, added.ids)
    await context.set_state(ASKED, announcement=about, doubtful=doubtful, **more)
    first = f"{_sentences(context, added.outcomes)}\n\n" if added.outcomes else ""
    places = ", ".join(dict.fromkeys(one.content for one in evidence.doubtful))
    text = Html(first + context.say("proof-no-post", link=places))
    anyway = context.button("proof-anyway", "proof-anyway", about)
    check = (_check_button(context, about),) if "unasked" in more else ()
    return [context.reply(text, ((anyway,), *check, *context.cancel_row()))]


def _what_to_send(incoming: Incoming) -> str:
    media = incoming.media
    if any(file.is_heic for file in incoming.files):
        return "picture-heic"
    if any(file.is_other_picture for file in incoming.files):
        return "flag-picture-unread"
    if media and media.kind in _FILMS:
        return "proof-no-video"
    if media and media.kind in (MediaKind.VOICE, MediaKind.AUDIO):
        return "proof-no-voice"
    return "proof-needs-link-or-picture"


def _change_buttons(context: Context, about: int) -> tuple[Button, ...]:
    return (
        context.button("proof-more", "proof", about),
        context.button("share-see-mine", "myshare", about),
    )
