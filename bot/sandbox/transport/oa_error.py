"""The errors of the Official Account API: a number in a body that comes with HTTP status 200.

Numbers and meanings: https://developers.zalo.me/docs/official-account/phu-luc/ma-loi
"""

from typing import TypeVar

from bot.sandbox.transport.api_error import ApiError

T = TypeVar("T")

MEANINGS = {
    -32: "Your Official Account reached limit call api",
    -100: "Attachment id has expired",
    -118: "invalid_grant",
    -200: "Sending message failed",
    -201: "Params is invalid",
    -204: "Official Account is disabled",
    -205: "Official Account does not exist",
    -209: "Application is not active",
    -210: "Params exceeds the limit",
    -211: "Out of quota",
    -212: "Official Account has not registered this api",
    -213: "User has not followed Official Account",
    -214: "Article is being processed",
    -216: "Access token is invalid",
    -217: "User has blocked invitation from Official Account",
    -218: "Out of quota receive",
    -219: "Application has been removed or disabled",
    -220: "Access token has expired or been removed",
    -221: "Official Account has not been verified",
    -223: "Official Account has not granted permission for this api",
    -224: "Official Account must upgrade its package",
    -227: "User is banned or has been inactive for more than 45 days",
    -230: "User has not interacted with the OA in the past 7 days",
    -232: "User has not issued a prior interaction with the OA, or the interaction has expired",
    -233: "Message type is invalid or not supported",
    -234: "This message must not be sent from 22:00 to 6:00",
    -235: "API does not support this type of Official Account",
    -237: "Group chat has expired",
    -238: "Asset has been used or is not available",
    -240: "API message v2 is no longer available, please use v3",
    -241: "The free asset has been used",
    -242: "appsecret_proof is invalid",
    -244: "User has refused to receive this type of message from your Official Account",
    -248: "Message violates the platform standards",
    -249: "Template must not be sent to a user id",
    -320: "Your app needs to connect with Zalo Cloud Account",
    -321: "Zalo Cloud Account associated with this app is out of money or unable to perform a charge",
    -403: "Group does not belong to this Official Account",
    -1340: "Form does not exist",
    -1341: "Form does not belong to this Official Account",
    -14002: "Invalid app id, or the app is not active",
    -14003: "Invalid redirect uri",
    -14004: "Invalid secret key",
    -14012: "Invalid request",
    -14014: "Invalid refresh token",
}
"""The sandbox's text for each number. The platform varies its texts; clients match numbers."""


class OaError(ApiError):
    """An error of the Official Account API; `code` is its number."""

    def __init__(self, code: int, detail: str = "") -> None:
        super().__init__(code, detail or MEANINGS.get(code, "Unknown error"))


def check_shape(condition: object, field: str) -> None:
    """Raises OaError -201 (`<field> is invalid`), unless the condition is true."""
    if not condition:
        raise OaError(-201, f"{field} is invalid")


def of_type(value: object, wanted: type[T], field: str) -> T:
    """The value when it is of this type; OaError (-201) otherwise."""
    if not isinstance(value, wanted):
        raise OaError(-201, f"{field} is invalid")
    return value


def check_limit(condition: object, field: str) -> None:
    """Raises OaError -210 (`<field> exceeds the limit`), unless the condition is true."""
    if not condition:
        raise OaError(-210, f"{field} exceeds the limit")
