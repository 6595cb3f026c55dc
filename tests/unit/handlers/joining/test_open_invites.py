"""The open invites in `/loimoi`: listed without their codes, shortened, revoked."""

from datetime import timedelta

from sqlmodel import select

from storage.members import invites
from storage.models import AuditEntry, Invite, Role
from tests.support import ClubInATest, Phone


async def invite(
    club: ClubInATest, *, role: Role = Role.MEMBER, by: Phone | None = None, days: int = 7
) -> str:
    return await club.in_write(
        invites.create,
        role=role,
        area="thi-xa",
        uses=5,
        valid_for=timedelta(days=days),
        created_by=by.member_id if by else None,
    )


async def see(phone: Phone) -> None:
    await phone.opens("/loimoi", "Lời mời còn hiệu lực")


async def the_invite(club: ClubInATest) -> Invite:
    async with club.store.read() as tx:
        return (await tx.session.exec(select(Invite))).one()


async def test_the_list_says_everything_but_the_code(club: ClubInATest, minh: Phone) -> None:
    code = await invite(club, by=minh)
    await see(minh)
    for words in ("Hội viên", "Thị xã Hòa An", "Còn 5 lượt", "17/3/2026", "Minh"):
        assert words in minh.last
    assert code not in str(minh.messages)


async def test_only_invites_that_somebody_could_use_are_listed(
    club: ClubInATest, minh: Phone
) -> None:
    await invite(club)
    club.clock.advance(days=7)
    await see(minh)
    assert "Không có lời mời" in minh.last


async def test_officers_see_no_invites_they_could_not_make(
    club: ClubInATest, minh: Phone, owner: Phone
) -> None:
    await invite(club, role=Role.OWNER)
    await see(minh)
    assert "Không có lời mời" in minh.last
    number = (await the_invite(club)).id
    for action in (f"invite-see:{number}", f"invite-revoke:{number}", f"invite-shorten:{number}"):
        await minh.presses_action(action)
        assert "không còn hiệu lực" in minh.toasts[-1]
    await see(owner)
    assert "Chủ nhiệm" in owner.last
    assert "người quản trị máy chủ" in owner.last


async def test_a_revoked_invite_lets_nobody_in(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), club.stranger("Lan")
    code = await invite(club)
    await see(minh)
    await minh.presses("Mở 1", "Thu hồi")
    assert "Không có lời mời" in minh.last
    await lan.says(code)
    assert "không dùng được" in lan.last
    (entry,) = await club.rows(select(AuditEntry))
    assert entry.action == "invite revoked"


async def test_a_shortened_invite_ends_in_a_day(club: ClubInATest, minh: Phone) -> None:
    await invite(club)
    await see(minh)
    await minh.presses("Mở 1", "Hết hạn sau 1 ngày")
    assert (await the_invite(club)).expires_at == club.clock.now() + timedelta(days=1)
    assert not any("Hết hạn sau" in b.label for b in minh.buttons)


async def test_shortening_never_makes_an_invite_longer(club: ClubInATest, minh: Phone) -> None:
    await invite(club, days=1)
    ends = (await the_invite(club)).expires_at
    club.clock.advance(hours=1)
    await minh.presses_action(f"invite-shorten:{(await the_invite(club)).id}")
    assert (await the_invite(club)).expires_at == ends


async def test_the_list_has_pages_and_a_way_to_a_new_invite(club: ClubInATest, minh: Phone) -> None:
    for _ in range(6):
        await invite(club)
    await see(minh)
    await minh.presses("Trang sau")
    assert len([label for label in minh.labels if label.startswith("Mở")]) == 1
    await minh.presses("Tạo lời mời mới")
    assert "Lời mời mới" in minh.last
