"""Settings of the Telegram account."""

from dataclasses import dataclass, field

from pydantic import SecretStr

TELEGRAM = "https://api.telegram.org"


@dataclass(frozen=True)
class TelegramSettings:
    """One bot account on Telegram, or in the sandbox."""

    token: SecretStr = field(default_factory=lambda: SecretStr(""))
    """The token from @BotFather; better in NIEMTIN_TELEGRAM_TOKEN than in the file."""
    api_url: str = TELEGRAM
    sandbox: bool = False
    """Whether `api_url` is a sandbox, whose clock the bot follows; never with a real token."""
    webhook_secret: SecretStr = field(default_factory=lambda: SecretStr(""))
    """The secret that Telegram sends in a header to the webhook; 1 to 256 of A-Z a-z 0-9 _ -."""
    proxy: SecretStr = field(default_factory=lambda: SecretStr(""))
    """The proxy for all calls to Telegram, such as `socks5://user:password@host:1080`; empty: none."""
    poll_timeout_s: int = 25
    """Seconds that one `getUpdates` waits for updates; Telegram allows 50."""

    @property
    def is_used(self) -> bool:
        """Whether the club is on Telegram: there is a token."""
        return bool(self.token.get_secret_value())
