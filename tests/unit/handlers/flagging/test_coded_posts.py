"""QR codes in flagged pictures: an address in one finds its case, a payment code is evidence."""

import pytest
from sqlmodel import select

from handlers.flagging.post import FlaggedPost, as_kept, pack, unpack
from handlers.messages import Media, MediaKind
from handlers.recognition.pictures.payment_code import PaymentCode
from storage.cases import posts
from storage.models import Category, IndexedPost
from tests.support import ClubInATest, Phone, flag, opened, taken, the_case, write_verdict
from tests.support.case_actions import JOIN, RUMOUR, SEND
from tests.support.made_codes import payment, picture_with

TRAP = "https://dinhdanh-vneid.top/nhap-otp"
SCAM = f"VNeID của bạn sắp bị khoá, cập nhật ngay tại {TRAP} trước 24 giờ hôm nay"
PAGE = "https://the-cu-tri.example/nop"
ACCOUNT = "0071001234567"
MASKED = "00•••••••••67"


def photo(*codes: str | bytes, name: str = "u") -> Media:
    """A photo with these QR codes."""
    return Media(MediaKind.PHOTO, "f" + name, name, content=picture_with(*codes))


async def shown_to(officer: Phone, code: str) -> str:
    """The card of a case."""
    await opened(officer, code)
    return officer.last


async def test_an_address_in_a_code_is_an_address_of_the_post(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    await lan.sends(photo(f"Quét để nhận: {PAGE}"), forwarded=True)
    assert PAGE in lan.last
    await lan.presses(SEND)
    club.clock.advance(hours=1)
    assert f"<code>{PAGE}</code>" in await shown_to(minh, (await the_case(club)).code)


async def test_who_sends_the_address_of_a_code_is_asked_about_the_picture(
    club: ClubInATest, lan: Phone, hoa: Phone, mai: Phone
) -> None:
    await lan.sends(photo(PAGE), forwarded=True)
    await lan.presses(SEND)
    await hoa.says(PAGE, forwarded=True)
    assert "giống" in hoa.last
    await mai.says(f"{RUMOUR} {PAGE}", forwarded=True)
    assert "giống" in mai.last


async def test_another_picture_with_the_same_address_is_only_similar(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    await lan.sends(photo(PAGE, name="one"), forwarded=True)
    await lan.presses(SEND)
    other = photo("Lời khác, ảnh khác", "một mã nữa " * 20, PAGE, "và mã này " * 30, name="two")
    await hoa.sends(other, forwarded=True)
    assert JOIN not in hoa.labels
    assert "giống" in hoa.last


async def test_a_code_with_the_link_of_a_known_fraud_is_answered_at_once(
    club: ClubInATest, lan: Phone, hoa: Phone, minh: Phone
) -> None:
    await flag(lan, SCAM)
    await taken(minh, club)
    await write_verdict(minh)
    await minh.presses("Gửi kết luận")
    await hoa.sends(photo(TRAP), forwarded=True)
    assert "một liên kết đã được kết luận: Lừa đảo" in hoa.last


async def test_a_payment_code_is_shown_masked_until_it_is_a_fraud(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    await lan.sends(photo(payment("970436", ACCOUNT)), forwarded=True)
    assert f"Vietcombank, số tài khoản {MASKED}" in lan.last
    await lan.presses(SEND)
    code = (await the_case(club)).code
    club.clock.advance(hours=1)
    assert f"Vietcombank, số tài khoản {MASKED}" in await shown_to(minh, code)
    await lan.presses("Lừa đảo")
    club.clock.advance(hours=1)
    assert f"Vietcombank, số tài khoản {ACCOUNT}" in await shown_to(minh, code)


async def test_others_read_an_account_only_masked(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    await lan.sends(photo(payment("970436", ACCOUNT), PAGE), forwarded=True)
    await lan.presses(SEND, "Lừa đảo")
    await hoa.says(PAGE, forwarded=True)
    assert MASKED in hoa.last
    assert ACCOUNT not in hoa.last


async def test_what_a_code_held_goes_with_the_post(club: ClubInATest, lan: Phone) -> None:
    await lan.sends(photo(payment("970436", ACCOUNT), PAGE), forwarded=True)
    await lan.presses(SEND, "Lừa đảo")
    case = await the_case(club)
    await club.in_write(posts.erase, case)
    async with club.reading() as tx:
        assert await posts.first_content(tx, case) is None
        assert await tx.all(select(IndexedPost)) == []


async def test_a_damaged_or_foreign_code_is_no_evidence(club: ClubInATest, lan: Phone) -> None:
    good = payment("970436", ACCOUNT)
    await lan.sends(photo(good[:-1] + ("0" if good[-1] != "0" else "1"), "Wi-Fi: 1234"))
    assert "số tài khoản" not in lan.last
    assert SEND in lan.labels


@pytest.mark.parametrize("category", Category)
def test_only_a_fraud_keeps_the_account_and_a_masked_one_stays_masked(category: Category) -> None:
    whole = FlaggedPost(
        links=(PAGE, "https://www.facebook.com/lan.nguyen/posts/1035862816472149"),
        coded_links=("https://www.facebook.com/lan.nguyen/posts/1035862816472149",),
        payments=(PaymentCode("970436", ACCOUNT),),
    )
    kept = as_kept(whole, category)
    assert kept.payments[0].account == (ACCOUNT if category is Category.SCAM else MASKED)
    assert set(kept.coded_links) < set(kept.links)
    assert as_kept(unpack(pack(kept)), category) == kept
