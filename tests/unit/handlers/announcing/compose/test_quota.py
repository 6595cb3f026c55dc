"""The month's messages on Zalo: counted, shown, and told before they run out in the middle."""

from dataclasses import replace

import pytest
from sqlmodel import select

from storage.database.engine import Store
from storage.models import Mailing, MailingKind
from storage.outbox import monthly_quota
from storage.outbox.priority import ONE_APP_ONLY
from tests.support import SETTINGS, ClubInATest, ManualClock, Phone, compose_draft, submit_card

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
QUOTA = 100


@pytest.fixture
def club(store: Store, clock: ManualClock) -> ClubInATest:
    """A club with so many messages a month."""
    return ClubInATest(store, clock, replace(SETTINGS, zalo_quota=QUOTA))


async def has_sent(club: ClubInATest, messages: int) -> None:
    await club.in_write(monthly_quota.count, "zalo", SETTINGS.timezone, messages)


async def add_zalo_user(club: ClubInATest, count: int) -> None:
    for number in range(count):
        await club.member(f"Z{number}", messenger="zalo")


@pytest.mark.parametrize(("sent", "says"), [(94, "đủ"), (95, "thiếu dưới 5")])
async def test_the_officer_is_told_before_sending_whether_it_reaches_everybody(
    club: ClubInATest, minh: Phone, sent: int, says: str
) -> None:
    await add_zalo_user(club, 6)
    await club.member("Trên Telegram")
    await has_sent(club, sent)
    await compose_draft(minh)
    assert f"còn {QUOTA - sent} tin" in minh.last
    assert "cần 6" in minh.last
    assert says in minh.last


async def test_the_officer_says_who_goes_first_and_the_others_see_it(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await add_zalo_user(club, 1)
    await has_sent(club, QUOTA)
    await compose_draft(minh)
    await minh.presses("Gửi cho ai trước", "chỉ dùng một ứng dụng", "Xem")
    assert "Gửi trước cho: người chỉ dùng một ứng dụng" in minh.last
    await submit_card(minh)
    await hanh.opens("/choduyet", "Ngày bầu cử")
    assert "Gửi trước cho: người chỉ dùng một ứng dụng" in hanh.last
    await hanh.presses("Duyệt")
    async with club.store.read() as tx:
        query = select(Mailing.first).where(Mailing.kind == MailingKind.ANNOUNCEMENT)
        assert (await tx.session.exec(query)).all() == [ONE_APP_ONLY]


async def test_a_choice_that_was_never_offered_is_refused(club: ClubInATest, minh: Phone) -> None:
    await compose_draft(minh)
    await minh.presses("Gửi cho ai trước")
    action = minh.buttons[0].action.rpartition(":")[0]
    await minh.presses_action(f"{action}:somewhere")
    assert "không còn dùng được" in minh.toasts[-1]


async def test_statistics_say_what_is_left(club: ClubInATest, minh: Phone, hanh: Phone) -> None:
    await has_sent(club, 30)
    await compose_draft(minh)
    await submit_card(minh)
    await hanh.opens("/choduyet", "Ngày bầu cử", "Duyệt")
    await minh.says("/thongke")
    assert "Zalo: còn 70 trong 100 tin" in minh.last


async def test_a_club_without_a_quota_hears_nothing_of_it(store: Store, clock: ManualClock) -> None:
    minh = await ClubInATest(store, clock).officer("Minh")
    await compose_draft(minh)
    assert "Zalo" not in minh.last
    assert not [label for label in minh.labels if "Zalo" in label]
