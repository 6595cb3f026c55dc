"""What the Zalo side of the bot needs to know."""

from dataclasses import dataclass, field

from pydantic import SecretStr

ZALO = "https://bot-api.zaloplatforms.com"


@dataclass(frozen=True)
class ZaloSettings:
    """One bot account on Zalo, or in the sandbox; without a token there is none."""

    token: SecretStr = field(default_factory=lambda: SecretStr(""))
    """What Zalo Bot Manager gave; better kept in NIEMTIN_ZALO_TOKEN than in the file."""
    api_url: str = ZALO
    webhook_secret: SecretStr = field(default_factory=lambda: SecretStr(""))
    """What Zalo sends along so that the webhook knows it; 8 to 256 characters."""
    poll_timeout_s: int = 25
    """How long one `getUpdates` waits for something to happen."""
    per_second: int = 10
    """Messages in any one second. Zalo publishes no figure; it says with 429 what is too fast."""
    monthly_quota: int = 0
    """Messages the account may send in a calendar month; 0 when there is no such limit."""

    @property
    def is_used(self) -> bool:
        return bool(self.token.get_secret_value())
