"""Settings of the Zalo account."""

from dataclasses import dataclass, field

from pydantic import SecretStr

ZALO = "https://bot-api.zaloplatforms.com"


@dataclass(frozen=True)
class ZaloSettings:
    """One bot account on Zalo, or in the sandbox; without a token there is none."""

    token: SecretStr = field(default_factory=lambda: SecretStr(""))
    """The token from Zalo Bot Manager; better in NIEMTIN_ZALO_TOKEN than in the file."""
    api_url: str = ZALO
    webhook_secret: SecretStr = field(default_factory=lambda: SecretStr(""))
    """The secret that Zalo sends in a header to the webhook; 8 to 256 characters."""
    poll_timeout_s: int = 25
    """Seconds that one `getUpdates` waits for an update."""
    per_second: int = 10
    """Messages per second. Zalo publishes no limit; it answers 429 above it."""
    monthly_quota: int = 0
    """Messages that the account may send per calendar month; 0 for no limit."""

    max_users: int = 50
    """People that the account may serve: 50 on the free plan of the Bot Platform; 0 for no limit."""
    link: str = ""
    """The address that opens a chat with the bot on Zalo, as Zalo Bot Manager shows it."""

    @property
    def is_used(self) -> bool:
        """Whether the club is on Zalo: there is a token."""
        return bool(self.token.get_secret_value())
