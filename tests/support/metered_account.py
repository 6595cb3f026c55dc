"""An account with a messaging window: it charges by the rules of Zalo, and keeps its own record."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, delete

from handlers.conversation import ClubSettings
from handlers.messages import (
    Address,
    BalanceSpent,
    Charge,
    Limits,
    Message,
    MessagingWindow,
    WindowClosed,
)
from scheduler.delivery.charge_reports import ChargeReports, MeteredAccount
from storage.database import id_of
from storage.members import account_linking, contacts, interactions, members
from storage.models import Lane, Mailing, MailingKind, MailingState, Purpose
from storage.outbox import charges
from storage.outbox.messaging_window import WindowPhase
from storage.outbox.metering import Allowance, Metering, MonthSpent, SpendingLimits, Spent
from tests.support.club import SETTINGS, ClubInATest, ManualClock, Phone
from tests.support.scripted_messenger import SETTINGS as DELIVERY
from tests.support.scripted_messenger import DeliveryHarness, ScriptedMessenger

OA = "zalo_oa"
WINDOW = MessagingWindow(timedelta(hours=48), timedelta(days=7))
PRICE = 55
LIMITS = SpendingLimits(
    announcement_messages=1000,
    announcement_dong=1000 * PRICE,
    month_messages=5000,
    month_dong=5000 * PRICE,
    price_dong=PRICE,
)
METERING = Metering(OA, WINDOW, LIMITS, SETTINGS.timezone)
FREE, CHARGED, CLOSED = timedelta(hours=1), timedelta(days=3), timedelta(days=8)
"""How long ago somebody last wrote, in each phase."""


def with_account(
    settings: ClubSettings = SETTINGS,
    limits: SpendingLimits = LIMITS,
    messages_in: Callable[[Any], int] = lambda _: 1,
) -> ClubSettings:
    """A club that has such an account beside Telegram."""
    metering = replace(METERING, limits=limits, messages_in=messages_in)
    return replace(settings, messengers=("telegram", OA), metered={OA: metering})


@dataclass
class ChargingMessenger(ScriptedMessenger):
    """Sends as the platform does: free, of the quota, for money, or not at all."""

    name: str = OA
    limits: Limits = field(
        default_factory=lambda: Limits(
            text=2000, caption=2000, most_buttons=0, edits=False, window=WINDOW
        )
    )
    clock: ManualClock = field(default_factory=ManualClock)
    report: Callable[[Address, Charge | None, int | None], None] = lambda *_: None
    last: dict[str, datetime] = field(default_factory=dict)
    """Chat to the person's last interaction, as the platform knows it."""
    quota: int = 0
    balance: int = 10**6
    """Messages that the account has money for."""
    charged: Counter[Charge] = field(default_factory=Counter)

    async def send(self, to: Address, message: Message) -> list[str]:
        """Charges what arrives, and reports it."""
        phase = WINDOW.phase(self.last.get(to.chat), self.clock.now())
        if phase is WindowPhase.CLOSED:
            self.calls.append(to.chat)
            raise WindowClosed("no interaction in the past 7 days")
        if phase is WindowPhase.CHARGED and not self.quota + self.balance:
            self.calls.append(to.chat)
            raise BalanceSpent("the account has no money")
        sent = await super().send(to, message)
        self._charge(to, phase)
        return sent

    def _charge(self, to: Address, phase: WindowPhase) -> None:
        charge = Charge.FREE
        if phase is WindowPhase.CHARGED:
            charge = Charge.QUOTA if self.quota else Charge.PAID
            self.quota -= charge is Charge.QUOTA
            self.balance -= charge is Charge.PAID
        self.charged[charge] += 1
        self.report(to, charge, self.quota if charge is Charge.QUOTA else None)


class MeteredHarness(DeliveryHarness):
    """A delivery worker of such an account, and the people who write to it."""

    messenger: ChargingMessenger

    def __init__(self, club: ClubInATest) -> None:
        self.is_asked = True
        """Whether somebody asks the platform for the rest of the quota."""
        self.reports = ChargeReports()
        self.metering = club.settings.metered[OA]
        messenger = ChargingMessenger(clock=club.clock, report=self.reports.report)
        super().__init__(
            club,
            replace(DELIVERY, in_flight=1),
            messenger,
            metered=MeteredAccount(self.metering, self.reports),
        )

    async def person(self, name: str, silent_for: timedelta, *, area: str | None = None) -> Phone:
        """A member on this account who last wrote so long ago, as both sides know it."""
        phone = await self.club.member(name, messenger=OA, area=area)
        await self.wrote(phone, self.club.clock.now() - silent_for)
        await self.knows_quota()
        return phone

    async def wrote(self, phone: Phone, at: datetime) -> None:
        """Both sides know that the person wrote then."""
        self.messenger.last[phone.address.chat] = at
        async with self.club.store.write() as tx:
            found = await members.find_by_chat(tx, OA, phone.address.chat)
            assert found
            await interactions.note(tx, found[1], at)

    async def also_on_telegram(self, phone: Phone, chat: str, *, prefers: str | None) -> None:
        """The member has this chat on Telegram, too, and prefers one of the two, or neither."""
        async with self.club.store.write() as tx:
            await account_linking.add_chat(
                tx, await members.get(tx, phone.member_id), "telegram", chat
            )
            await account_linking.prefer(tx, phone.member_id, prefers)

    async def unreachable(self, chat: str) -> None:
        """This chat on Telegram cannot be reached."""
        async with self.club.store.write() as tx:
            found = await members.find_by_chat(tx, "telegram", chat)
            assert found
            await contacts.mark_unreachable(tx, [id_of(found[1])])

    async def writes(self, phone: Phone, text: str = "xin chào") -> None:
        """The person writes now."""
        self.messenger.last[phone.address.chat] = self.club.clock.now()
        await phone.says(text)

    async def knows_quota(self) -> None:
        """The platform was asked for the rest of the quota."""
        if self.is_asked:
            await self.club.in_write(charges.note_unknown_quota, self.metering)

    async def has_quota(self, messages: int) -> None:
        """The package has so many messages left, as both sides know it."""
        self.messenger.quota = messages
        await self.club.in_write(charges.set_quota_left, self.metering, messages)

    async def announce(
        self, number: int, *, from_quota: bool = True, paid_most: int = 0, first: str = ""
    ) -> int:
        """Opens the mailing of this published announcement to everybody; returns its id."""
        await self.knows_quota()
        own = delete(Mailing).where(col(Mailing.announcement_id) == number)
        async with self.club.store.write() as tx:
            await tx.session.exec(own)
        return await self.box.mail(
            kind=MailingKind.ANNOUNCEMENT,
            state=MailingState.FILLING,
            purpose=Purpose.ANNOUNCEMENTS,
            lane=Lane.ANNOUNCEMENT,
            announcement_id=number,
            spending=Allowance(number, from_quota, paid_most),
            first=first,
        )

    async def month(self) -> MonthSpent:
        """What our counters say of this month."""
        return await self.club.in_read(charges.month, self.metering)

    async def cost(self, number: int) -> Spent:
        """What our counters say of this announcement."""
        found = await self.club.in_read(charges.of_announcements, [number])
        return found.get(number, Spent())
