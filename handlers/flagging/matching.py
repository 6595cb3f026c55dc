"""Which case is this post, or which ones might it be?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, TypeVarTuple

import structlog

from handlers.conversation.context import Context
from handlers.flagging.post import FlaggedPost
from handlers.recognition import addresses, text_similarity
from handlers.recognition.match_keys import named
from handlers.recognition.perceptual_hash import looking_alike
from handlers.recognition.ranking import (
    SIMILAR_FROM,
    KnownPost,
    RankedPost,
    letters,
    rank,
    same_words,
    told_apart,
)
from handlers.recognition.site_owner import owned_site
from handlers.recognition.syllables import bare
from handlers.worker_tasks import Offload, WorkerFailed
from storage.cases import cases, flags, match_keys, posts, verdict_links
from storage.cases.match_keys import Keys
from storage.cases.search import similar_posts
from storage.cases.search.similar_posts import Candidate
from storage.database import batch_clock
from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.models import Case, CasePost

T = TypeVar("T")
Args = TypeVarTuple("Args")

Difference = text_similarity.Difference
_MOST_LINKS = 50
"""Links of one post that are looked for among those of verdicts."""
_MOST_AT_SITE = 3
_MOST_ADDRESSES = 5
"""So many addresses of one text are looked for, the first."""
_LETTERS_IN_PLACE = 20_000
"""So many letters are compared in the event loop, in some milliseconds: a paragraph with all that is
like it, a message of the greatest length with one other."""
_GLANCES_IN_PLACE = 2_000

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class SimilarPost:
    """A post of some case that this one resembles without being surely the same."""

    post: CasePost
    case: Case
    score: float = 0.0
    differs: Sequence[Difference] = ()


@dataclass(frozen=True)
class MatchResult:
    """What is known of a post."""

    case: Case | None = None
    """The case it belongs to."""
    post: CasePost | None = None
    """Which of the posts of this case it is the same as."""
    similar: Sequence[SimilarPost] = ()
    """Cases it might belong to, the likest first."""
    by_link: bool = False
    """Whether a link in it decides, which a verdict says is the fraud itself."""


async def look_up(tx: Tx, post: FlaggedPost, offload: Offload) -> MatchResult:
    """What is known of this post."""
    return await _look_up(tx, post, offload, as_officer=False)


async def look_up_for(context: Context, post: FlaggedPost) -> MatchResult:
    """What is known of this post, as far as this person may learn it.

    An officer who tries a post out learns no sooner than from the queue that it was sent in.
    """
    is_officer = context.role is not None and context.role.is_officer
    found = await _look_up(context.tx, post, context.offload, as_officer=is_officer)
    if not is_officer or found.case is None or found.post is None:
        return found
    mine = await flags.of_member(context.tx, found.case, context.member_id)
    return (
        found
        if mine or batch_clock.is_post_shown(context.tx, found.post, found.case)
        else MatchResult()
    )


async def _look_up(tx: Tx, post: FlaggedPost, offload: Offload, *, as_officer: bool) -> MatchResult:
    same, shown = await same_as(tx, post)
    if same:
        return MatchResult(await posts.case_of(tx, same), same)
    linked = _addresses(post)
    if decided := await _by_fraud_link(tx, linked):
        return MatchResult(decided, by_link=True)
    alike = await resembling(tx, post, offload, shown, as_officer=as_officer)
    near = alike or await _at_the_same_address(tx, post) or await _at_the_same_site(tx, linked)
    return MatchResult(
        similar=[
            one
            for one in near
            if not as_officer or batch_clock.is_post_shown(tx, one.post, one.case)
        ]
    )


async def _by_fraud_link(tx: Tx, linked: Sequence[addresses.Address]) -> Case | None:
    """The decided case whose verdict says that one of these links is the fraud."""
    number = await verdict_links.case_with_address(tx, [address.key for address in linked])
    return None if number is None else await cases.numbered(tx, number)


async def _at_the_same_site(tx: Tx, linked: Sequence[addresses.Address]) -> list[SimilarPost]:
    """Decided frauds on the same domain, where one owner holds all of it."""
    sites = {site for address in linked if (site := owned_site(address.full))}
    found = []
    for number in (await verdict_links.cases_at_sites(tx, sites))[:_MOST_AT_SITE]:
        case = await tx.session.get_one(Case, number)
        found += [SimilarPost(known, case) for known in (await posts.of_case(tx, case))[:1]]
    return found


def _addresses(post: FlaggedPost) -> list[addresses.Address]:
    links = list(dict.fromkeys(post.links))[:_MOST_LINKS]
    return [one for link in links if (one := addresses.read(link))]


async def surely(tx: Tx, post: FlaggedPost) -> MatchResult:
    """The case that this post belongs to, and none that it only resembles."""
    same, _ = await same_as(tx, post)
    return MatchResult(await posts.case_of(tx, same), same) if same else MatchResult()


async def same_as(tx: Tx, post: FlaggedPost) -> tuple[CasePost | None, CasePost | None]:
    """The post that is the same; else one with the same address or picture and other words."""
    if same := await _same_words(tx, post):
        return same, None
    shown = await _shown_before(tx, post)
    if shown and await _says_something_else(tx, post, shown):
        return None, shown
    return shown, None


async def _shown_before(tx: Tx, post: FlaggedPost) -> CasePost | None:
    return await posts.find(tx, replace(post.keys, fingerprint=None))


async def _same_words(tx: Tx, post: FlaggedPost) -> CasePost | None:
    """The post that reads the same; one typed without diacritics only where it is sure which."""
    if exact := await posts.find(tx, Keys(None, post.keys.fingerprint, None)):
        return exact
    alike = await similar_posts.reading_alike(tx, post.identity.plain)
    same = same_words(post.identity, [_known(near) for near in alike])
    return await posts.numbered(tx, same.id) if same else None


async def _says_something_else(tx: Tx, post: FlaggedPost, known: CasePost) -> bool:
    """Whether the address or the picture is the same and the words are others.

    A picture goes round again with another amount under it; what is said decides then.
    """
    if post.identity.plain is None or _fingerprint(tx, known) == post.identity.fingerprint:
        return False
    words = await similar_posts.with_numbers(tx, [id_of(known)])
    return any(bare(near.words) != bare(post.identity.words) for near in words if near.words)


def _fingerprint(tx: Tx, known: CasePost) -> str | None:
    return match_keys.of_post(tx, known).fingerprint


async def resembling(
    tx: Tx,
    post: FlaggedPost,
    offload: Offload,
    first: CasePost | None = None,
    *,
    as_officer: bool = False,
) -> list[SimilarPost]:
    """Posts that read like this one, the likest of each case; `first` in any event.

    With `as_officer`, only what officers see already.
    """
    likenesses: dict[int, SimilarPost] = {}
    for judged in await ranked(tx, post, offload, first):
        if judged.score >= SIMILAR_FROM or (first and judged.known.id == first.id):
            known = await posts.numbered(tx, judged.known.id)
            case = await posts.case_of(tx, known)
            if not as_officer or batch_clock.is_post_shown(tx, known, case):
                likeness = SimilarPost(known, case, judged.score, judged.differs)
                likenesses.setdefault(known.case_id, likeness)
    return list(likenesses.values())


async def _at_the_same_address(tx: Tx, post: FlaggedPost) -> list[SimilarPost]:
    """Where one of two is no more than an address: what leads there, each case once.

    Only similar: a longer text may name an official page that others name too.
    """
    found = await _addresses_alone(tx, post) if post.identity.words else await _naming_it(tx, post)
    cases: dict[int, CasePost] = {}
    for known in found:
        cases.setdefault(known.case_id, known)
    return [SimilarPost(known, await posts.case_of(tx, known)) for known in cases.values()]


async def _naming_it(tx: Tx, post: FlaggedPost) -> list[CasePost]:
    """Posts in whose words the address stands that is all there is of this one."""
    if post.identity.url_key is None:
        return []
    address = named(post.identity.url_key)
    near = await similar_posts.candidates(tx, address)
    return [await posts.numbered(tx, one.post_id) for one in near if address in one.words.split()]


async def _addresses_alone(tx: Tx, post: FlaggedPost) -> list[CasePost]:
    """Posts that were nothing but an address which this one names."""
    first = post.identity.mentioned[:_MOST_ADDRESSES]
    found = [await posts.find(tx, Keys(address, None, None)) for address in first]
    return [known for known in found if known]


async def ranked(
    tx: Tx, post: FlaggedPost, offload: Offload, first: CasePost | None = None
) -> list[RankedPost]:
    """Posts with words or a picture like this one's, and `first`, the likest first.

    All are read first and compared at once, by a worker where there is much to compare. Without a
    result there is only `first`.
    """
    words, looks = post.identity.words, dict(await _looking_alike(tx, post, offload))
    near = await similar_posts.candidates(tx, words) if words else []
    found = {one.post_id for one in near}
    others = {*looks, *([id_of(first)] if first else [])} - found
    near += await similar_posts.with_numbers(tx, sorted(others))
    known = tuple(map(_known, near))
    arguments = post.identity, known, tuple(sorted(looks.items()))
    if letters(post.identity, known) <= _LETTERS_IN_PLACE:
        return rank(*arguments)
    alone = [one for one in known if first and one.id == first.id]
    return _from_worker(offload, [RankedPost(one, 0.0) for one in alone], rank, *arguments)


async def _looking_alike(tx: Tx, post: FlaggedPost, offload: Offload) -> list[tuple[int, int]]:
    """The posts whose picture looks like this one's, and by how many bits it differs."""
    if not post.looks:
        return []
    kept = tuple(await similar_posts.glances(tx))
    if len(kept) * len(post.looks) <= _GLANCES_IN_PLACE:
        return looking_alike(post.looks, kept)
    return _from_worker(offload, [], looking_alike, post.looks, kept)


def _from_worker(offload: Offload, otherwise: T, task: Callable[[*Args], T], *args: *Args) -> T:
    """What the task results in; `otherwise` where no worker can tell: nobody waits for likenesses."""
    try:
        return offload(task, *args)
    except WorkerFailed as failed:
        log.warning("a comparison gave no result; similar posts are left out", cause=failed.cause)
        return otherwise


def _known(near: Candidate) -> KnownPost:
    return KnownPost(near.post_id, near.fingerprint, near.words)


def differences(
    known: FlaggedPost, others: Sequence[FlaggedPost], offload: Offload
) -> Sequence[tuple[Difference, ...]]:
    """What differs in the words of each of the other posts; nothing where no worker can tell."""
    texts = tuple(post.text for post in others)
    if len(known.text) + sum(map(len, texts)) <= _LETTERS_IN_PLACE // 2:
        return told_apart(known.text, texts)
    return _from_worker(offload, [() for _ in texts], told_apart, known.text, texts)
