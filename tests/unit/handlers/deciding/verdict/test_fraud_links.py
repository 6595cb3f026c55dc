"""A link that a verdict calls the fraud itself decides, whatever words stand around it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.deciding.verdict.fraud_links import MOST_LINKS
from handlers.recognition.site_owner import is_public_body, owned_site
from storage.cases import cases, verdict_links
from storage.cases.verdict_links import FraudLink
from storage.database.ids import id_of
from storage.database.vault import link_key
from storage.maintenance import key_rotation
from storage.models import Role
from storage.privacy.retention_policy import RetentionSettings
from storage.privacy.retention_purge import empty_cases
from tests.conftest import KEY
from tests.support import (
    VOTING_DAY,
    ClubInATest,
    Phone,
    flag,
    publish,
    taken,
    the_case,
    write_verdict,
)

NEW = bytes(range(1, 33))
TRAP = "https://dinhdanh-vneid.top/nhap-otp"
SCAM = f"VNeID của bạn sắp bị khoá, cập nhật ngay tại {TRAP} trước 24 giờ hôm nay"
OTHER_WORDS = f"Chị em ơi trúng thưởng điện thoại nè, nhận quà ở đây nhé {TRAP} nhanh tay kẻo hết"
MESSENGERS = pytest.mark.parametrize("messenger", ["telegram", "zalo"])


async def judged(club: ClubInATest, text: str = SCAM, rating: str = "Lừa đảo") -> Phone:
    """An officer has decided what somebody sent in; who that officer is."""
    minh = await club.officer("Minh")
    await flag(await club.member("An"), text)
    await taken(minh, club)
    await write_verdict(minh, rating)
    await minh.presses("Gửi kết luận")
    return minh


@pytest.fixture
async def judge(club: ClubInATest) -> Phone:
    """The officer who decided what somebody sent in."""
    return await judged(club)


@MESSENGERS
async def test_a_known_scams_link_is_known_among_other_words(
    club: ClubInATest, messenger: str, judge: Phone
) -> None:
    lan = await club.member("Lan", messenger=messenger)
    await lan.says(OTHER_WORDS, forwarded=True)
    assert "một liên kết đã được kết luận: Lừa đảo" in lan.last
    assert (await the_case(club)).code in lan.last


@MESSENGERS
async def test_it_is_found_by_looking_for_it_too(
    club: ClubInATest, messenger: str, judge: Phone
) -> None:
    lan = await club.member("Lan", messenger=messenger)
    await lan.says(f"/tracuu {OTHER_WORDS}")
    assert "một liên kết đã được kết luận: Lừa đảo" in lan.last


async def test_it_is_known_as_long_as_the_verdict_whatever_is_forgotten_of_the_post(
    club: ClubInATest, judge: Phone
) -> None:
    club.clock.advance(days=RetentionSettings().case_content / timedelta(days=1) + 5)
    assert (
        await club.in_write(empty_cases, club.clock.now() - RetentionSettings().case_content) == 1
    )
    lan = await club.member("Lan")
    await lan.says(OTHER_WORDS, forwarded=True)
    assert "một liên kết đã được kết luận: Lừa đảo" in lan.last


async def test_another_path_of_the_same_owner_is_only_similar(judge: Phone, lan: Phone) -> None:
    await lan.says(OTHER_WORDS.replace("/nhap-otp", "/qua-tang"), forwarded=True)
    assert "đã được kết luận" not in lan.last
    assert "giống" in lan.last


@pytest.mark.parametrize(
    "shared",
    [
        "https://docs.google.com/forms/d/e/abc/viewform",
        "https://drive.google.com/file/d/abc/view",
        "https://bit.ly/abc",
        "https://linktr.ee/abc",
        "https://www.facebook.com/groups/123456",
        "https://t.me/kenh_abc",
    ],
)
async def test_on_a_site_that_many_people_share_another_path_is_nothing(
    club: ClubInATest, shared: str
) -> None:
    await judged(club, SCAM.replace(TRAP, shared))
    other = shared.replace("abc", "xyz").replace("123456", "654321")
    lan = await club.member("Lan")
    await lan.says(OTHER_WORDS.replace(TRAP, other), forwarded=True)
    assert "Câu lạc bộ chỉ kiểm tra" in lan.last


@pytest.mark.parametrize(
    "official", ["https://dichvucong.gov.vn/vneid", "https://bocongan.gov.vn/tin"]
)
async def test_a_public_bodys_page_is_not_ticked_by_itself(
    club: ClubInATest, official: str
) -> None:
    await judged(club, f"{SCAM} (trang thật: {official} )")
    async with club.reading() as tx:
        kept = await verdict_links.of_case(tx, id_of(await the_case(club)))
    assert [link.key for link in kept] == ["dinhdanh-vneid.top/nhap-otp"]


async def test_what_the_verdict_names_as_its_source_is_not_ticked(
    club: ClubInATest, minh: Phone
) -> None:
    await flag(await club.member("An"), f"{SCAM} xem https://baohoaan.vn/canh-bao")
    await taken(minh, club)
    await write_verdict(minh, source="https://baohoaan.vn/canh-bao-vneid")
    assert any("Liên kết lừa đảo: 1/2" in label for label in minh.labels)


async def test_a_page_of_the_clubs_own_on_a_platform_is_not_ticked(club: ClubInATest) -> None:
    own = "https://www.facebook.com/hoaan/posts/1035862816472149"
    await publish(club, replace(VOTING_DAY, source_url=f"{own}?fbclid=abc"))
    minh = await club.officer("Minh")
    await flag(await club.member("An"), f"{SCAM} xem thêm {own}")
    await taken(minh, club)
    await write_verdict(minh)
    assert any("Liên kết lừa đảo: 1/2" in label for label in minh.labels)


async def test_a_link_of_the_earlier_verdict_is_never_cut_off_by_many_others(
    club: ClubInATest,
) -> None:
    many = " ".join(f"https://trang{n}.vn/a" for n in range(MOST_LINKS + 5))
    minh = await judged(club, f"{SCAM.replace(TRAP, '')} {many}")
    case = await the_case(club)
    async with club.store.write() as tx:
        await verdict_links.replace(tx, id_of(case), [FraudLink("old.top/x", "old.top")])
        locked = await cases.lock(tx, case.code)
        assert locked
        await cases.take(tx, locked, minh.member_id, tx.clock.now().date())
    await minh.presses_action(f"decide:{case.code}")
    for _ in range(4):
        await minh.presses("Giữ nguyên")
    await minh.presses("Gửi kết luận")
    kept = await club.in_read(verdict_links.of_case, id_of(case))
    assert "old.top/x" in {link.key for link in kept}


@MESSENGERS
async def test_an_officer_takes_a_tick_away_and_it_decides_no_more(
    club: ClubInATest, messenger: str
) -> None:
    minh = await club.member("Minh", role=Role.OFFICER, messenger=messenger)
    await flag(await club.member("An"), SCAM)
    await taken(minh, club)
    await write_verdict(minh)
    await minh.presses("Liên kết lừa đảo: 1/1", "☑", "Quay lại", "Gửi kết luận")
    lan = await club.member("Lan")
    await lan.says(OTHER_WORDS, forwarded=True)
    assert "đã được kết luận" not in lan.last


@pytest.mark.parametrize("rating", ["Đúng", "Chưa đủ căn cứ"])
async def test_with_a_rating_that_calls_nothing_false_no_link_is_a_fraud(
    club: ClubInATest, rating: str
) -> None:
    minh = await judged(club, rating=rating)
    assert not any("Liên kết lừa đảo" in label for label in minh.labels)
    lan = await club.member("Lan")
    await lan.says(OTHER_WORDS, forwarded=True)
    assert "một liên kết đã được kết luận" not in lan.last


async def test_a_verdict_that_changes_to_true_frees_its_links(
    club: ClubInATest, judge: Phone
) -> None:
    await judge.presses_action(f"case:{(await the_case(club)).code}")
    await judge.presses("Xem xét lại", "Kết luận", "Đúng")
    for _ in range(3):
        await judge.presses("Giữ nguyên")
    await judge.presses("Gửi kết luận")
    async with club.reading() as tx:
        assert await verdict_links.of_case(tx, id_of(await the_case(club))) == []


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://dinhdanh-vneid.top/a", "dinhdanh-vneid.top"),
        ("https://www.nhan-qua.com.vn/x?y=1", "nhan-qua.com.vn"),
        ("https://ten-toi.blogspot.com/a", "ten-toi.blogspot.com"),
        ("https://docs.google.com/forms/d/1", None),
        ("https://www.facebook.com/a", None),
        ("https://m.zalo.me/a", None),
        ("https://bit.ly/a", None),
        ("https://[", None),
        ("", None),
    ],
)
def test_whose_a_site_is(url: str, site: str | None) -> None:
    assert owned_site(url) == site


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://hoaan.gov.vn/a", True),
        ("https://gov.vn", True),
        ("https://hoaan-gov.vn/a", False),
        ("https://hoaan.gov.vn.top/a", False),
    ],
)
def test_what_belongs_to_a_public_body(url: str, *, public: bool) -> None:
    assert is_public_body(url) is public


async def test_a_link_is_found_under_an_older_key_and_once_that_is_gone(
    club: ClubInATest, judge: Phone
) -> None:
    number = id_of(await the_case(club))

    async def is_found() -> bool:
        async with club.reading() as tx:
            at_site = await verdict_links.cases_at_sites(tx, ["dinhdanh-vneid.top"])
            at_link = await verdict_links.case_with_address(
                tx, ["x", "dinhdanh-vneid.top/nhap-otp"]
            )
        return (at_link and at_link.id, at_site) == (number, (number,))

    assert await is_found()
    club.store.vault.hold(NEW, KEY)
    assert await is_found()
    assert await key_rotation.rekey(club.store) == 0
    club.store.vault.hold(NEW, links=[link_key(KEY)])
    assert await is_found()
