"""The calls of the Official Account API by HTTP method and path. Others are answered with 404."""

from bot.sandbox.method_call import Method
from bot.sandbox.zalo_oa.account_information import get_account, get_quota, get_user
from bot.sandbox.zalo_oa.consultation_message import SENDING
from bot.sandbox.zalo_oa.token_exchange import TOKEN_PATH
from bot.sandbox.zalo_oa.upload_calls import UPLOADS

PREFIX = "oa/"
"""Prefix of a path in recorded calls and in faults."""

METHODS: dict[tuple[str, str], Method] = {
    **{("POST", path): method for path, method in SENDING.items()},
    **{("POST", path): method for path, method in UPLOADS.items()},
    ("GET", "v2.0/oa/getoa"): get_account,
    ("GET", "v3.0/oa/user/detail"): get_user,
    ("POST", "v3.0/oa/quota/message"): get_quota,
}
NAMES = frozenset({f"{PREFIX}{path}" for _, path in METHODS} | {f"{PREFIX}{TOKEN_PATH}"})
"""The names of all calls, as faults and the record of calls have them."""
