"""Words in flagged pictures: they find candidates, are shown and masked, and decide nothing."""

import pytest
from sqlmodel import select

from handlers.conversation.i18n import Speech
from handlers.messages import Media, MediaKind
from handlers.recognition.pictures import reader
from storage.cases import posts
from storage.models import CasePost, IndexedPost
from tests.support import (
    SETTINGS,
    VOTING_DAY,
    ClubInATest,
    Phone,
    decided,
    flag,
    opened,
    publish_to,
    the_case,
    the_cases,
)
from tests.support.all_rows import all_rows
from tests.support.case_actions import JOIN, NONE_OF_THESE, RUMOUR, SEND
from tests.support.made_screenshots import among_comments, clean, dark, encoded, small
from tests.support.waiting import TIMEOUT_S

VI = Speech("vi", SETTINGS.timezone)
COMMENTS = ("Có thật không mọi người?", "Bà con cẩn thận nha", "Chia sẻ cho gia đình biết đi ạ")
ACCOUNT = "0071001234567"
READING = VI("flag-reading", count=1)

pytestmark = pytest.mark.skipif(
    not reader.installed(),
    reason="no reader: pip install niemtin[reader], apt install tesseract-ocr-vie",
)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads to the end, however slow this machine is."""
    monkeypatch.setattr(reader, "_BUDGET_S", TIMEOUT_S)


def shot(page: object, name: str = "u") -> Media:
    """A photo of this page."""
    return Media(MediaKind.PHOTO, f"f-{name}", name, content=encoded(page))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_screenshot_of_a_known_text_is_asked_about(
    club: ClubInATest, lan: Phone, hoa: Phone, seed: int
) -> None:
    await flag(lan, RUMOUR)
    await hoa.sends(shot(among_comments(RUMOUR, COMMENTS, seed)), forwarded=True)
    assert "giống" in hoa.last
    assert NONE_OF_THESE in hoa.labels
    assert JOIN not in hoa.labels


async def test_another_screenshot_of_the_same_words_is_never_the_same(
    club: ClubInATest, lan: Phone, hoa: Phone, minh: Phone
) -> None:
    await lan.sends(shot(clean(RUMOUR), "one"), forwarded=True)
    await lan.presses(SEND, "Lừa đảo")
    club.clock.advance(hours=1)
    await decided(minh, club)
    await hoa.sends(shot(dark(RUMOUR), "two"), forwarded=True)
    assert "Lừa đảo" in hoa.last
    assert NONE_OF_THESE in hoa.labels
    await hoa.presses("1")
    assert "bocongan.gov.vn" in hoa.last


async def test_the_same_picture_is_the_same_as_before(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    await lan.sends(shot(clean(RUMOUR)), forwarded=True)
    await lan.presses(SEND)
    await hoa.sends(shot(clean(RUMOUR)), forwarded=True)
    assert JOIN in hoa.labels


async def test_a_typed_text_finds_the_screenshot_of_it(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    await lan.sends(shot(small(RUMOUR)), forwarded=True)
    await lan.presses(SEND)
    await hoa.says(RUMOUR, forwarded=True)
    assert "giống" in hoa.last
    assert JOIN not in hoa.labels


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_who_waits_is_told_so_and_reads_the_answer_in_its_place(
    club: ClubInATest, messenger: str
) -> None:
    lan = await club.member("Lan", messenger=messenger)
    await lan.sends(shot(clean(RUMOUR)), "/tracuu")
    assert club.notices == [READING]
    texts = [message.text for message in lan.messages.values()]
    assert len(texts) == (1 if messenger == "telegram" else 2)
    assert texts[-1].startswith(VI("check-nothing"))


async def test_a_looked_up_screenshot_is_compared_with_verdicts(
    club: ClubInATest, lan: Phone, hoa: Phone, minh: Phone
) -> None:
    await flag(lan, RUMOUR)
    club.clock.advance(hours=1)
    await decided(minh, club)
    await hoa.sends(shot(among_comments(RUMOUR, COMMENTS, 3)), "/tracuu")
    assert "giống" in hoa.last
    assert "Lừa đảo" in hoa.last


async def test_numbers_read_are_masked_until_it_is_a_fraud_and_shown_with_the_picture(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    page = clean(f"{RUMOUR}, chuyển vào số tài khoản {ACCOUNT} ngay")
    await lan.sends(shot(page), forwarded=True)
    assert ACCOUNT not in lan.last
    assert "00•••••••••67" in lan.last
    await lan.presses(SEND)
    code = (await the_case(club)).code
    club.clock.advance(hours=1)
    await opened(minh, code)
    assert "có thể sai" in minh.last
    assert "00•••••••••67" in minh.last
    await lan.presses("Lừa đảo")
    club.clock.advance(hours=1)
    await opened(minh, code)
    assert ACCOUNT in minh.last


@pytest.mark.parametrize("kind", [MediaKind.VIDEO, MediaKind.VIDEO_NOTE, MediaKind.ANIMATION])
async def test_a_video_whose_cover_has_the_words_of_a_known_post_is_asked_about(
    club: ClubInATest, lan: Phone, hoa: Phone, minh: Phone, kind: MediaKind
) -> None:
    await flag(lan, RUMOUR)
    cover = small(RUMOUR)
    video = Media(kind, "f", "u", thumbnail="t", content=encoded(cover))
    await hoa.sends(video, forwarded=True)
    assert club.notices == [VI("flag-reading-video")]
    assert "giống" in hoa.last
    assert JOIN not in hoa.labels
    await hoa.presses(NONE_OF_THESE, SEND)
    club.clock.advance(hours=1)
    await opened(minh, (await the_cases(club))[1].code)
    assert "500.000" in minh.last
    assert "ảnh hoặc video ở trên" in minh.last


async def test_another_video_with_the_same_cover_is_asked_about(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    cover = encoded(clean(RUMOUR))
    await lan.sends(Media(MediaKind.VIDEO, "f", "u", thumbnail="t", content=cover), forwarded=True)
    await lan.presses(SEND)
    await hoa.sends(Media(MediaKind.VIDEO, "g", "v", thumbnail="w", content=cover), forwarded=True)
    assert "giống" in hoa.last
    assert JOIN not in hoa.labels


async def test_a_cover_is_no_proof_of_sharing(club: ClubInATest, lan: Phone) -> None:
    number = await publish_to(club, [lan], VOTING_DAY)
    await lan.presses_action(f"shared:{number}")
    await lan.presses_action(f"proof:{number}")
    video = Media(MediaKind.VIDEO, "f", "u", thumbnail="t", content=encoded(clean(RUMOUR)))
    await lan.sends(video)
    assert lan.last == VI("proof-no-video")


async def test_who_wrote_it_is_not_kept(club: ClubInATest, lan: Phone) -> None:
    page = clean(f"Nguyễn Thị Hạnh\n2 giờ · Công khai\n{RUMOUR}")
    await lan.sends(shot(page), forwarded=True)
    await lan.presses(SEND)
    async with club.reading() as tx:
        (post,) = await tx.all(select(CasePost))
        content = posts.content_of(tx, post)
    assert content
    assert "500.000" in content
    assert "Hạnh" not in content


async def test_the_words_are_sealed_and_go_with_the_post(club: ClubInATest, lan: Phone) -> None:
    await lan.sends(shot(clean(RUMOUR)), forwarded=True)
    await lan.presses(SEND)
    assert "500.000" not in str(await all_rows(club.store))
    case = await the_case(club)
    await club.in_write(posts.erase, case)
    async with club.reading() as tx:
        assert await posts.first_content(tx, case) is None
        assert await tx.all(select(IndexedPost)) == []


async def test_without_a_reader_a_picture_is_flagged_as_before(
    club: ClubInATest, lan: Phone, hoa: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "installed", lambda: "")
    await lan.sends(shot(clean(RUMOUR)), forwarded=True)
    await lan.presses(SEND)
    await hoa.says(RUMOUR, forwarded=True)
    assert club.notices == []
    assert SEND in hoa.labels
    assert len(await the_cases(club)) == 1
