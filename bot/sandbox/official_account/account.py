"""The Official Account as one object of the sandbox's state."""

import hashlib

from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.instrumentation.faults import Faults
from bot.sandbox.official_account.attachments import Attachments
from bot.sandbox.official_account.call_limit import CallLimit
from bot.sandbox.official_account.oa_charging import Charging
from bot.sandbox.official_account.oa_events import OaEvents
from bot.sandbox.official_account.settings import OaIdentity, OaSettings
from bot.sandbox.official_account.token_pairs import Tokens
from bot.sandbox.transport import JsonObject
from bot.sandbox.updates.oa_webhook import OaWebhook


class OfficialAccount:
    """The account's tokens, quota, uploads and webhook."""

    def __init__(self, identity: OaIdentity, clock: Clock, faults: Faults) -> None:
        self.identity = identity
        self.settings = OaSettings()
        self.tokens = Tokens(clock)
        self.charging = Charging(clock, self.settings)
        self.attachments = Attachments(clock)
        self.call_limit = CallLimit(clock, self.settings)
        self.webhook = OaWebhook(clock, faults, self.signature)
        self.events = OaEvents(identity, clock, self.webhook)

    @property
    def as_sender(self) -> JsonObject:
        """The account as the sender of messages in chats."""
        return {"id": self.identity.oa_id, "is_bot": True, "first_name": self.identity.name}

    def signature(self, body: bytes, timestamp: str) -> str:
        """`X-ZEvent-Signature` of an event: SHA-256 of app id, body, timestamp and secret."""
        identity = self.identity
        secret = identity.app_secret if self.settings.signs_with_app_secret else identity.oa_secret
        signed = identity.app_id.encode() + body + timestamp.encode() + secret.encode()
        return self.settings.signature_prefix + hashlib.sha256(signed).hexdigest()

    def revoke(self) -> None:
        """Withdraws the app's permission, as in the OA's console, and tells the webhook."""
        self.tokens.revoke()
        self.events.permission_revoked()
