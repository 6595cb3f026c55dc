"""What the web server needs to know."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WebSettings:
    """Where the bot itself can be reached: health, and the webhook when there is one."""

    host: str = "127.0.0.1"
    port: int = 8080
    """0 means no web server at all."""
    public_url: str = ""
    """The https address under which Telegram reaches this server; empty means polling."""
    metrics: bool = True
    """Whether `/metrics` tells Prometheus how the bot is doing: totals, nothing of a person."""
    verdicts: bool = False
    """Whether everybody may read the club's verdicts at `/verdicts`."""

    def address_of(self, path: str) -> str:
        """Where a path of this server is reached from outside; empty where nothing is."""
        return self.public_url and self.public_url.rstrip("/") + path
