"""OAuth v4 for Official Accounts: the page on which an admin grants, and the exchange of tokens.

https://developers.zalo.me/docs/official-account/bat-dau/xac-thuc-va-uy-quyen-cho-ung-dung-new
"""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from aiohttp import web

from bot.sandbox.state import SandboxState
from bot.sandbox.transport import JsonObject, OaError, Parameters
from bot.sandbox.transport.origin_check import LOOPBACK_HOSTS

TOKEN_PATH = "oauth/v4/oa/access_token"  # noqa: S105 - a path
PERMISSION_PATH = "oauth/v4/oa/permission"
SECRET_HEADER = "secret_key"  # noqa: S105 - a header's name


def permit(state: SandboxState, parameters: Parameters) -> str:
    """The address to which the admin's browser returns with `code`, `oa_id` and `state`.

    The grant is given at once. Raises OaError: -14002 for another app, -14003 for an address that is
    not on this machine.
    """
    if parameters.text("app_id") != state.oa.identity.app_id:
        raise OaError(-14002)
    target = urlsplit(parameters.text("redirect_uri"))
    if target.scheme not in ("http", "https") or target.hostname not in LOOPBACK_HOSTS:
        raise OaError(-14003, "Invalid redirect uri: the sandbox redirects to this machine only")
    challenge = parameters.text("code_challenge")
    answer = {"code": state.oa.tokens.grant(challenge), "oa_id": state.oa.identity.oa_id}
    for name in ("state", "code_challenge"):
        if parameters.text(name):
            answer[name] = parameters.text(name)
    query = urlencode([*parse_qsl(target.query), *answer.items()])
    return urlunsplit(target._replace(query=query))


def exchange(state: SandboxState, parameters: Parameters, secret: str) -> JsonObject:
    """A pair of tokens for a code or a refresh token.

    Raises OaError: -14002 for another app, -14004 for a wrong secret key, -118 and -14014 as `Tokens`
    does, -14012 for another grant type.
    """
    if parameters.text("app_id") != state.oa.identity.app_id:
        raise OaError(-14002)
    if secret != state.oa.identity.app_secret:
        raise OaError(-14004)
    tokens, grant = state.oa.tokens, parameters.text("grant_type")
    if grant == "authorization_code":
        pair = tokens.redeem(parameters.text("code"), parameters.text("code_verifier"))
    elif grant == "refresh_token":
        pair = tokens.renew(parameters.text("refresh_token"))
    else:
        raise OaError(-14012)
    return pair.as_json()


def secret_of(request: web.Request) -> str:
    """The app's secret key in the request; OaError (-14012) when the body is no form."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise OaError(-14012, "Invalid request: send application/x-www-form-urlencoded")
    return request.headers.get(SECRET_HEADER, "")


def failure(error: OaError) -> JsonObject:
    """The body of a failure, which has no tokens."""
    return {
        "error": error.code,
        "error_name": error.description,
        "error_reason": error.description,
        "error_description": error.description,
        "ref_doc": "https://developers.zalo.me/docs/social-api/tham-khao/ma-loi",
        "message": error.description,
    }
