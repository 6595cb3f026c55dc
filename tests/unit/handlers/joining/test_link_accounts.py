"""`/chunghoso`: one member on two messengers, with one record for both."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from storage.database.engine import Store
from storage.database.ids import id_of
from storage.members import account_transfer, members
from storage.members.code_attempts import WRONG_CODES
from storage.models import AuditEntry, Contact, Delivery, Member, MemberState, Purpose, Role
from tests.support import ClubInATest, ManualClock, Phone
from tests.support.metered_account import CHARGED, FREE, OA, with_account
from tests.support.waiting import until

NOT_A_CODE = "CCCCC-CCCCC"


async def code_of(phone: Phone) -> str:
    await phone.says("/chunghoso")
    found = re.search(r"<code>([^<\s]+)</code>", phone.last)
    assert found
    return found[1]


async def contacts(club: ClubInATest) -> list[Contact]:
    async with club.store.read() as tx:
        return list((await tx.session.exec(select(Contact).order_by(Contact.id))).all())  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["{}", "/chunghoso {}", "chunghoso {}"])
async def test_a_code_of_one_app_joins_the_chat_in_the_other(club: ClubInATest, typed: str) -> None:
    lan, zalo = await club.member("Lan"), club.stranger("Lan Zalo", messenger="zalo")
    await zalo.says(typed.format(await code_of(lan)))
    assert id_of(await zalo.member()) == lan.member_id
    assert [(one.messenger, one.preferred) for one in await contacts(club)] == [
        ("telegram", True),
        ("zalo", False),
    ]
    await zalo.says("/caidat")
    assert "Đang nhận: thông báo" in zalo.last


async def test_there_is_one_consent_record_for_both(club: ClubInATest) -> None:
    lan, zalo = await club.member("Lan"), club.stranger("Lan Zalo", messenger="zalo")
    await zalo.says(await code_of(lan))
    await zalo.says("/ngungnhan")
    assert await club.in_read(members.agreed, lan.member_id) == set()


async def test_the_name_stays_that_of_the_app_they_prefer(club: ClubInATest) -> None:
    lan, zalo = await club.member("Lan"), club.stranger("bé lan 9x", messenger="zalo")
    await zalo.says(await code_of(lan))
    await zalo.says("/caidat")
    async with club.store.read() as tx:
        assert members.name_of(tx, await lan.member()) == "Lan"


async def test_the_member_chooses_where_announcements_go(club: ClubInATest) -> None:
    lan, zalo = await club.member("Lan"), club.stranger("Lan Zalo", messenger="zalo")
    await zalo.says(await code_of(lan))
    await lan.opens("/chunghoso", "Zalo")
    assert "<b>Zalo</b>" in lan.last
    assert [one.preferred for one in await contacts(club)] == [False, True]


async def test_who_is_a_member_in_both_apps_gives_one_record_up_and_is_asked_first(
    club: ClubInATest, lan: Phone
) -> None:
    zalo = await club.member("Lan Zalo", messenger="zalo", purposes=(Purpose.DIGEST,))
    await zalo.says(f"chunghoso {await code_of(lan)}")
    assert "bị xoá" in zalo.last
    assert len({one.member_id for one in await contacts(club)}) == 2
    await zalo.presses("Tiếp tục, xoá hồ sơ ở đây")
    assert {one.member_id for one in await contacts(club)} == {lan.member_id}
    async with club.store.read() as tx:
        assert (await tx.session.get_one(Member, zalo.member_id)).state is MemberState.LEFT


@pytest.mark.parametrize("empty_database", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("here", "there"), [("telegram", "zalo"), ("zalo", "telegram")])
async def test_nobody_loses_both_records_when_somebody_is_quicker_with_the_code(
    club: ClubInATest, here: str, there: str
) -> None:
    lan = await club.member("Lan", messenger=here)
    other = await club.member("Lan hai", messenger=there)
    code = await code_of(lan)
    await other.says(f"/chunghoso {code}")

    async def waits_for_the_other() -> bool:
        async with club.store.read() as tx:
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            return bool((await tx.execute(waiting)).scalar_one())

    async with club.store.write() as tx:
        taken = await account_transfer.usable(tx, code)
        assert taken
        assert await account_transfer.take(tx, taken)
        late = asyncio.create_task(other.presses("Tiếp tục, xoá hồ sơ ở đây"))
        await until(waits_for_the_other, "the slower of two")
    await late
    assert "không dùng được" in "".join([other.last, *other.toasts])
    assert id_of(await other.member()) == other.member_id


async def test_no_keeps_both_records_as_they_are(club: ClubInATest) -> None:
    lan, zalo = await club.member("Lan"), await club.member("Lan Zalo", messenger="zalo")
    await zalo.says(f"chunghoso {await code_of(lan)}")
    await zalo.presses("Không")
    assert len({one.member_id for one in await contacts(club)}) == 2


async def test_a_code_works_once_and_only_where_it_is_meant(club: ClubInATest) -> None:
    lan, zalo = await club.member("Lan"), club.stranger("Lan Zalo", messenger="zalo")
    third = club.stranger("Ai đó", messenger="zalo")
    code = await code_of(lan)
    await lan.says(f"/chunghoso {code}")
    assert "vừa tạo mã này ở đây" in lan.last
    await zalo.says(code)
    await third.says(f"chunghoso {code}")
    assert "không dùng được" in third.last
    await third.says(f"chunghoso {NOT_A_CODE}")
    assert "không dùng được" in third.last


def wrong_codes(count: int) -> list[str]:
    return [f"CCCCC-{number:05d}" for number in range(count)]


async def by_command(phone: Phone, code: str) -> None:
    await phone.says(f"/chunghoso {code}")


async def by_start(phone: Phone, code: str) -> None:
    await phone.says(f"/start {code}")


async def by_button(phone: Phone, code: str) -> None:
    await phone.presses_action(f"link-give-up:{code}")


@pytest.mark.parametrize("messenger", ["telegram", "zalo_oa"])
@pytest.mark.parametrize("try_code", [by_command, by_start, by_button])
@pytest.mark.parametrize(("wrong", "opens"), [(WRONG_CODES - 1, True), (WRONG_CODES, False)])
async def test_after_too_many_wrong_codes_the_right_one_opens_nothing(
    club: ClubInATest,
    try_code: Callable[[Phone, str], Awaitable[None]],
    wrong: int,
    messenger: str,
    *,
    opens: bool,
) -> None:
    lan = await club.member("Lan", messenger="zalo")
    guesser = await club.member("Ai đó", messenger=messenger)
    code = await code_of(lan)
    for one in wrong_codes(wrong):
        await try_code(guesser, one)
    await by_command(guesser, code)
    assert ("hồ sơ" in guesser.last and "10:00" not in guesser.last) is opens, guesser.last


async def test_one_chat_on_each_messenger_is_enough(club: ClubInATest) -> None:
    lan, other = await club.member("Lan"), club.stranger("Ai đó")
    await other.says(await code_of(lan))
    assert "đã có một cuộc trò chuyện trên Telegram" in other.last
    assert len(await contacts(club)) == 1


async def test_the_only_owner_does_not_give_up_their_record(club: ClubInATest, lan: Phone) -> None:
    owner = await club.member("Hạnh", messenger="zalo", role=Role.OWNER)
    zalo_code = await code_of(lan)
    await owner.opens(f"/chunghoso {zalo_code}", "Tiếp tục, xoá hồ sơ ở đây")
    assert id_of(await owner.member()) == owner.member_id


@pytest.mark.parametrize(("silent_for", "is_told"), [(FREE, True), (CHARGED, False)])
async def test_nothing_is_spent_to_tell_a_chat_that_it_was_unlinked(
    store: Store, clock: ManualClock, silent_for: timedelta, *, is_told: bool
) -> None:
    club = ClubInATest(store, clock, with_account())
    club.is_delivering = False
    lan = await club.member("Lan")
    account = club.stranger("Lan Zalo", messenger=OA)
    await account.says(await code_of(lan))
    clock.advance(seconds=silent_for.total_seconds())
    (other,) = [one for one in await contacts(club) if one.messenger == OA]
    await lan.presses_action(f"unlink-yes:{other.id}")
    assert "Đã" in lan.last
    assert len(await contacts(club)) == 1
    told = [one for one in await club.rows(select(Delivery)) if one.messenger == OA]
    assert bool(told) is is_told


async def test_that_an_officer_linked_an_app_is_in_the_log(club: ClubInATest) -> None:
    minh, zalo = await club.officer("Minh"), club.stranger("Minh Zalo", messenger="zalo")
    await zalo.says(await code_of(minh))
    await minh.presses("Đúng là tôi")
    (entry,) = await club.rows(select(AuditEntry))
    assert (entry.action, entry.details) == ("chat linked", {"role": "officer"})
