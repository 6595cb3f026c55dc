"""Settings of the web server."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WebSettings:
    """Where the bot serves health, metrics, signed files, and webhooks."""

    host: str = "127.0.0.1"
    port: int = 8080
    """0 means no web server at all."""
    public_url: str = ""
    """The public https URL of this server; empty means polling."""
    metrics: bool = True
    """Whether `/metrics` is served for Prometheus: totals, no personal data."""
    verdicts: bool = False
    """Whether everybody may read the club's verdicts at `/verdicts`."""

    def address_of(self, path: str) -> str:
        """The public URL of a path; empty where there is none."""
        return self.public_url and self.public_url.rstrip("/") + path
