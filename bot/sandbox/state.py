"""The state of a sandbox: everything that its APIs read and change."""

from dataclasses import dataclass, field

from bot.sandbox.chats.command_menus import CommandMenus
from bot.sandbox.chats.messages import MessageStore
from bot.sandbox.chats.pending_queries import (
    CALLBACK_LIFETIME_S,
    FIRST_CALLBACK_ID,
    FIRST_INLINE_ID,
    INLINE_LIFETIME_S,
    PendingQueries,
)
from bot.sandbox.chats.people import Directory, Id, zalo_id
from bot.sandbox.content.files import FileStore
from bot.sandbox.instrumentation.calls import CallRecord
from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.instrumentation.events import EventHub
from bot.sandbox.instrumentation.faults import Faults
from bot.sandbox.official_account.account import OfficialAccount
from bot.sandbox.official_account.settings import OaIdentity
from bot.sandbox.transport import JsonObject
from bot.sandbox.updates.update_queue import UpdateQueue
from bot.sandbox.updates.webhook_delivery import WebhookDelivery
from bot.sandbox.updates.zalo_update_queue import ZaloUpdateQueue


@dataclass(frozen=True)
class SandboxSettings:
    """Settings of a sandbox. The tokens are public and valid here alone."""

    token: str = field(
        default="1000000001:sandbox-token-that-opens-nothing-elsewhere",  # No secret: it is valid here alone.
        repr=False,
    )
    zalo_token: str = field(
        default="2000000002:sandbox-zalo-token-that-opens-nothing-elsewhere", repr=False
    )
    oa: OaIdentity = field(default_factory=OaIdentity)
    oa_webhook_url: str = ""
    """Where the Official Account's events go, as entered by hand in Zalo's console."""
    bot_name: str = "niềm tin"
    bot_username: str = "niemtin_bot"
    clock_offset_s: float = 0.0
    webhook_pause_s: float = 1.0
    """Seconds before a failed webhook delivery is tried again; doubled at each failure."""

    @property
    def bot_id(self) -> int:
        """The number before the colon of the token, as in Telegram's tokens."""
        return int(self.token.partition(":")[0])


class SandboxState:
    """One bot, its people and chats, pending updates, and what tests control."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.token = settings.token
        self.zalo_token = settings.zalo_token
        self.url = ""
        """The base address; empty until the server listens."""
        self.clock = Clock(settings.clock_offset_s)
        self.events = EventHub()
        self.directory = Directory()
        self.messages = MessageStore(self.clock, self.events)
        self.files = FileStore()
        self.commands = CommandMenus()
        self.callback_queries = PendingQueries[JsonObject](
            self.clock, lifetime_s=CALLBACK_LIFETIME_S, first_id=FIRST_CALLBACK_ID
        )
        self.inline_queries = PendingQueries[list[JsonObject]](
            self.clock, lifetime_s=INLINE_LIFETIME_S, first_id=FIRST_INLINE_ID
        )
        self.updates = UpdateQueue(self.clock)
        self.webhook_delivery = WebhookDelivery(self.clock, self.updates, settings.webhook_pause_s)
        self.calls = CallRecord(self.clock)
        self.faults = Faults()
        self.zalo_updates = ZaloUpdateQueue(settings.webhook_pause_s)
        self.oa = OfficialAccount(settings.oa, self.clock, self.faults)
        self.oa.webhook.url = settings.oa_webhook_url
        self.inline_mode = True
        """Whether @BotFather's inline mode is switched on."""
        self.profile: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[Id, JsonObject] = {}
        """The bot's `MenuButton` by private chat; under 0 that of all others."""
        self.bot: JsonObject = {
            "id": settings.bot_id,
            "is_bot": True,
            "first_name": settings.bot_name,
            "username": settings.bot_username,
        }
        self.zalo_bot: JsonObject = {
            "id": zalo_id("bot"),
            "is_bot": True,
            "first_name": f"Bot {settings.bot_name}",
        }

    def close(self) -> None:
        """Ends all waiting requests and deliveries, so that the server can stop."""
        self.clock.close()
        self.events.close()
        self.updates.close()
        self.zalo_updates.close()
        self.oa.webhook.close()
        self.callback_queries.close()
        self.inline_queries.close()
