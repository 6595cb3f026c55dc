"""Matches a post against the posts sent in before: the case it belongs to, or similar cases.

See docs/decisions/0023-layered-recognition.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from handlers.conversation import Context
from handlers.flagging.post import FlaggedPost, unpack
from handlers.recognition import addresses, background, text_similarity
from handlers.recognition.match_keys import Identity, address_token
from handlers.recognition.pictures.perceptual_hash import similar_pictures
from handlers.recognition.ranking import (
    SIMILAR_FROM,
    KnownPost,
    RankedPost,
    differences_from,
    find_same_text,
    letters,
    rank,
)
from handlers.recognition.site_owner import owned_site
from handlers.recognition.syllables import bare
from handlers.worker_tasks import Offload, offload_or
from storage.cases import flags, posts, verdict_links
from storage.cases.search import similar_posts
from storage.cases.search.similar_posts import Background, Candidate
from storage.database import Tx, batch_clock, id_of
from storage.models import Case, CasePost

Difference = text_similarity.Difference
_LINKS_MAX = 50
"""Links of one post that are looked up among those of verdicts."""
_CASES_AT_SITE_MAX = 3
_ADDRESSES_MAX = 5
"""Addresses of one text that are looked up, in the order of the text."""
_LETTERS_IN_EVENT_LOOP = 20_000
"""Up to this many characters are compared in the event loop, which takes some milliseconds: a
paragraph with all similar posts, or one message of the maximum length with one other."""
_HASHES_IN_EVENT_LOOP = 2_000
"""Up to this many pairs of perceptual hashes are compared in the event loop."""


@dataclass(frozen=True)
class SimilarPost:
    """A post of some case that resembles the new one without being surely the same."""

    post: CasePost
    case: Case
    score: float = 0.0
    """Similarity, from 0 to 1."""
    differs: Sequence[Difference] = ()


@dataclass(frozen=True)
class MatchResult:
    """What is known of a post."""

    case: Case | None = None
    """The case it belongs to."""
    post: CasePost | None = None
    """The post of this case that it is the same as."""
    similar: Sequence[SimilarPost] = ()
    """Cases it might belong to, the most similar first."""
    by_link: bool = False
    """Whether the case was found by a link in the post that a verdict calls the fraud itself."""


async def look_up(tx: Tx, post: FlaggedPost, offload: Offload) -> MatchResult:
    """What is known of this post, without regard to who asks."""
    return await _look_up(tx, post, offload, as_officer=False)


async def look_up_for(context: Context, post: FlaggedPost) -> MatchResult:
    """What is known of this post, as far as the person of this context may learn it.

    An officer who looks a post up learns no sooner than from the queue that it was sent in.
    """
    is_officer = context.role is not None and context.role.is_officer
    result = await _look_up(context.tx, post, context.offload, as_officer=is_officer)
    if not is_officer or result.case is None or result.post is None:
        return result
    if batch_clock.is_post_shown(context.tx, result.post, result.case):
        return result
    own_flag = await flags.of_member(context.tx, result.case, context.member_id)
    return result if own_flag else MatchResult()


async def _look_up(tx: Tx, post: FlaggedPost, offload: Offload, *, as_officer: bool) -> MatchResult:
    same, same_source = await same_as(tx, post)
    if same:
        return await _case_of(tx, same)
    linked = _addresses(post)
    if decided := await verdict_links.case_with_address(tx, [address.key for address in linked]):
        return MatchResult(decided, by_link=True)
    similar = (
        await similar_in_text_or_picture(tx, post, offload, same_source, as_officer=as_officer)
        or await _at_the_same_address(tx, post)
        or await _at_the_same_site(tx, linked)
    )
    return MatchResult(similar=[one for one in similar if not as_officer or _is_shown(tx, one)])


def _is_shown(tx: Tx, similar: SimilarPost) -> bool:
    """Whether officers see this post already."""
    return batch_clock.is_post_shown(tx, similar.post, similar.case)


async def _case_of(tx: Tx, post: CasePost) -> MatchResult:
    return MatchResult(await posts.case_of(tx, post), post)


async def _at_the_same_site(tx: Tx, linked: Sequence[addresses.Address]) -> list[SimilarPost]:
    """Decided frauds on the same domain, if one owner holds all of this domain."""
    sites = {site for address in linked if (site := owned_site(address.full))}
    case_ids = (await verdict_links.cases_at_sites(tx, sites))[:_CASES_AT_SITE_MAX]
    return [SimilarPost(*pair) for pair in await posts.oldest_of_cases(tx, case_ids)]


def _addresses(post: FlaggedPost) -> list[addresses.Address]:
    links = list(dict.fromkeys(post.links))[:_LINKS_MAX]
    return [address for link in links if (address := addresses.read(link))]


async def case_of_same_post(tx: Tx, post: FlaggedPost) -> MatchResult:
    """The case that has this very post; similar cases are left out."""
    same, _ = await same_as(tx, post)
    return await _case_of(tx, same) if same else MatchResult()


async def same_as(tx: Tx, post: FlaggedPost) -> tuple[CasePost | None, CasePost | None]:
    """The stored post that is the same; else one with the same address or picture and other words.

    A text typed without diacritics is the same only if no two known texts would be written so.
    """
    matches = await posts.possible_matches(tx, post.keys, post.identity.plain)
    if matches.same_text:
        return matches.same_text, None
    if same := find_same_text(post.identity, list(map(_known, matches.same_without_diacritics))):
        return await posts.numbered(tx, same.id), None
    if matches.source_reading and _has_other_words(post.identity, matches.source_reading):
        return None, matches.same_source
    return matches.same_source, None


def _has_other_words(identity: Identity, candidate: Candidate) -> bool:
    """Whether two posts with the same address or picture say something else.

    A picture may be shared again with another amount in the text; then the words decide.
    """
    if candidate.fingerprint == identity.fingerprint or not candidate.words:
        return False
    return bare(candidate.words) != bare(identity.words)


async def similar_in_text_or_picture(
    tx: Tx,
    post: FlaggedPost,
    offload: Offload,
    same_source: CasePost | None = None,
    *,
    as_officer: bool = False,
) -> list[SimilarPost]:
    """The most similar post of each case, the most similar case first.

    `same_source` is included whatever its score. With `as_officer`, posts that officers do not see
    yet are left out.
    """
    near = {
        ranked_post.known.id: ranked_post
        for ranked_post in await ranked(tx, post, offload, same_source)
        if ranked_post.score >= SIMILAR_FROM
        or (same_source and ranked_post.known.id == same_source.id)
    }
    by_case: dict[int, SimilarPost] = {}
    for known, case in await posts.with_cases(tx, list(near)):
        ranked_post = near[id_of(known)]
        # What was read in a picture may be misread, and has words of others around it.
        is_read = post.picture_words or _has_picture_words(tx, known)
        differs = () if is_read else ranked_post.differs
        similar = SimilarPost(known, case, ranked_post.score, differs)
        if not as_officer or _is_shown(tx, similar):
            by_case.setdefault(known.case_id, similar)
    return list(by_case.values())


def _has_picture_words(tx: Tx, known: CasePost) -> bool:
    content = posts.content_of(tx, known)
    return bool(content and unpack(content).picture_words)


async def _at_the_same_address(tx: Tx, post: FlaggedPost) -> list[SimilarPost]:
    """If one of two posts is nothing but an address, or has it in a QR code: the posts that share it,
    one for each case.

    They are only similar: a longer text may name an official page that others name too.
    """
    identity = post.identity
    own = () if identity.fingerprint or identity.url_key is None else (identity.url_key,)
    bare = (*own, *identity.coded)
    pairs = (
        await posts.at_addresses(tx, identity.mentioned[:_ADDRESSES_MAX]) if identity.words else []
    )
    for address in dict.fromkeys([*bare, *identity.mentioned][:_ADDRESSES_MAX]):
        pairs += await _naming(tx, address, without_text=address not in bare)
    by_case: dict[int, SimilarPost] = {}
    for known, case in pairs:
        by_case.setdefault(known.case_id, SimilarPost(known, case))
    return list(by_case.values())


async def _naming(tx: Tx, address: str, *, without_text: bool) -> list[tuple[CasePost, Case]]:
    """The posts with this address in their text or in a code; only those that have no text."""
    token = address_token(address)
    near = [one for one in await similar_posts.candidates(tx, token) if token in one.words.split()]
    named = [one.post_id for one in near if not (without_text and one.fingerprint)]
    return await posts.with_cases(tx, named)


async def ranked(
    tx: Tx, post: FlaggedPost, offload: Offload, same_source: CasePost | None = None
) -> list[RankedPost]:
    """Posts with a similar text or picture, and `same_source`, the most similar first.

    All texts are read before any is compared, so that one task compares them all; a worker process
    runs it if there is much to compare. If the worker fails, only `same_source` is returned.
    """
    differing_bits = dict(await _with_similar_picture(tx, post, offload))
    first = [id_of(same_source)] if same_source else []
    candidates = await similar_posts.candidates(
        tx, post.identity.words, _background(), also=[*differing_bits, *first]
    )
    known = tuple(map(_known, candidates))
    arguments = post.identity, known, tuple(sorted(differing_bits.items()))
    if letters(post.identity, known) <= _LETTERS_IN_EVENT_LOOP:
        return rank(*arguments)
    unranked = [RankedPost(one, 0.0) for one in known if one.id in first]
    return offload_or(offload, unranked, rank, *arguments)


async def _with_similar_picture(
    tx: Tx, post: FlaggedPost, offload: Offload
) -> list[tuple[int, int]]:
    """The ids of posts with a similar picture, each with the number of bits that differ."""
    if not post.picture_hashes:
        return []
    stored = tuple(await similar_posts.picture_hashes(tx))
    if len(stored) * len(post.picture_hashes) <= _HASHES_IN_EVENT_LOOP:
        return similar_pictures(post.picture_hashes, stored)
    return offload_or(offload, [], similar_pictures, post.picture_hashes, stored)


def _known(candidate: Candidate) -> KnownPost:
    return KnownPost(
        candidate.post_id, candidate.fingerprint, candidate.words, candidate.relative_score
    )


@cache
def _background() -> Background:
    return Background.of_words(background.POSTS, background.word_counts())


def differences(
    known: FlaggedPost, others: Sequence[FlaggedPost], offload: Offload
) -> Sequence[tuple[Difference, ...]]:
    """The words that differ in each of the other posts; none if the worker fails."""
    texts = tuple(post.text for post in others)
    if len(known.text) + sum(map(len, texts)) <= _LETTERS_IN_EVENT_LOOP // 2:
        return differences_from(known.text, texts)
    return offload_or(offload, [() for _ in texts], differences_from, known.text, texts)
