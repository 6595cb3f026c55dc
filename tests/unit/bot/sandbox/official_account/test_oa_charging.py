"""Who pays for a message: free for two days, the quota up to a week, then money, then nobody."""

from dataclasses import dataclass

import pytest

from bot.sandbox.chats.people import Directory, Person
from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.official_account.oa_charging import FREE_S, WINDOW_S, Charging, QuotaType
from bot.sandbox.official_account.settings import OaSettings
from bot.sandbox.transport import OaError

NOON = 1_796_000_400.0
"""30 November 2026 in Viet Nam."""


@dataclass
class Account:
    """Charging at a moment that the test sets, and somebody who interacted at `NOON`."""

    clock: Clock
    settings: OaSettings
    charging: Charging
    lan: Person

    def send(self) -> QuotaType:
        self.charging.charge(self.lan, "m", "v3.0/oa/message/cs")
        return self.charging.sent[-1].quota_type

    def error(self) -> int:
        with pytest.raises(OaError) as refused:
            self.charging.quota_type_for(self.lan)
        return refused.value.code


@pytest.fixture
def account() -> Account:
    clock, settings = Clock(real_now=lambda: NOON), OaSettings(package_quota=2, balance_dong=120)
    lan = Directory().add_person(
        first_name="Lan", language_code="vi", note="", username=None, messenger="zalo_oa"
    )
    lan.interacted_at_s = NOON
    return Account(clock, settings, Charging(clock, settings), lan)


def test_an_answer_within_48_hours_is_free(account: Account) -> None:
    account.clock.advance(FREE_S)
    assert account.send() is QuotaType.REPLY
    account.clock.advance(1)
    assert account.send() is QuotaType.SUB_QUOTA
    assert account.charging.quota_left == 1


def test_after_seven_days_nothing_is_sent_any_more(account: Account) -> None:
    account.clock.advance(WINDOW_S)
    assert account.send() is QuotaType.SUB_QUOTA
    account.clock.advance(1)
    assert account.error() == -230


def test_nobody_is_written_to_before_their_first_interaction(account: Account) -> None:
    account.lan.interacted_at_s = None
    assert account.error() == -232


def test_money_is_spent_once_the_quota_is_used_up(account: Account) -> None:
    account.clock.advance(FREE_S + 1)
    sent = [account.send() for _ in range(4)]
    assert sent == [QuotaType.SUB_QUOTA] * 2 + [QuotaType.PURCHASE_QUOTA] * 2
    assert account.settings.balance_dong == 120 - 2 * 55
    assert account.error() == -321
    assert account.charging.totals() == {
        "reply": 0,
        "sub_quota": 2,
        "purchase_quota": 2,
        "dong": 110,
    }


def test_the_last_message_may_use_up_the_balance(account: Account) -> None:
    account.settings.package_quota, account.settings.balance_dong = 0, 55
    account.clock.advance(FREE_S + 1)
    assert account.send() is QuotaType.PURCHASE_QUOTA
    assert account.settings.balance_dong == 0
    assert account.error() == -321


def test_without_an_account_for_money_there_is_only_the_quota(account: Account) -> None:
    account.settings.package_quota, account.settings.balance_dong = 0, None
    account.clock.advance(FREE_S + 1)
    assert account.error() == -320
    account.lan.interacted_at_s = account.clock.now_s()
    assert account.send() is QuotaType.REPLY


def test_the_quota_is_full_again_in_the_next_month(account: Account) -> None:
    account.clock.advance(FREE_S + 1)
    december = account.charging.valid_through
    account.send()
    assert account.charging.quota_left == 1
    account.clock.advance(31 * 86400)
    assert (december, account.charging.quota_left) == ("31/12/2026", 2)


def test_the_answer_says_what_paid_and_what_is_left(account: Account) -> None:
    account.clock.advance(FREE_S + 1)
    quota = account.charging.charge(account.lan, "m", "v3.0/oa/message/cs")
    assert (quota["quota_type"], quota["remain"], quota["total"]) == ("sub_quota", "1", "2")
