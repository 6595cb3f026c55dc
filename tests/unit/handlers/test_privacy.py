"""The privacy notice: open to everybody, one message long, and tied to its version."""

import hashlib
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers import privacy
from handlers.settings import LANGUAGES
from handlers.speech import Speech
from scheduler.settings import RetentionSettings
from tests.club import SETTINGS, ClubInATest

WORDING = {"2026-1": "e8e34c247e168561"}
"""Of every version ever shown, the hash of its wording in all languages."""


def wording() -> str:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    texts = [privacy.notice(Speech(language, zone), SETTINGS) for language in LANGUAGES]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def test_another_wording_is_another_version() -> None:
    assert WORDING[privacy.VERSION] == wording(), "the notice changed: raise privacy.VERSION"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_fits_into_one_message(language: str) -> None:
    # Telegram counts 4,096 characters without the tags; a club's name and contact can be longer.
    assert len(privacy.notice(Speech(language, SETTINGS.timezone), SETTINGS)) < 3_600


@pytest.mark.parametrize("command", ["/riengtu", "/privacy", "quyền riêng tư"])
async def test_strangers_can_read_the_notice(club: ClubInATest, command: str) -> None:
    lan = club.stranger("Lan")
    await lan.says(command)
    assert club.settings.contact in lan.last
    assert club.settings.operator in lan.last
    assert "90 ngày" in lan.last


def test_the_notice_says_for_how_long_things_really_are_kept() -> None:
    kept = RetentionSettings()
    text = privacy.notice(Speech("vi", SETTINGS.timezone), SETTINGS)
    assert f"{kept.case_content.days} ngày sau khi có kết luận" in text
    assert f"Câu bạn hỏi: {kept.questions.days} ngày sau khi trả lời" in text
    assert f"Liên kết, ảnh chia sẻ: {kept.proofs.days} ngày" in text
    assert f"Việc đang làm dở: {kept.steps.days} ngày" in text
    assert f"không kèm tên, {kept.code_attempts.days} ngày" in text
    assert f"{kept.inbox_keys // timedelta(hours=1)} giờ" in text
    assert f"Lượt gửi: {kept.deliveries.days // 365} năm" in text
