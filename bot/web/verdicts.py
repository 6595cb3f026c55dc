"""`GET /verdicts`: the public list of verdicts, as an HTML page and as ClaimReview JSON-LD.

`?page=N` is a page of the list, `?case=CODE` one verdict: the list moves on, so only the latter is a
lasting address. Links are relative, so that a proxy may serve the list below another path.

It contains nothing of the author of a flagged post, of who flagged it, or of the deciding officer.
Off by default (`web.verdicts`).
"""

import json
from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from aiohttp import web

from handlers.conversation import LANGUAGES, ClubSettings, Speech, speech_to
from handlers.views.verdict import is_over
from storage.cases import public_verdicts
from storage.cases.public_verdicts import Listed
from storage.database import Store
from storage.models import Rating

PATH = "/verdicts"
DATA_PATH = "/verdicts.jsonld"
_PER_PAGE = 50
_MOST_PAGES = 10_000
_WORST, _BEST = 1, 5
_VALUES: Mapping[Rating, int] = MappingProxyType(
    {Rating.FALSE: 1, Rating.SCAM: 1, Rating.MISLEADING: 2, Rating.TRUE: 5}
)
"""Ratings on the scale of ClaimReview; unproven and satire have none."""
_HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "public, max-age=300",
    }
)
_STYLE = """
:root{color-scheme:light dark}
body{font:1.05rem/1.55 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.5rem;margin:.2rem 0}header p{margin:.3rem 0;opacity:.8}
article{border-top:1px solid color-mix(in srgb,currentColor 20%,transparent);padding:1.2rem 0}
h2{font-size:1.15rem;margin:.4rem 0}p{margin:.5rem 0;overflow-wrap:anywhere}
.rating{display:inline-block;font-weight:700;padding:.1rem .6rem;border-radius:1rem;
background:color-mix(in srgb,currentColor 12%,transparent)}
.small{font-size:.9rem;opacity:.8}nav{display:flex;gap:1.5rem;padding:1rem 0}
"""


class VerdictPages:
    """Serves the list in the requested language, Vietnamese by default."""

    def __init__(self, store: Store, club: ClubSettings, public_url: str) -> None:
        """`public_url`: the public URL of this server; empty where there is none."""
        self._store = store
        self._club = club
        self._base = public_url.rstrip("/")

    async def page(self, request: web.Request) -> web.Response:
        """The list as HTML, with the JSON-LD embedded."""
        say = self._say(request)
        listed, has_more = await self._fetch(request)
        ways = _ways(request, say, has_more=has_more)
        body = _page(self._club, say, self._articles(listed, say), ways)
        html = body.replace("<!--data-->", _embedded(self._reviews(listed, say)))
        return web.Response(text=html, content_type="text/html", headers=_HEADERS)

    async def data(self, request: web.Request) -> web.Response:
        """The list as JSON-LD."""
        say = self._say(request)
        listed, _ = await self._fetch(request)
        text = json.dumps(self._reviews(listed, say), ensure_ascii=False)
        return web.Response(text=text, content_type="application/ld+json", headers=_HEADERS)

    def _say(self, request: web.Request) -> Speech:
        wanted = request.query.get("lang", "")
        return speech_to(self._club, wanted if wanted in LANGUAGES else LANGUAGES[0])

    async def _fetch(self, request: web.Request) -> tuple[Sequence[Listed], bool]:
        """What is on the page that is asked for, and whether another page follows."""
        async with self._store.read() as tx:
            if code := request.query.get("case"):
                return await public_verdicts.of_case(tx, code), False
            listed = await public_verdicts.newest(
                tx, limit=_PER_PAGE + 1, offset=_page_of(request) * _PER_PAGE
            )
        return listed[:_PER_PAGE], len(listed) > _PER_PAGE

    def _articles(self, listed: Sequence[Listed], say: Speech) -> str:
        if not listed:
            return f"<p>{say('verdicts-none')}</p>"
        return "\n".join(self._article(one, say) for one in listed)

    def _article(self, one: Listed, say: Speech) -> str:
        verdict, code = one.verdict, escape(one.code)
        rating = say(f"verdict-rating-{verdict.rating.value}")
        sources = "".join(f"<p>{_link(url)}</p>" for url in verdict.sources)
        over = ""
        if verdict.valid_until:
            key = (
                "verdict-over"
                if is_over(one.verdict, self._store.clock.now())
                else "verdict-valid-until"
            )
            over = f"<p>{say(key, when=say.when(verdict.valid_until))}</p>"
        return (
            f'<article id="{code}"><span class="rating">{rating}</span>'
            f"<h2>{escape(verdict.claim)}</h2>{over}<p>{_lines(verdict.explanation)}</p>"
            f'<p class="small">{say("verdict-sources")}</p>{sources}'
            f'<p class="small">{say("verdict-foot", day=say.day(verdict.decided_at), code=one.code)}'
            "</p></article>"
        )

    def _reviews(self, listed: Sequence[Listed], say: Speech) -> dict[str, Any]:
        return {
            "@context": "https://schema.org",
            "@graph": [self._review(one, say) for one in listed],
        }

    def _review(self, one: Listed, say: Speech) -> dict[str, Any]:
        verdict = one.verdict
        review: dict[str, Any] = {
            "@type": "ClaimReview",
            "url": f"{self._base}{PATH}?case={quote(one.code)}",
            "identifier": one.code,
            "datePublished": verdict.decided_at.astimezone(self._club.timezone).date().isoformat(),
            "inLanguage": LANGUAGES[0],
            "claimReviewed": verdict.claim,
            "reviewBody": verdict.explanation,
            "citation": list(verdict.sources),
            "author": {"@type": "Organization", "name": self._club.name},
            "publisher": {"@type": "Organization", "name": self._club.operator},
            "reviewRating": _rating(verdict.rating, say),
        }
        if verdict.valid_until:
            review["expires"] = verdict.valid_until.isoformat()
        return review


def _rating(rating: Rating, say: Speech) -> dict[str, Any]:
    named = {"@type": "Rating", "alternateName": say.plain(f"verdict-rating-{rating.value}")}
    if rating not in _VALUES:
        return named
    return named | {
        "ratingValue": _VALUES[rating],
        "worstRating": _WORST,
        "bestRating": _BEST,
    }


def _page(club: ClubSettings, say: Speech, articles: str, ways: str) -> str:
    title = say("verdicts-title", club=club.name)
    return f"""<!doctype html>
<html lang="{say.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title><style>{_STYLE}</style><!--data--></head>
<body><header><h1>{title}</h1><p>{say("verdicts-intro", operator=club.operator)}</p>
<p class="small">{say("verdicts-no-authors")}</p></header>
<main>{articles}</main>{ways}</body></html>"""


def _ways(request: web.Request, say: Speech, *, has_more: bool) -> str:
    """The links to the pages before and after; from one verdict to the whole list."""

    def way(number: int, words: str) -> str:
        return f'<a href="?page={number}&amp;lang={say.language}">{words}</a>'

    if request.query.get("case"):
        return f"<nav>{way(0, say('verdicts-all'))}</nav>"
    page = _page_of(request)
    before = way(page - 1, say("page-previous")) if page else ""
    after = way(page + 1, say("page-next")) if has_more else ""
    return f"<nav>{before}{after}</nav>"


def _embedded(data: Mapping[str, Any]) -> str:
    # "</script>" in a text must not end the element.
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _link(url: str) -> str:
    address = escape(url)
    return f'<a href="{address}" rel="noopener noreferrer nofollow">{address}</a>'


def _page_of(request: web.Request) -> int:
    given = request.query.get("page", "0")
    return (
        min(int(given), _MOST_PAGES)
        if given.isascii() and given.isdigit() and len(given) < 6
        else 0
    )
