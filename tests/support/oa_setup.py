"""An Official Account of the bot, whose platform is scripted by the test."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.zalo_oa.client import OaClient
from bot.zalo_oa.messenger import ZaloOaMessenger
from bot.zalo_oa.outgoing import Composer
from bot.zalo_oa.presses import Payloads
from bot.zalo_oa.uploaded_files import Uploads
from handlers.messages import Address, Charge, Media, MessagingWindow, TokenRefused
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.database.vault import Vault
from tests.support.club import ManualClock
from tests.support.inline_workers import InlineWorkers
from tests.support.manual_clock import SimulatedTime
from tests.support.scripted_oa_server import OaServer

PERSON = "5207731846290013377"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class ScriptedTokens:
    """Gives `token-1`; after each renewal the next, until there are no more."""

    left: int = 1
    number: int = 1
    renewals: list[str] = field(default_factory=list)

    async def current(self) -> str:
        return f"token-{self.number}"

    async def renewed(self, refused: str) -> str:
        self.renewals.append(refused)
        if not self.left:
            raise TokenRefused("access must be granted anew")
        self.left -= 1
        self.number += 1
        return await self.current()


@dataclass
class OaSetup:
    """One account, and everything that a test looks at."""

    server: OaServer
    url: str
    tokens: ScriptedTokens = field(default_factory=ScriptedTokens)
    time: SimulatedTime = field(default_factory=SimulatedTime)
    clock: ManualClock = field(
        default_factory=lambda: ManualClock(datetime(2026, 12, 1, 9, tzinfo=UTC))
    )
    files: dict[str, bytes] = field(default_factory=dict)
    """What other messengers keep, by id."""
    link: str = "https://bot.example.vn/media/1"
    charges: list[tuple[str, Charge | None, int | None]] = field(default_factory=list)
    to: Address = field(default_factory=lambda: Address("zalo_oa", PERSON))

    def __post_init__(self) -> None:
        self.limiter = RateLimiter(
            PaceSettings(per_chat_s=0.001), self.time, self.time.sleep, per_minute=1000
        )
        self.payloads = Payloads(Vault(bytes(range(32))))
        self.client = OaClient(self.url, self.tokens, self.limiter, self.clock, ZONE)
        uploads = Uploads(self.client, self._fetch, InlineWorkers(), self.limiter, self.clock)
        self.messenger = ZaloOaMessenger(
            self.client,
            uploads,
            Composer(uploads, self.payloads, self._link),
            self.limiter,
            window=MessagingWindow(timedelta(hours=48), timedelta(days=7)),
            report=lambda to, charge, left: self.charges.append((to.chat, charge, left)),
        )

    async def _fetch(self, file: str, limit: int) -> bytes:
        return self.files[file][: limit + 1]

    async def _link(self, media: Media, to: Address) -> str:
        del media, to
        return self.link
