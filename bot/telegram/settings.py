"""What the Telegram side of the bot needs to know."""

from dataclasses import dataclass, field

from pydantic import SecretStr

TELEGRAM = "https://api.telegram.org"


@dataclass(frozen=True)
class TelegramSettings:
    """One bot account on Telegram, or in the sandbox."""

    token: SecretStr = field(default_factory=lambda: SecretStr(""))
    """What BotFather gave; better kept in NIEMTIN_TELEGRAM_TOKEN than in the file."""
    api_url: str = TELEGRAM
    sandbox: bool = False
    """The bot talks to the sandbox and follows its clock; never with a real token."""
    webhook_secret: SecretStr = field(default_factory=lambda: SecretStr(""))
    """What Telegram sends along so that the webhook knows it; 1 to 256 of A-Z a-z 0-9 _ -."""
    poll_timeout_s: int = 25
    """How long one `getUpdates` waits for something to happen; Telegram allows 50."""
