"""`/hoivien`: owners look through the list; an officer finds whom they know by name."""

import pytest

from storage.members import directory, members
from storage.members.name_cache import NameCache
from storage.models import MemberState
from storage.privacy import erasure
from tests.support import ClubInATest, Phone


@pytest.fixture
async def hoa(club: ClubInATest) -> Phone:
    """An owner of a club with a few members."""
    for name, area in (
        ("Nguyễn Thị Lan", "thi-xa"),
        ("Lan Nguyễn", "song-ngoc"),
        ("Đỗ Văn Đức", "thi-xa"),
        ("Trần Minh <b>", None),
    ):
        await club.member(name, area=area)
    return await club.officer("Hoà", owner=True)


def people_shown(phone: Phone) -> list[str]:
    return [b.label for b in phone.buttons if b.action.startswith("person:")]


async def called(club: ClubInATest, name: str) -> list[int]:
    listed = await club.in_read(directory.newest, start=0, many=100)
    return [one.member_id for one in listed if one.name == name]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lan nguyen", ["Lan Nguyễn", "Nguyễn Thị Lan"]),
        ("NGUYỄN lan", ["Lan Nguyễn", "Nguyễn Thị Lan"]),
        ("do duc", ["Đỗ Văn Đức"]),
        ("ng th", ["Nguyễn Thị Lan"]),
        ("uyen", []),
        ("🐯 lan (nguyễn)", ["Lan Nguyễn", "Nguyễn Thị Lan"]),
        ("🐯", []),
        ("minh <b>", ["Trần Minh <b>"]),
        ("", ["Hoà", "Trần Minh <b>", "Đỗ Văn Đức", "Lan Nguyễn", "Nguyễn Thị Lan"]),
    ],
)
async def test_owners_find_members_without_diacritics_and_in_any_order(
    hoa: Phone, typed: str, found: list[str]
) -> None:
    await hoa.says(f"/hoivien {typed}")
    assert people_shown(hoa) == found


async def test_owners_look_through_one_area_or_the_suspended(club: ClubInATest, hoa: Phone) -> None:
    (duc,) = await called(club, "Đỗ Văn Đức")
    async with club.store.write() as tx:
        (await members.get(tx, duc)).state = MemberState.SUSPENDED
    await hoa.opens("/hoivien", "Địa bàn", "Thị xã Hòa An")
    assert people_shown(hoa) == ["⏸ Đỗ Văn Đức", "Nguyễn Thị Lan"]
    await hoa.presses("Chỉ hội viên đang bị tạm dừng")
    assert people_shown(hoa) == ["⏸ Đỗ Văn Đức"]
    await hoa.presses("Địa bàn", "Toàn tỉnh", "Mọi hội viên")
    assert len(people_shown(hoa)) == 5


async def test_a_long_list_has_pages_which_keep_the_search(club: ClubInATest, hoa: Phone) -> None:
    for number in range(6):
        await club.member(f"Cao Bá {number}")
    await hoa.says("/hoivien ba cao")
    assert "<b>6</b>" in hoa.last
    assert len(people_shown(hoa)) == 5
    await hoa.presses("Trang sau")
    assert people_shown(hoa) == ["Cao Bá 5"]


async def test_the_whole_list_begins_with_who_joined_last_and_has_pages(
    club: ClubInATest, hoa: Phone
) -> None:
    for number in range(6):
        await club.member(f"Cao Bá {number}")
    await hoa.says("/hoivien")
    assert "<b>11</b>" in hoa.last
    assert people_shown(hoa) == [f"Cao Bá {number}" for number in (5, 4, 3, 2, 1)]
    await hoa.presses("Trang sau")
    assert people_shown(hoa) == ["Cao Bá 0", "Hoà", "Trần Minh <b>", "Đỗ Văn Đức", "Lan Nguyễn"]
    await hoa.presses("Trang sau")
    assert people_shown(hoa) == ["Nguyễn Thị Lan"]
    assert "Trang sau ▶" not in hoa.labels


async def test_who_left_is_not_in_the_list_nor_counted(hoa: Phone, mai: Phone) -> None:
    await mai.opens("/roiclb", "Rời câu lạc bộ")
    await hoa.says("/hoivien")
    assert "<b>5</b>" in hoa.last
    assert "Mai" not in people_shown(hoa)


async def test_the_card_shows_who_they_are_and_nothing_they_did(hoa: Phone) -> None:
    await hoa.opens("/hoivien tran", "Trần")
    assert "<b>Trần Minh &lt;b&gt;</b>" in hoa.last
    assert [line.partition(":")[0] for line in hoa.last.splitlines()[1:]] == [
        "Vai trò",
        "Địa bàn",
        "Vào câu lạc bộ",
    ]


async def test_who_left_is_not_found(hoa: Phone, mai: Phone) -> None:
    await hoa.says("/hoivien mai")
    await mai.opens("/roiclb", "Rời câu lạc bộ")
    await hoa.presses("Mai")
    assert "không còn trong câu lạc bộ" in hoa.toasts[-1]
    await hoa.says("/hoivien mai")
    assert people_shown(hoa) == []


async def test_an_officer_has_no_list_and_finds_only_by_the_whole_name(
    hoa: Phone, minh: Phone
) -> None:
    await minh.says("/hoivien")
    assert "gõ đủ họ tên" in minh.last
    for typed in ("/hoivien -", "/hoivien lan", "/hoivien nguyen lan"):
        await minh.says(typed)
        assert people_shown(minh) in ([], ["Lan Nguyễn"]), typed
    await minh.says("/hoivien lan thi nguyen")
    assert people_shown(minh) == ["Nguyễn Thị Lan"]
    assert not any("Địa bàn" in label for label in minh.labels)
    await minh.presses("Nguyễn Thị Lan")
    assert [b.label for b in minh.buttons] == ["Tạm dừng tư cách hội viên", "🏠 Trang chính"]


async def test_an_officer_who_is_asked_for_a_name_can_simply_type_it(
    hoa: Phone, minh: Phone
) -> None:
    await minh.says("/hoivien", "thi lan")
    assert "Không tìm thấy" in minh.last
    await minh.says("lan thi nguyen")
    assert people_shown(minh) == ["Nguyễn Thị Lan"]
    await minh.says("cảm ơn")
    assert minh.last == "Cảm ơn anh/chị!"


@pytest.mark.parametrize("name", ["Ngô Văn Tèo 🐯", "Ngô Văn Tèo🐯", "★ Ngô Văn Tèo ★"])
async def test_signs_beside_a_name_need_not_be_typed(club: ClubInATest, name: str) -> None:
    minh, _ = await club.officer("Minh"), await club.member(name)
    await minh.says("/hoivien ngo van teo")
    assert people_shown(minh) == [name]


async def test_signs_alone_find_only_who_is_called_so(
    club: ClubInATest, hoa: Phone, minh: Phone
) -> None:
    await minh.says("/hoivien 🐯")
    assert people_shown(minh) == []
    await club.member("🐯")
    await minh.says("/hoivien 🐯")
    assert people_shown(minh) == ["🐯"]


async def test_an_officer_opens_nobody_they_did_not_find(
    club: ClubInATest, hoa: Phone, minh: Phone
) -> None:
    (duc,) = await called(club, "Đỗ Văn Đức")
    for action in (f"person:{duc}", f"suspend:{duc}"):
        await minh.presses_action(action)
        assert (
            minh.toasts[-1]
            == "Mục này dành cho người khác. Gõ /trogiup để xem anh/chị có thể làm gì."
        )
    await minh.says("/hoivien lan thi nguyen")
    await minh.presses_action(f"person:{duc}")
    assert (
        minh.toasts[-1] == "Mục này dành cho người khác. Gõ /trogiup để xem anh/chị có thể làm gì."
    )
    for action in ("members-state:all", "members-area:list"):
        await minh.presses_action(action)
        assert (
            minh.toasts[-1]
            == "Mục này dành cho người khác. Gõ /trogiup để xem anh/chị có thể làm gì."
        )


async def test_members_find_nobody(lan: Phone) -> None:
    await lan.says("/hoivien lan")
    assert "dành cho cán bộ" in lan.last


async def test_an_old_list_cannot_be_turned(hoa: Phone) -> None:
    await hoa.presses_action("members:1")
    assert "không còn dùng được" in hoa.toasts[-1]


async def test_a_name_typed_under_the_list_is_looked_for(hoa: Phone) -> None:
    await hoa.says("/hoivien", "duc")
    assert people_shown(hoa) == ["Đỗ Văn Đức"]
    await hoa.says("lan")
    assert people_shown(hoa) == ["Lan Nguyễn", "Nguyễn Thị Lan"]


async def test_words_that_are_nobodys_name_are_answered_as_anywhere(hoa: Phone) -> None:
    await hoa.says("/hoivien", "trợ giúp")
    assert "/canbo" in hoa.last


async def test_an_officer_who_finds_nobody_reads_that_it_takes_the_whole_name(
    hoa: Phone, minh: Phone
) -> None:
    await minh.says("/hoivien duc")
    assert people_shown(minh) == []
    assert "đủ họ tên" in minh.last
    await minh.says("do van duc")
    assert people_shown(minh) == ["Đỗ Văn Đức"]


async def test_an_erased_person_is_found_by_nobody(
    club: ClubInATest, hoa: Phone, minh: Phone
) -> None:
    await minh.says("/hoivien đỗ văn đức")
    assert people_shown(minh) == ["Đỗ Văn Đức"]
    (duc,) = await called(club, "Đỗ Văn Đức")
    async with club.store.write() as tx:
        await erasure.erase(tx, await members.get(tx, duc))
    for phone in (minh, hoa):
        await phone.says("/hoivien đỗ văn đức")
        assert people_shown(phone) == []
    await club.store.kept(NameCache).tidy()
    named = ["Nguyễn Thị Lan", "Lan Nguyễn", "Trần Minh <b>", "Hoà", "Minh"]
    assert club.store.kept(NameCache).size == len(named)


async def test_who_joined_or_has_another_name_is_found_at_once(
    club: ClubInATest, hoa: Phone
) -> None:
    await hoa.says("/hoivien duc")
    await club.member("Lê Đức")
    await hoa.says("/hoivien duc")
    assert people_shown(hoa) == ["Đỗ Văn Đức", "Lê Đức"]
    (duc,) = await called(club, "Đỗ Văn Đức")
    async with club.store.write() as tx:
        members.rename(tx, await members.get(tx, duc), "Đỗ Văn Đạt")
    await hoa.says("/hoivien duc")
    assert people_shown(hoa) == ["Lê Đức"]
    await hoa.says("/hoivien dat")
    assert people_shown(hoa) == ["Đỗ Văn Đạt"]
