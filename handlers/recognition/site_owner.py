"""Whether one owner holds a whole domain, or anybody can publish on it."""

from urllib.parse import urlsplit

from tldextract import TLDExtract

from handlers.recognition.platforms import PLATFORMS, is_shortener

_parts_of = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
"""Uses the bundled public suffix list: nothing is downloaded."""
_SHARED = """
    google.com google.com.vn goo.gle forms.gle g.page youtube.com youtu.be gmail.com blogger.com
    microsoft.com office.com live.com onedrive.com 1drv.ms sharepoint.com apple.com icloud.com
    dropbox.com db.tt box.com mega.nz mega.io mediafire.com fshare.vn 4shared.com wetransfer.com we.tl
    pcloud.com terabox.com drive.com zippyshare.com sendspace.com anonfiles.com gofile.io
    typeform.com jotform.com surveymonkey.com formstack.com tally.so cognitoforms.com airtable.com
    123formbuilder.com zoho.com smartsheet.com forms.app fillout.com paperform.co
    notion.so canva.com docsend.com scribd.com issuu.com slideshare.net prezi.com figma.com
    linktr.ee beacons.ai bio.link taplink.cc telegra.ph graph.org medium.com substack.com tumblr.com
    reddit.com pinterest.com linkedin.com twitter.com x.com discord.com discord.gg snapchat.com
    viber.com vk.com weibo.com line.me whatsapp.com wa.me zalo.me zaloapp.com zalopay.vn telegram.org
    shopee.vn lazada.vn tiki.vn sendo.vn chotot.com facebook.com messenger.com instagram.com tiktok.com
    github.com gitlab.com archive.org wikipedia.org play.google.com momo.vn
"""
"""Platforms, drives, form and document hosts: pages of one domain have different owners."""
_SHARED_SITES = frozenset(_SHARED.split())


def owned_site(url: str) -> str | None:
    """The registered domain of an address, if one owner holds all of it; else None.

    Suffixes under which anybody gets a name (`blogspot.com`, `github.io`) count as suffixes, so that a
    name below them is a site of its own.
    """
    host = _host(url)
    parts = _parts_of(host)
    # For a suffix that is not in the list, such as `.example`, the last two labels are the site.
    unlisted = ".".join(host.split(".")[-2:]) if not (parts.suffix or parts.ipv4) else ""
    site = parts.top_domain_under_public_suffix or unlisted
    if "." not in site or site in _SHARED_SITES or is_shortener(host) or is_shortener(site):
        return None
    if any(platform.owns(host) for platform in PLATFORMS):
        return None
    return site


def is_public_body(url: str) -> bool:
    """Whether it belongs to a Vietnamese public body: `gov.vn` and its subdomains."""
    host = _host(url)
    return host == "gov.vn" or host.endswith(".gov.vn")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
