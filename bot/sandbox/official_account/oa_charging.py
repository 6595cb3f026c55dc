"""Whether the account may write to somebody now, and what pays for it.

Free within 48 hours of the person's last interaction; from the package's quota, then for money
within 7 days; later not at all. Every charge is recorded, so that tests can compare the bot's books
with it.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

from bot.sandbox.chats.people import Person
from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.official_account.settings import OaSettings
from bot.sandbox.transport import JsonObject, OaError

FREE_S = 48 * 3600
WINDOW_S = 7 * 24 * 3600
FREE_SHOWN = 8
"""Free answers that the quota call shows; since 2026 they are not counted any more."""
_VIETNAM = timezone(timedelta(hours=7))


class QuotaType(StrEnum):
    """What paid for a message, as `quota_type` names it."""

    REPLY = "reply"
    SUB_QUOTA = "sub_quota"
    PURCHASE_QUOTA = "purchase_quota"


@dataclass(frozen=True)
class SentMessage:
    """One message of the account with its charge; `dong` is what it cost in đồng."""

    message_id: str
    user_id: str
    path: str
    sent_at_ms: int
    quota_type: QuotaType
    dong: int

    def as_json(self) -> JsonObject:
        """The record's entry as the control API shows it."""
        return asdict(self)


class Charging:
    """The package's quota, the balance, and the record of all messages."""

    def __init__(self, clock: Clock, settings: OaSettings) -> None:
        self._clock = clock
        self._settings = settings
        self._used: dict[str, int] = {}
        self.sent: list[SentMessage] = []

    def quota_type_for(self, person: Person) -> QuotaType:
        """What would pay for a message to this person now.

        Raises:
            OaError: -232 without any interaction, -230 after 7 days, -320 without a Zalo Cloud
                Account, -321 when there is not enough money on it.
        """
        if person.interacted_at_s is None:
            raise OaError(-232)
        silent_s = self._clock.now_s() - person.interacted_at_s
        if silent_s > WINDOW_S:
            raise OaError(-230)
        if silent_s <= FREE_S:
            return QuotaType.REPLY
        if self.quota_left > 0:
            return QuotaType.SUB_QUOTA
        self._check_balance()
        return QuotaType.PURCHASE_QUOTA

    def charge(self, person: Person, message_id: str, path: str) -> JsonObject:
        """Pays for a message that is sent now and records it; returns the answer's `quota`."""
        quota_type, dong = self.quota_type_for(person), 0
        if quota_type is QuotaType.SUB_QUOTA:
            self._used[self._month] = self._used.get(self._month, 0) + 1
        elif quota_type is QuotaType.PURCHASE_QUOTA and self._settings.balance_dong is not None:
            dong = self._settings.price_dong
            self._settings.balance_dong -= dong
        self.sent.append(
            SentMessage(message_id, str(person.id), path, self._now_ms, quota_type, dong)
        )
        return self._quota(quota_type)

    @property
    def quota_left(self) -> int:
        """Messages that the package still holds this month."""
        return max(0, self._settings.package_quota - self._used.get(self._month, 0))

    @property
    def valid_through(self) -> str:
        """The last day of the package's month, as dd/MM/yyyy."""
        first = self._local.replace(day=1)
        return ((first + timedelta(days=32)).replace(day=1) - timedelta(days=1)).strftime(
            "%d/%m/%Y"
        )

    @property
    def purchasable(self) -> int:
        """Messages that the balance pays for."""
        return (self._settings.balance_dong or 0) // max(1, self._settings.price_dong)

    def totals(self) -> JsonObject:
        """Messages sent by what paid for them, and the cost in đồng."""
        counts = {kind.value: 0 for kind in QuotaType}
        for message in self.sent:
            counts[message.quota_type.value] += 1
        return {**counts, "dong": sum(message.dong for message in self.sent)}

    def _check_balance(self) -> None:
        if self._settings.balance_dong is None:
            raise OaError(-320)
        if self._settings.balance_dong < self._settings.price_dong:
            raise OaError(-321)

    def _quota(self, quota_type: QuotaType) -> JsonObject:
        remain, total = {
            QuotaType.REPLY: (FREE_SHOWN, FREE_SHOWN),
            QuotaType.SUB_QUOTA: (self.quota_left, self._settings.package_quota),
            QuotaType.PURCHASE_QUOTA: (self.purchasable, self.purchasable),
        }[quota_type]
        return {
            "quota_type": quota_type.value,
            "remain": str(remain),
            "total": str(total),
            "owner_type": "OA",
            "expired_date": "" if quota_type is QuotaType.REPLY else self.valid_through,
        }

    @property
    def _now_ms(self) -> int:
        return int(self._clock.now_s() * 1000)

    @property
    def _local(self) -> datetime:
        return datetime.fromtimestamp(self._clock.now_s(), UTC).astimezone(_VIETNAM)

    @property
    def _month(self) -> str:
        return self._local.strftime("%Y-%m")
