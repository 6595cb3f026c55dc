"""What an announcement costs: the officer reads it before sending, and chooses what may be spent."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.announcing.compose.spending import parse_amount
from storage.database.batch_settings import HALF_HOURS
from storage.database.engine import Store
from storage.members import account_linking, interactions, members
from storage.models import AuditAction, Mailing, MailingKind
from storage.outbox import charges
from storage.outbox.messaging_window import Charge
from tests.support import (
    SETTINGS,
    ClubInATest,
    ManualClock,
    Phone,
    audit_actions,
    compose_draft,
    submit_card,
)
from tests.support.metered_account import (
    CHARGED,
    CLOSED,
    FREE,
    LIMITS,
    METERING,
    OA,
    PRICE,
    with_account,
)

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


@pytest.fixture
def club(store: Store, clock: ManualClock) -> ClubInATest:
    """A club with an account whose messages are not always free."""
    return ClubInATest(store, clock, with_account())


async def add_people(club: ClubInATest, count: int, silent_for: timedelta) -> list[Phone]:
    """So many members on the account who last wrote so long ago."""
    people = [await club.member(f"P{number}", messenger=OA) for number in range(count)]
    async with club.store.write() as tx:
        for phone in people:
            found = await members.find_by_chat(tx, OA, phone.address.chat)
            assert found
            await interactions.note(tx, found[1], tx.clock.now() - silent_for)
    return people


async def test_the_officer_reads_whom_it_reaches_at_what_price(
    club: ClubInATest, minh: Phone
) -> None:
    await add_people(club, 11, FREE)
    await add_people(club, 8, CHARGED)
    await add_people(club, 7, CLOSED)
    await club.in_write(charges.set_quota_left, METERING, 1320)
    await compose_draft(minh)
    assert "12 nhận ngay, miễn phí" in minh.last
    assert "8 từ hạn mức gói (còn 1.320 tin tháng này)" in minh.last
    assert "0 trả phí" in minh.last
    assert "7 chưa gửi được lúc này" in minh.last
    assert "Được gửi: cả hạn mức gói, không trả phí" in minh.last


async def test_whoever_is_beyond_what_may_be_spent_gets_it_on_the_other_messenger(
    club: ClubInATest, minh: Phone
) -> None:
    await add_people(club, 11, FREE)
    people = await add_people(club, 8, CHARGED)
    async with club.store.write() as tx:
        for number, phone in enumerate(people):
            member = await members.get(tx, phone.member_id)
            await account_linking.add_chat(tx, member, "telegram", f"t{number}")
            await account_linking.prefer(tx, phone.member_id, OA)
    await compose_draft(minh)
    assert "20 nhận ngay, miễn phí" in minh.last


async def test_parts_of_fewer_than_five_are_joined(club: ClubInATest, minh: Phone) -> None:
    await add_people(club, 11, FREE)
    await add_people(club, 4, CHARGED)
    await compose_draft(minh)
    assert "16 nhận ngay, miễn phí hoặc chưa gửi được lúc này" in minh.last


async def test_fewer_than_five_people_are_not_told_apart(club: ClubInATest, minh: Phone) -> None:
    await add_people(club, 3, CLOSED)
    await compose_draft(minh)
    assert "Sẽ gửi: dưới 5 người" in minh.last


async def test_the_officer_chooses_the_limit_and_another_approves_it(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await add_people(club, 9, FREE)
    await add_people(club, 30, CHARGED)
    await compose_draft(minh)
    await minh.presses("Chi phí")
    assert "tối đa 1.000 tin (55.000 đ)" in minh.last
    await minh.presses("tối đa 200 tin", "Xem")
    assert "30 trả phí" in minh.last
    assert "trả phí tối đa 200 tin (11.000 đ)" in minh.last
    await submit_card(minh)
    await hanh.opens("/choduyet", "Ngày bầu cử")
    assert "trả phí tối đa 200 tin (11.000 đ)" in hanh.last
    await hanh.presses("Duyệt")
    (mailing,) = await sent(club)
    assert (mailing.from_quota, mailing.paid_most) == (True, 200)
    assert AuditAction.SPENDING_ALLOWED in await audit_actions(club)


async def sent(club: ClubInATest) -> list[Mailing]:
    return await club.rows(select(Mailing).where(Mailing.kind == MailingKind.ANNOUNCEMENT))


async def test_a_typed_amount_is_a_limit_too(club: ClubInATest, minh: Phone) -> None:
    await compose_draft(minh)
    await minh.presses("Chi phí", "Số khác")
    await minh.says("20.000 đ")
    assert "tối đa 363 tin (19.965 đ)" in minh.last
    await minh.presses("Xem", "Chi phí", "Số khác")
    await minh.says("1001")
    assert "tối đa 1.000 tin" in minh.last
    await minh.says("nhiều")
    assert "Chưa đọc được" in minh.last
    await minh.says("1000")
    assert "tối đa 1.000 tin (55.000 đ)" in minh.last


async def test_free_messages_only(club: ClubInATest, minh: Phone) -> None:
    await add_people(club, 9, FREE)
    await add_people(club, 30, CHARGED)
    await club.in_write(charges.set_quota_left, METERING, 100)
    await compose_draft(minh)
    await minh.presses("Chi phí", "chỉ tin miễn phí", "Xem")
    assert "30 chưa gửi được lúc này" in minh.last


async def test_no_button_spends_more_than_the_configuration_allows(
    club: ClubInATest, minh: Phone
) -> None:
    await compose_draft(minh)
    await minh.presses("Chi phí")
    action = minh.buttons[0].action.rpartition(":")[0]
    await minh.presses_action(f"{action}:1001")
    assert "không còn dùng được" in minh.toasts[-1]


async def test_a_club_that_pays_nothing_offers_no_paid_messages(
    store: Store, clock: ManualClock
) -> None:
    limits = replace(LIMITS, month_messages=0, month_dong=0)
    minh = await ClubInATest(store, clock, with_account(limits=limits)).officer("Minh")
    await compose_draft(minh)
    await minh.presses("Chi phí")
    assert [label for label in minh.labels if "trả phí tối đa" in label] == []
    assert not [label for label in minh.labels if "Số khác" in label]


async def test_what_the_month_has_left_bounds_what_is_shown(club: ClubInATest, minh: Phone) -> None:
    await add_people(club, 9, FREE)
    await add_people(club, 30, CHARGED)
    await club.in_write(charges.count_charged, METERING, [Charge.PAID] * 4980)
    await compose_draft(minh)
    await minh.presses("Chi phí", "tối đa 200 tin", "Xem")
    assert "20 trả phí" in minh.last
    assert "10 chưa gửi được lúc này" in minh.last


async def test_who_goes_first_is_chosen_and_shown(club: ClubInATest, minh: Phone) -> None:
    await add_people(club, 8, CLOSED)
    await compose_draft(minh)
    await minh.presses("Gửi cho ai trước", "sắp hết hạn", "Xem")
    assert "Gửi trước cho: người sắp hết hạn nhận tin" in minh.last
    await submit_card(minh)
    assert minh.last


async def test_figures_are_those_of_the_last_batch(store: Store, clock: ManualClock) -> None:
    batched = Store(store.engine, store.vault, clock, store.ids, batches=HALF_HOURS)
    club = ClubInATest(batched, clock, with_account())
    minh = await club.officer("Minh")
    people = await add_people(club, 12, CLOSED)
    await compose_draft(minh)
    assert "12 chưa gửi được lúc này" in minh.last or "13" in minh.last
    before = minh.last
    for phone in people[:6]:
        await phone.says("xin chào")
    await minh.presses_action("approval-see:1")
    assert minh.last.splitlines()[2:4] == before.splitlines()[2:4]


async def test_a_month_is_told_in_the_statistics(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await club.in_write(charges.count_charged, METERING, [Charge.PAID] * 120)
    await club.in_write(charges.set_quota_left, METERING, 1320)
    await compose_draft(minh)
    await submit_card(minh)
    await hanh.opens("/choduyet", "Ngày bầu cử", "Duyệt")
    await minh.says("/thongke")
    assert "đã trả phí 120 tin (6.600 đ), tối đa 5.000 tin (275.000 đ)" in minh.last
    assert "còn 1.320 tin tháng này" in minh.last


async def test_a_club_without_such_an_account_hears_nothing_of_it(
    store: Store, clock: ManualClock
) -> None:
    minh = await ClubInATest(store, clock, SETTINGS).officer("Minh")
    await compose_draft(minh)
    assert "miễn phí" not in minh.last
    assert not [label for label in minh.labels if "Chi phí" in label or "ai trước" in label]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("300", 300),
        (" 1.000 ", 1000),
        ("20.000 đ", 20_000 // PRICE),
        ("20,000d", 20_000 // PRICE),
        ("5500 đồng", 100),
        ("0", 0),
        ("nhiều", None),
        ("-5", None),
        ("3 4 x", None),
        ("", None),
    ],
)
def test_amounts_are_read(empty_database: object, text: str, messages: int | None) -> None:
    assert empty_database
    assert parse_amount(text, PRICE) == messages
