"""`GET /zalo-oa/callback`: where the platform leads the browser of who granted access."""

from types import MappingProxyType

from aiohttp import web

from bot.zalo_oa.authorization import Authorization, NotGranted, redirect_of
from handlers.conversation import LANGUAGES, ClubSettings, Html, speech_to

_HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
        "X-Content-Type-Options": "nosniff",
        # The address of this page holds the code.
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
)
_STYLE = (
    "body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem}"
)


class CallbackPage:
    """Completes the grant that `niemtin oa authorize` began, and says how it went."""

    def __init__(self, authorization: Authorization, club: ClubSettings) -> None:
        self._authorization = authorization
        self._say = speech_to(club, LANGUAGES[0])

    async def answer(self, request: web.Request) -> web.Response:
        """200 when the tokens are stored, else 400; a sentence in either case."""
        try:
            await self._authorization.complete(redirect_of(request.query))
        except NotGranted as problem:
            sentence = self._say(f"oa-problem-{problem.key}", **problem.values)
            return self._page("✗", sentence, status=400)
        return self._page("✓", self._say("oa-granted"), status=200)

    def _page(self, mark: str, sentence: Html, *, status: int) -> web.Response:
        title = self._say("oa-page-title")
        html = (
            f'<!doctype html><html lang="{LANGUAGES[0]}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{title}</title><style>{_STYLE}</style></head>"
            f"<body><h1>{mark} {title}</h1><p>{sentence}</p></body></html>"
        )
        return web.Response(text=html, content_type="text/html", headers=_HEADERS, status=status)
