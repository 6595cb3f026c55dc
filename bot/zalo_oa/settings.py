"""Settings of the Official Account on Zalo."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from pydantic import SecretStr

from handlers.messages import MessagingWindow

ZALO_OA = "https://openapi.zalo.me"
ZALO_OAUTH = "https://oauth.zaloapp.com"


class SignatureKey(StrEnum):
    """Which secret signs the webhook's requests; sources disagree, so both are supported."""

    OA = "oa"
    """The OA secret key of the console's webhook page."""
    APP = "app"
    """The app's secret key."""


def _no_secret() -> SecretStr:
    return SecretStr("")


@dataclass(frozen=True)
class ZaloOaSettings:
    """One Official Account and the app it has authorised, or the sandbox's; unused without an app."""

    app_id: str = ""
    """The app's id from developers.zalo.me."""
    app_secret: SecretStr = field(default_factory=_no_secret)
    """The app's secret key; better in NIEMTIN_ZALO_OA_APP_SECRET than in the file."""
    oa_secret: SecretStr = field(default_factory=_no_secret)
    """The OA secret key of the console's webhook page; better in NIEMTIN_ZALO_OA_SECRET."""
    signature_key: SignatureKey = SignatureKey.OA
    """The secret that signs webhook requests."""
    api_url: str = ZALO_OA
    oauth_url: str = ZALO_OAUTH
    per_minute: int = 80
    """Calls a minute. The package Tăng trưởng allows 100, uploads and token renewals included."""
    console_readers: str = ""
    """Who administers the account and can read the chats in Zalo's console."""
    free_hours: int = 48
    """Hours after a person's last interaction in which messages to them are free."""
    window_days: int = 7
    """Days after a person's last interaction in which the account may write to them."""
    price_dong: int = 55
    """Price in đồng of a message after `free_hours` and beyond the package's quota."""
    announcement_messages: int = 0
    """The most messages that an officer may let one announcement pay for; 0: nothing is paid."""
    announcement_dong: int = 0
    """The same in đồng; the lower of the two counts."""
    month_messages: int = 0
    """The most messages that are paid for in a calendar month; 0: nothing is paid."""
    month_dong: int = 0
    """The same in đồng; the lower of the two counts."""

    @property
    def is_used(self) -> bool:
        """Whether the club has an Official Account: there is an app with its secret."""
        return bool(self.app_id and self.app_secret.get_secret_value())

    @property
    def webhook_key(self) -> SecretStr:
        """The secret that signs webhook requests."""
        return self.oa_secret if self.signature_key is SignatureKey.OA else self.app_secret

    @property
    def window(self) -> MessagingWindow:
        """How long after a person's last interaction the account may write to them."""
        return MessagingWindow(timedelta(hours=self.free_hours), timedelta(days=self.window_days))
