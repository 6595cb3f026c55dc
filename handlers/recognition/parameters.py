"""Removes tracking parameters from the query of a URL.

On a known platform only parameters that select the content are kept. On any other host only known
tracking parameters are removed, because the meaning of the others is unknown.
"""

import re
from urllib.parse import unquote

from handlers.recognition.platforms import parameters_of

_TRACKING = re.compile(
    r"utm_?\w*|mtm_\w+|ga_\w+|fb_(?:source|ref|action_\w+)|hc_\w+|__\w+__(?:\[.*\])?|__s|__tn__"
    r"|(?:fb|g|y|d|ms|tw|tt|rb_|s_k)cl(?:ck)?id|igsh(?:id)?|mibextid|sfnsn|_rdr|rdr|rdc|wtsid|paipv"
    r"|_ga|_gl|_openstat|mc_(?:eid|cid|tc)|mkt_tok|_hsenc|_hsmi|srsltid|s_cid|cmpid|echobox"
    r"|oly_(?:anon|enc)_id|vero_(?:id|conv)|wickedid|spm|[gw]braid|_branch_match_id|zarsrc|zalo_?src|gidzl"
    r"|sharer_(?:user_)?id|share_(?:id|item_id|app_id|link_id|author_id|url|from|source|medium)"
    r"|rdid|xmt|u_code|sec_(?:user_id|uid)|tt_from|is_from_webapp|sender_(?:device|web_id)|ref_(?:src|url)"
    r"|epik|li_fat_id|ml_subscriber(?:_hash)?|hmb_\w+|itm_\w+|pk_\w+|ck_subscriber_id|twclid|gad_source"
    r"|gclsrc|ysclid|__hs\w+|hsCtaTracking|guce_\w+|rb_clickid|unicorn_click_id|sfmc_\w+|dm_i|_kx|wt_mc"
    r"|amp_(?:js_v|gsa|r)|usqp",
    re.IGNORECASE,
)


def without_tracking(query: str, host: str) -> str:
    """The query without tracking parameters, in the original order."""
    allowed = parameters_of(host)
    pairs = [pair for pair in query.split("&") if pair]
    return "&".join(pair for pair in pairs if _is_kept(_name(pair), allowed))


def _name(pair: str) -> str:
    return unquote(pair.partition("=")[0])


def _is_kept(name: str, allowed: frozenset[str] | None) -> bool:
    return _TRACKING.fullmatch(name) is None if allowed is None else name in allowed
