"""An announcement sent later to who does not have it, with a count before; never to who does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.conversation.i18n import Speech
from storage.members import contacts, members
from storage.models import (
    Contact,
    Delivery,
    DeliveryState,
    MailingState,
    MemberState,
    Purpose,
    Role,
)
from storage.outbox import mailings
from tests.support import (
    SETTINGS,
    VOTING_DAY,
    ClubInATest,
    Outbox,
    Phone,
    add_recipients,
    audit_actions,
    deliveries_of,
    original_mailing,
    publish_copies,
)

S = DeliveryState
VI = Speech("vi", SETTINGS.timezone)
TO_OFFICER = Speech("vi", SETTINGS.timezone, you=SETTINGS.address("vi", Role.OFFICER))
ON_SQLITE = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


@pytest.fixture
async def minh(club: ClubInATest) -> Phone:
    """An officer who gets no announcements, and so is never among those counted."""
    phone = await club.officer("Minh")
    await club.in_write(members.withdraw, phone.member_id, [Purpose.ANNOUNCEMENTS])
    return phone


async def states(club: ClubInATest, number: int) -> dict[int, DeliveryState]:
    rows = await deliveries_of(club, await original_mailing(club, number))
    return {member: row.state for member, row in rows.items()}


async def unreachable(club: ClubInATest, phone: Phone) -> None:
    async with club.store.write() as tx:
        query = select(Contact.id).where(Contact.member_id == phone.member_id)
        await contacts.mark_unreachable(tx, [(await tx.session.exec(query)).one() or 0])


def later(officer: Phone) -> list[str]:
    return [b.label for b in officer.buttons if b.action.startswith("later")]


async def test_those_who_joined_since_are_counted_and_get_it_and_nobody_else(
    club: ClubInATest, minh: Phone, lan: Phone, number: int, hoa: Phone
) -> None:
    await minh.says(f"/tiendo {number}")
    assert later(minh) == ["Gửi cho dưới 5 người mới"]
    await minh.presses("người mới")
    assert "dưới 5 người" in minh.last
    await add_recipients(club)
    assert await states(club, number) == {lan.member_id: S.SENT, hoa.member_id: S.QUEUED}
    assert (await original_mailing(club, number)).watcher_id == minh.member_id
    assert await audit_actions(club) == ["announcement sent to newcomers"]


async def test_those_who_can_be_reached_again_are_counted_and_get_it_once_more(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    hoa, nam, tam, ha = [await club.member(name) for name in ("Hoa", "Nam", "Tâm", "Hà")]
    copies = [(lan, S.SENT), (hoa, S.GONE), (nam, S.GONE), (tam, S.FAILED), (ha, S.UNCERTAIN)]
    number = await publish_copies(club, copies)
    await unreachable(club, nam)
    async with club.store.write() as tx:
        for row in (await tx.session.exec(select(Delivery))).all():
            row.attempts = 5
    await minh.says(f"/tiendo {number}")
    assert later(minh) == ["Gửi lại cho một số người chưa nhận được"]
    await minh.presses("chưa nhận được")
    found = await states(club, number)
    assert [found[phone.member_id] for phone in (lan, hoa, nam, tam, ha)] == [
        S.SENT,
        S.QUEUED,
        S.GONE,
        S.QUEUED,
        S.UNCERTAIN,
    ]
    claimed = {(row.member_id, row.attempts) for row in await Outbox(club.store).claim()}
    assert claimed == {(hoa.member_id, 0), (tam.member_id, 0)}
    assert await audit_actions(club) == ["announcement sent to the missed"]


@ON_SQLITE
async def test_who_withdrew_is_suspended_or_lives_elsewhere_is_not_among_them(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    hoa, tam = await club.member("Hoa"), await club.member("Tâm")
    number = await publish_copies(club, [(lan, S.SENT), (hoa, S.CANCELLED), (tam, S.CANCELLED)])
    async with club.store.write() as tx:
        (await members.get(tx, tam.member_id)).state = MemberState.SUSPENDED
        await members.withdraw(tx, hoa.member_id, [Purpose.ANNOUNCEMENTS])
        (await tx.session.merge(await original_mailing(club, number))).areas = ["song-ngoc"]
    await club.member("Nam", area="hoa-an")
    await minh.says(f"/tiendo {number}")
    assert later(minh) == []


@ON_SQLITE
@pytest.mark.parametrize("action", ["later-new", "later-missed"])
async def test_a_count_that_has_come_to_nothing_sends_nothing(
    club: ClubInATest, minh: Phone, lan: Phone, action: str, number: int
) -> None:
    await minh.presses_action(f"{action}:{number}")
    assert minh.toasts == [TO_OFFICER.plain("later-nobody")]
    assert (await original_mailing(club, number)).state is MailingState.DONE
    assert await audit_actions(club) == []


@ON_SQLITE
@pytest.mark.parametrize("action", ["later-new", "later-missed"])
async def test_what_goes_out_at_this_moment_is_left_alone(
    club: ClubInATest, minh: Phone, lan: Phone, action: str
) -> None:
    await club.member("Hoa")
    number = await publish_copies(club, [(lan, S.GONE)], state=MailingState.PAUSED)
    await minh.presses_action(f"{action}:{number}")
    assert minh.toasts == [TO_OFFICER.plain("later-not-now")]
    assert (await original_mailing(club, number)).state is MailingState.PAUSED


@ON_SQLITE
@pytest.mark.parametrize(("left", "offered"), [(timedelta(seconds=1), 1), (timedelta(0), 0)])
async def test_what_is_over_goes_to_nobody(
    club: ClubInATest, minh: Phone, lan: Phone, left: timedelta, offered: int
) -> None:
    content = replace(VOTING_DAY, valid_until=club.clock.now() + left)
    number = await publish_copies(club, [(lan, S.SENT)], content)
    await club.member("Hoa")
    await minh.says(f"/tiendo {number}")
    assert len(later(minh)) == offered


@ON_SQLITE
async def test_what_was_recalled_goes_to_nobody(
    club: ClubInATest, minh: Phone, lan: Phone, number: int
) -> None:
    await club.member("Hoa")
    await minh.opens(f"/tiendo {number}", "Thu hồi", "Sai ngày", "Thu hồi ngay")
    await minh.says(f"/tiendo {number}")
    assert "Thu hồi thông báo số 1: đang thu hồi" in minh.last
    assert minh.buttons == []
    await minh.presses_action(f"later-new:{number}")
    assert minh.toasts == [VI.plain("recalling-already", number=str(number))]


@ON_SQLITE
async def test_it_ends_like_any_other_sending(
    club: ClubInATest, minh: Phone, lan: Phone, number: int, hoa: Phone
) -> None:
    await minh.presses_action(f"later-new:{number}")
    await add_recipients(club)
    box = Outbox(club.store)
    (row,) = await box.claim()
    assert row.member_id == hoa.member_id
    await box.begin(row)
    assert await club.in_write(mailings.finish) == []


@ON_SQLITE
async def test_from_the_progress_one_gets_to_everything_else(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    number = await publish_copies(club, [(lan, S.QUEUED)], state=MailingState.SENDING)
    await minh.opens("/tiendo", "gửi thêm")
    actions = [button.action for button in minh.buttons]
    assert actions == [f"correct:{number}", f"recall:{number}", "home"]


@ON_SQLITE
async def test_an_unknown_number_is_said(club: ClubInATest, minh: Phone) -> None:
    await minh.says("/tiendo 99")
    assert minh.last == TO_OFFICER("picking-unknown", number="99")


@ON_SQLITE
async def test_members_send_nothing_later(club: ClubInATest, lan: Phone) -> None:
    number = await publish_copies(club, [(lan, S.GONE)])
    for action in ("later-new", "later-missed", "aftercare"):
        await lan.presses_action(f"{action}:{number}")
    assert lan.toasts == [VI.plain("button-not-yours")] * 3
    assert await states(club, number) == {lan.member_id: S.GONE}
