"""Extracts the post id from URLs of known platforms.

A post id is the key where it is unique on the platform. Telegram's ids are unique in their channel
only, so the channel is part of the key. Hosts are compared in full: `facebook.com.vn.top` and
`xn--fcebook-8va.com` belong to no platform.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class PostLink:
    """A post: its match key, and an address that opens it and names no account."""

    key: str
    address: str


@dataclass(frozen=True)
class _Rule:
    path: re.Pattern[str]
    """Matched against the whole path without its last slash. The group `id` is the post id; the optional
    group `place` is the channel in which it is unique."""
    parameter: str = ""
    """The query parameter with the post id, if it is not in the path."""
    value: re.Pattern[str] = re.compile(r"[\w-]+")

    def read(self, path: str, query: Mapping[str, str]) -> str | None:
        match = self.path.fullmatch(path)
        if match is None:
            return None
        if not self.parameter:
            place = match.groupdict().get("place")
            return f"{place}/{match['id']}" if place else match["id"]
        given = self.value.fullmatch(query.get(self.parameter, ""))
        return given[given.lastindex or 0] if given else None


@dataclass(frozen=True)
class Platform:
    """One platform: its hosts, the URL forms with a post id, and the forms without one."""

    name: str
    hosts: tuple[str, ...]
    """Domains, each with all its subdomains."""
    rules: tuple[_Rule, ...]
    opens: str
    """Template of an address that opens the post `{id}` and names no account."""
    unresolved: re.Pattern[str] = re.compile(r"(?!)")
    """Matches `host/path` of short and share links, which hold no post id."""
    ignores_case: bool = False
    """Whether the path is case-insensitive."""
    meaningful: tuple[str, ...] = ()
    """Parameters that select a part of the post, such as one comment."""
    parameters: frozenset[str] = frozenset()
    """The parameters that select the content; every other is tracking."""

    def owns(self, host: str) -> bool:
        """Whether the host is one of this platform."""
        return any(host == known or host.endswith("." + known) for known in self.hosts)

    def find(self, path: str, query: Mapping[str, str]) -> PostLink | None:
        """The post that this path and query lead to; None if they hold no post id."""
        path = path.lower() if self.ignores_case else path
        post_id = next((i for rule in self.rules if (i := rule.read(path, query))), None)
        if post_id is None:
            return None
        parts = {name: query[name] for name in self.meaningful if query.get(name)}
        joint = "&" if "?" in self.opens else "?"
        tail = joint + urlencode(parts) if parts else ""
        return PostLink(f"{self.name}:{post_id}{tail}", self.opens.format(id=post_id) + tail)


def _paths(*patterns: str) -> tuple[_Rule, ...]:
    return tuple(_Rule(re.compile(pattern)) for pattern in patterns)


def _parameters(name: str, paths: Iterable[str], value: str) -> tuple[_Rule, ...]:
    return tuple(_Rule(re.compile(path), name, re.compile(value)) for path in paths)


_FB_ID = r"(?P<id>\d{5,}|pfbid\w+)"
_FACEBOOK = Platform(
    name="facebook",
    hosts=(
        "facebook.com",
        "fb.com",
        "fb.watch",
        "facebookwkhpilnemxj7asaniu7vnjjbiltxjqhye3mhbshg7kx5tfyd.onion",
    ),
    rules=(
        *_parameters(
            "story_fbid", [r"/story\.php", r"/permalink\.php", r"/[^/]+"], r"\d{5,}|pfbid\w+"
        ),
        *_parameters("fbid", [r"/photo(?:\.php)?", r"/[^/]+/photos?"], r"\d{5,}"),
        *_parameters("v", [r"/watch(?:/live)?", r"/video\.php", r"/video/video\.php"], r"\d{5,}"),
        *_parameters("video_id", [r"/video/embed"], r"\d{5,}"),
        *_parameters("multi_permalinks", [r"/groups/[^/]+"], r"\d{5,}"),
        *_parameters("id", [r"/groups/[^/]+"], r"\d{5,}"),
        *_paths(
            rf"/groups/[^/]+/(?:posts|permalink)/(?:[^/]+/)?{_FB_ID}",
            rf"/[^/]+/posts/(?:[^/]+/)?{_FB_ID}",
            rf"/[^/]+/videos/(?:[^/]+/)?{_FB_ID}",
            rf"/[^/]+/photos/(?:[^/]+/)?{_FB_ID}",
            rf"/(?:[^/]+/)?reels?/{_FB_ID}",
            rf"/watch/[^/]+/{_FB_ID}",
            rf"/notes/(?:[^/]+/){{1,2}}{_FB_ID}",
            rf"/(?:videos|posts|watchparty|events|marketplace/item)/{_FB_ID}",
            rf"/events/[^/]+/{_FB_ID}",
            rf"/{_FB_ID}",
        ),
    ),
    opens="https://www.facebook.com/{id}",
    unresolved=re.compile(r"fb\.watch/.+|(?:.+\.)?(?:facebook|fb)\.com/share/.+"),
    meaningful=("comment_id", "reply_comment_id"),
    parameters=frozenset(
        [
            "story_fbid",
            "fbid",
            "id",
            "v",
            "video_id",
            "multi_permalinks",
            "set",
            "album_id",
            "event_time_id",
            "comment_id",
            "reply_comment_id",
            "q",
            "query",
            "u",
            "href",
            "next",
        ]
    ),
)
_FACEBOOK_ALBUM = Platform(
    name="facebook",
    hosts=_FACEBOOK.hosts,
    # Numbers behind the album's own are those of the account and of the list that shows it.
    rules=_parameters("set", [r"/media/set"], r"(a\.\d{5,})(?:\.\d+)*"),
    opens="https://www.facebook.com/media/set?set={id}",
)
_TIKTOK = Platform(
    name="tiktok",
    hosts=("tiktok.com", "tiktokv.com"),
    rules=(
        *_parameters("item_id", [r"/foryou", r""], r"\d{8,}"),
        *_paths(
            r"/@[^/]*/(?:video|photo)/(?P<id>\d{8,})",
            r"/(?:(?:i18n/)?share/)?(?:video|photo)/(?P<id>\d{8,})",
            r"/v/(?P<id>\d{8,})(?:\.html)?",
            r"/(?:embed(?:/v\d)?|player/v\d)/(?P<id>\d{8,})",
        ),
    ),
    opens="https://www.tiktok.com/@/video/{id}",
    unresolved=re.compile(r"v[mt]\.tiktok\.com/.+|(?:.+\.)?tiktok\.com/t/.+"),
    parameters=frozenset(["item_id", "q", "redirect_url"]),
)
_YT_ID = r"[\w-]{11}"
_YOUTUBE = Platform(
    name="youtube",
    hosts=("youtube.com", "youtube-nocookie.com", "youtubekids.com"),
    rules=(
        *_parameters("v", [r"/watch(?:_popup|\.php)?", r"", r"/"], _YT_ID),
        *_paths(
            rf"/(?:shorts|live|v|e|vi|watch)/(?P<id>{_YT_ID})",
            rf"/embed/(?!videoseries$|live_stream$)(?P<id>{_YT_ID})",
        ),
    ),
    opens="https://www.youtube.com/watch?v={id}",
    meaningful=("lc",),
    parameters=frozenset(
        ["v", "list", "t", "start", "end", "lc", "lb", "q", "search_query", "u", "continue"]
    ),
)
_YOUTUBE_POST = Platform(
    name="youtube",
    hosts=("youtube.com",),
    rules=(
        *_paths(r"/post/(?P<id>Ug[\w-]{10,})"),
        *_parameters("lb", [r"/(?:channel/|c/|user/)?[^/]+/(?:community|posts)"], r"Ug[\w-]{10,}"),
    ),
    opens="https://www.youtube.com/post/{id}",
)
_YOUTU_BE = Platform(
    name="youtube",
    # Invidious and Piped show YouTube's videos under the same ids.
    hosts=("youtu.be", "invidio.us", "invidious.io", "yewtu.be", "piped.video"),
    rules=(*_parameters("v", [r"/watch"], _YT_ID), *_paths(rf"/(?:shorts/)?(?P<id>{_YT_ID})")),
    opens=_YOUTUBE.opens,
    meaningful=("lc",),
    parameters=_YOUTUBE.parameters,
)
_INSTAGRAM = Platform(
    name="instagram",
    hosts=("instagram.com", "instagr.am"),
    rules=_paths(
        r"/(?:[^/]+/)?(?:p|reels?|tv)/(?P<id>[\w-]{5,})(?:/(?:embed(?:/captioned)?|media))?",
    ),
    opens="https://www.instagram.com/p/{id}/",
    unresolved=re.compile(r"(?:.+\.)?instagram\.com/share/.+"),
    parameters=frozenset(["img_index", "story_media_id", "q", "next", "u"]),
)
_THREADS = Platform(
    name="threads",
    hosts=("threads.net", "threads.com"),
    rules=_paths(r"/(?:@[^/]+/post|t)/(?P<id>[\w-]{5,})(?:/(?:embed|media))?"),
    opens="https://www.threads.com/t/{id}",
    parameters=frozenset(["q", "u"]),
)
_X = Platform(
    name="x",
    hosts=(
        "twitter.com",
        "x.com",
        "twitter3e4tixl4xyajtrzo62zg5vztmjuricljdp2c5kshju4avyoid.onion",
        # Mirrors that show X's posts under the same ids, for better previews in Telegram.
        "vxtwitter.com",
        "fxtwitter.com",
        "fixupx.com",
        "fixvx.com",
        "nitter.net",
    ),
    rules=_paths(
        r"/(?:i/web|i|[^/]+)/status(?:es)?/(?P<id>\d+)(?:/(?:photo|video)/\d+|/(?:quotes|retweets|likes))?",
        r"/i/(?:videos/tweet|videos|tweet)/(?P<id>\d+)",
    ),
    opens="https://x.com/i/status/{id}",
    unresolved=re.compile(r"pic\.(?:twitter|x)\.com/.+"),
    parameters=frozenset(["q", "f"]),
)
_X_LIVE = Platform(
    name="x",
    hosts=_X.hosts,
    rules=_paths(r"/i/(?P<id>(?:broadcasts|spaces|events)/\w+)"),
    opens="https://x.com/i/{id}",
)
_TELEGRAM = Platform(
    name="telegram",
    hosts=("t.me", "telegram.me", "telegram.dog"),
    # A topic id may precede the post id, which is unique in the channel without it.
    rules=_paths(
        r"/(?P<place>c/\d+)/(?:\d+/)?(?P<id>\d+)",
        r"/(?:s/)?(?P<place>[a-z]\w{3,})/(?:\d+/)?(?P<id>\d+)",
    ),
    opens="https://t.me/{id}",
    ignores_case=True,
    meaningful=("comment",),
    parameters=frozenset(["comment", "thread", "single", "url", "c", "server", "port", "secret"]),
)
_ZALO = Platform(
    name="zalo",
    hosts=("zalo.me", "zaloapp.com"),
    rules=_paths(r"/(?P<id>g/[a-z0-9]{6,})"),
    opens="https://zalo.me/{id}",
    parameters=frozenset(["q"]),
)

PLATFORMS = (
    _FACEBOOK,
    _FACEBOOK_ALBUM,
    _TIKTOK,
    _YOUTUBE,
    _YOUTUBE_POST,
    _YOUTU_BE,
    _INSTAGRAM,
    _THREADS,
    _X,
    _X_LIVE,
    _TELEGRAM,
    _ZALO,
)


_WITHOUT_POSTS = (
    Platform(
        name="messenger",
        hosts=("m.me", "messenger.com"),
        rules=(),
        opens="",
        parameters=frozenset({"u"}),
    ),
    Platform(
        name="whatsapp",
        hosts=("wa.me", "whatsapp.com"),
        rules=(),
        opens="",
        parameters=frozenset({"phone"}),
    ),
    Platform(name="spotify", hosts=("spotify.com",), rules=(), opens=""),
    Platform(
        name="google-documents",
        hosts=("docs.google.com", "drive.google.com"),
        rules=(),
        opens="",
        parameters=frozenset({"id", "export", "format", "gid", "range", "tab", "resourcekey"}),
    ),
)
"""Hosts without posts, but with tracking parameters."""


_SHORT = """
    adf.ly app.link bit.do bit.ly bitly.com bom.so buff.ly by.com.vn clck.ru cutt.ly dlvr.it dub.sh
    fb.gg fb.me g.co goo.gl goo.su ift.tt is.gd j.mp lnkd.in me-qr.com ouo.io ow.ly page.link
    qrco.de rb.gy rebrand.ly s.id s.lazada.vn s.net.vn s.shopee.vn shope.ee short.gy shorten.asia
    shorturl.asia shorturl.at soo.gd surl.li t.co t.ly tiny.cc tiny.one tinyurl.com trib.al u.to
    urlvn.net v.gd vk.cc
"""
_SHORTENERS = frozenset(_SHORT.split())
_MOST_LABELS = max(host.count(".") + 1 for host in _SHORTENERS)


def is_shortener(host: str) -> bool:
    """Whether the host is a link shortener, whose target is unknown."""
    labels = host.rsplit(".", _MOST_LABELS)[-_MOST_LABELS:]
    return any(".".join(labels[i:]) in _SHORTENERS for i in range(len(labels)))


def parameters_of(host: str) -> frozenset[str] | None:
    """The parameters that select the content on a known host; None for any other host."""
    owners = (platform for platform in (*PLATFORMS, *_WITHOUT_POSTS) if platform.owns(host))
    return next((platform.parameters for platform in owners), None)


def platform_of(url: str) -> str | None:
    """The platform that an address of a known host belongs to; None for any other page."""
    host = urlsplit(url).hostname or ""
    return next((platform.name for platform in PLATFORMS if platform.owns(host)), None)
