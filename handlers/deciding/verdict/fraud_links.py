"""Which links of the posts are the fraud itself: members who meet one get the verdict at once.

Ticked from the beginning where the rating is *scam*, but for public bodies and what the club itself
names as a source.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.conversation.context import Context
from handlers.conversation.i18n import Html
from handlers.deciding.verdict.draft import Draft
from handlers.flagging.post import unpack as unpack_post
from handlers.recognition import addresses
from handlers.recognition.addresses import Address
from handlers.recognition.plain_text import shortened
from handlers.recognition.site_owner import is_public_body, owned_site
from handlers.views.announcement import unpack as unpack_content
from storage.announcements import published
from storage.cases import posts, verdict_links
from storage.cases.verdict_links import FraudLink
from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.models import Case, Rating

MOST_LINKS = 10
_RATINGS = frozenset((Rating.SCAM, Rating.FALSE))
"""With another rating no link is a fraud."""
_SHOWN_CHARACTERS = 60
_PUBLIC = frozenset(("*.gov.vn",))
"""Stands for every public body."""
_ANNOUNCEMENTS = 100
"""How many announcements back their sources are the club's own."""


@dataclass(frozen=True)
class Candidates:
    """The links that could be marked, and those that are."""

    links: tuple[FraudLink, ...]
    marked: frozenset[str]

    @property
    def chosen(self) -> list[FraudLink]:
        """What the verdict will say."""
        return [link for link in self.links if link.key in self.marked]


async def candidates(context: Context, case: Case, draft: Draft) -> Candidates:
    """The links of the posts that officers see, and what is marked among them now."""
    if draft.rating not in _RATINGS:
        return Candidates((), frozenset())
    found = await _addresses(context, case)
    before = await verdict_links.of_case(context.tx, id_of(case))
    links = {one.key: one for one in before}
    links |= {one.key: FraudLink(one.key, owned_site(one.full) or "") for one in found}
    if draft.fraud_links is not None:
        marked = frozenset(draft.fraud_links)
    else:
        trusted = await _trusted_places(context.tx, draft)
        is_scam = draft.rating is Rating.SCAM
        fresh = [one.key for one in found if is_scam and not trusted & _places_of(one.full)]
        marked = frozenset((*fresh, *(one.key for one in before)))
    # Those that are marked are never cut off.
    ordered = sorted(links.values(), key=lambda one: one.key not in marked)
    return Candidates(tuple(ordered)[: max(MOST_LINKS, len(before))], marked)


async def _addresses(context: Context, case: Case) -> list[Address]:
    kept = [posts.content_of(context.tx, post) for post in await posts.shown_of(context.tx, case)]
    links = (link for content in kept if content for link in unpack_post(content).links)
    read = (addresses.read(link) for link in links)
    return list({one.key: one for one in read if one}.values())


async def _trusted_places(tx: Tx, draft: Draft) -> set[str]:
    """What the club itself names as sources, in this verdict and in its newest announcements."""
    newest = [unpack_content(one.content) for one in await published.newest(tx, _ANNOUNCEMENTS)]
    urls = (*draft.sources, *(content.source_url for content in newest))
    return {*_PUBLIC, *(place for url in urls if url for place in _places_of(url))}


def _places_of(url: str) -> set[str]:
    """What an address counts as: itself, its site where one owner holds it, a public body's."""
    address = addresses.read(url)
    places = {address.key} if address else set()
    if site := owned_site(url):
        places.add(site)
    return places | set(_PUBLIC) if is_public_body(url) else places


async def store(tx: Tx, case: Case, chosen: Iterable[FraudLink]) -> None:
    """Keeps them with the verdict, in place of those of an earlier version."""
    await verdict_links.replace(tx, id_of(case), chosen)


def lines(context: Context, found: Candidates) -> Html:
    """The marked links, for whoever approves the verdict; empty when there are none."""
    chosen = [shown(link) for link in found.chosen]
    return context.say("decide-links-marked", links="\n".join(chosen)) if chosen else Html()


def shown(link: FraudLink) -> str:
    """The address, as far as there is room for it."""
    return shortened(link.key, _SHOWN_CHARACTERS)
