"""Which links of the posts are the fraud itself: members who meet one get the verdict at once.

Marked by default if the rating is *scam*, except for public bodies and sources that the club itself
names.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.conversation import Context, Html
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
from storage.database import Tx, id_of
from storage.models import Case, Rating

MOST_LINKS = 10
_RATINGS = frozenset((Rating.SCAM, Rating.FALSE))
"""With another rating no link is a fraud."""
_SHOWN_CHARACTERS = 60
_PUBLIC = frozenset(("*.gov.vn",))
"""The pattern for every public body."""
_ANNOUNCEMENTS = 100
"""How many of the newest announcements count for the club's own sources."""


@dataclass(frozen=True)
class Candidates:
    """The links that could be marked, and those that are."""

    links: tuple[FraudLink, ...]
    marked: frozenset[str]

    @property
    def chosen(self) -> list[FraudLink]:
        """The marked links, in their order."""
        return [link for link in self.links if link.key in self.marked]


async def candidates(context: Context, case: Case, draft: Draft) -> Candidates:
    """The links of the shown posts, and those marked by the officer or by default."""
    if draft.rating not in _RATINGS:
        return Candidates((), frozenset())
    post_addresses = await _addresses(context, case)
    stored = await verdict_links.of_case(context.tx, id_of(case))
    links = {link.key: link for link in stored}
    links |= {a.key: FraudLink(a.key, owned_site(a.full) or "") for a in post_addresses}
    if draft.fraud_links is not None:
        marked = frozenset(draft.fraud_links)
    else:
        trusted = await _trusted_places(context.tx, draft)
        is_scam = draft.rating is Rating.SCAM
        new_keys = [a.key for a in post_addresses if is_scam and not trusted & _places_of(a.full)]
        marked = frozenset((*new_keys, *(link.key for link in stored)))
    # Marked links come first, so that the limit never cuts one off.
    ordered = sorted(links.values(), key=lambda link: link.key not in marked)
    return Candidates(tuple(ordered)[: max(MOST_LINKS, len(stored))], marked)


async def _addresses(context: Context, case: Case) -> list[Address]:
    contents = [
        posts.content_of(context.tx, post) for post in await posts.shown_of(context.tx, case)
    ]
    links = (link for content in contents if content for link in unpack_post(content).links)
    parsed = (addresses.read(link) for link in links)
    return list({address.key: address for address in parsed if address}.values())


async def _trusted_places(tx: Tx, draft: Draft) -> set[str]:
    """Places that the club names as sources, in this verdict and its newest announcements."""
    newest = [
        unpack_content(announcement.content)
        for announcement in await published.newest(tx, _ANNOUNCEMENTS)
    ]
    urls = (*draft.sources, *(content.source_url for content in newest))
    return {*_PUBLIC, *(place for url in urls if url for place in _places_of(url))}


def _places_of(url: str) -> set[str]:
    """The places an address belongs to: itself, the site of its single owner, the public bodies."""
    address = addresses.read(url)
    places = {address.key} if address else set()
    if site := owned_site(url):
        places.add(site)
    return places | set(_PUBLIC) if is_public_body(url) else places


async def store(tx: Tx, case: Case, chosen: Iterable[FraudLink]) -> None:
    """Stores the links of the verdict in place of those of an earlier version."""
    await verdict_links.replace(tx, id_of(case), chosen)


def lines(context: Context, links: Candidates) -> Html:
    """The marked links, for the officer who approves the verdict; empty if there are none."""
    marked = [shown(link) for link in links.chosen]
    return context.say("decide-links-marked", links="\n".join(marked)) if marked else Html()


def shown(link: FraudLink) -> str:
    """The address, shortened to fit on a button."""
    return shortened(link.key, _SHOWN_CHARACTERS)
