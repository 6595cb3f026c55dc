"""Who the Official Account is, and what its owner sets and buys in Zalo's consoles."""

from dataclasses import dataclass, field

BUSINESS, STATE_BODY = 2, 4
"""`oa_type` of ordinary accounts and of state bodies."""


@dataclass(frozen=True)
class OaIdentity:
    """The account and its app. The secrets are public and valid in the sandbox alone."""

    oa_id: str = "2718281828459045235"
    name: str = "niềm tin OA"
    app_id: str = "1618033988749894848"
    app_secret: str = field(default="oa-app-secret-of-the-sandbox", repr=False)
    oa_secret: str = field(default="oa-webhook-secret-of-the-sandbox", repr=False)
    """The “OA Secret Key” of the console's webhook page, with which events are signed."""


@dataclass
class OaSettings:
    """What the control API sets. Prices and packages of 2026: Toàn diện, 55 đồng a message."""

    oa_type: int = BUSINESS
    package_quota: int = 2_000
    """Messages a month that the package holds, for answers later than 48 hours."""
    balance_dong: int | None = 100_000
    """Money on the Zalo Cloud Account, in đồng; None without such an account."""
    price_dong: int = 55
    calls_per_minute: int = 2_000
    """Calls of the API in one minute of the sandbox's clock; 0 without a limit."""
    signs_with_app_secret: bool = False
    """Signs events with the app's secret key instead of the account's: sources disagree."""
    signature_prefix: str = "mac="
