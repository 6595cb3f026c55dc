"""Translates the Open API's error codes; the only module that reads them.

See docs/decisions/0029-failures-say-whether-to-retry.md.

The platform answers HTTP 200 with a code in `error`; its texts vary, so only the number counts. The
codes are those of the platform's table (developers.zalo.me, Official Account API, error codes), and a
few that others met on accounts in use. Of a code that is not here nobody knows whether the message
was sent.
"""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Final

from handlers.messages import (
    BalanceSpent,
    DeliveryUncertain,
    MessengerError,
    QuotaSpent,
    RateLimited,
    RecipientGone,
    Refused,
    ServerError,
    TemporarilyRejected,
    TokenRefused,
    WindowClosed,
)

DONE: Final = 0
TOO_FAST: Final = -32
ATTACHMENT_EXPIRED: Final = -100
QUOTA_SPENT: Final = -211
TOKEN_INVALID: Final = frozenset((-216, -220, 401, -401, 216))
"""The access token is invalid, expired or removed."""
PAUSE_S: Final = 60.0
"""Seconds to wait after -32 or 429: the platform counts calls by the minute."""


class AttachmentExpired(Refused):
    """An uploaded file is older than 7 days: upload it again."""


class WrongCall(TokenRefused):
    """This kind of account does not take this call; one of a state body takes the older one."""


_MEANINGS: Final[Mapping[int, tuple[type[MessengerError], str]]] = {
    ATTACHMENT_EXPIRED: (AttachmentExpired, "an attachment expired"),
    -200: (DeliveryUncertain, "sending failed without a reason"),
    -201: (Refused, "a field is invalid"),
    -204: (TokenRefused, "the account is disabled"),
    -205: (TokenRefused, "there is no such account"),
    -209: (TokenRefused, "the app is not active"),
    -210: (Refused, "a field exceeds its limit"),
    -212: (TokenRefused, "the app has not registered this API"),
    -213: (WindowClosed, "the person does not follow the account"),
    -214: (ServerError, "still being processed"),
    -217: (WindowClosed, "the person blocked invitations of the account"),
    -218: (WindowClosed, "the person may receive no more of these messages"),
    -219: (TokenRefused, "the app is removed or disabled"),
    -221: (TokenRefused, "the account must be verified"),
    -223: (TokenRefused, "the account has not granted this right to the app"),
    -224: (TokenRefused, "the account needs a higher package"),
    -227: (RecipientGone, "the person is banned or was not online for 45 days"),
    -230: (WindowClosed, "no interaction within 7 days"),
    -232: (WindowClosed, "no interaction, or it expired"),
    -233: (Refused, "this kind of message is not supported"),
    -234: (TemporarilyRejected, "not at night"),
    -235: (WrongCall, "this call is not for this kind of account"),
    -237: (RecipientGone, "the group has lapsed"),
    -238: (Refused, "the asset is used or disabled"),
    -240: (TokenRefused, "this version of the call has ended"),
    -241: (Refused, "the free asset is used"),
    -242: (TokenRefused, "the proof of the app's secret is invalid"),
    -244: (RecipientGone, "the person refuses these messages of the account"),
    -248: (Refused, "against the platform's standards"),
    -249: (Refused, "the template cannot be sent by user id"),
    -320: (BalanceSpent, "the app has no Zalo Cloud Account"),
    -321: (BalanceSpent, "the Zalo Cloud Account has no money"),
    -403: (RecipientGone, "not a group of this account"),
    -1340: (Refused, "there is no such form"),
    -1341: (Refused, "the form is another account's"),
}
"""Code to what it means, with our words for it: the platform's own may quote the message."""


def meaning(code: int, new_quota_at: datetime) -> MessengerError:
    """Our error for a code other than `DONE`, after all that the client itself can do about it.

    `new_quota_at`: when to try again after a quota is used up.
    """
    if code == TOO_FAST:
        return RateLimited(PAUSE_S)
    if code == QUOTA_SPENT:
        return QuotaSpent(new_quota_at)
    if code in TOKEN_INVALID:
        return TokenRefused(f"the access token is not accepted ({code})")
    kind, reason = _MEANINGS.get(code, (DeliveryUncertain, "an unknown error"))
    return kind(f"{reason} ({code})")


def meaning_of_status(status: int) -> MessengerError:
    """Our error for a response without a code, which comes from a server in between."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimited(PAUSE_S)
    if status == HTTPStatus.UNAUTHORIZED:
        return TokenRefused("the access token is not accepted")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status < HTTPStatus.BAD_REQUEST:
        # It may have failed after the message was passed on.
        return DeliveryUncertain(f"an answer that cannot be read ({status})")
    return Refused(f"HTTP {status}")
