"""The privacy notice: open to everybody, one message long, and tied to its version."""

import hashlib
from zoneinfo import ZoneInfo

import pytest

from handlers import privacy
from handlers.settings import LANGUAGES
from handlers.speech import Speech
from tests.club import SETTINGS, ClubInATest

WORDING = {"2026-1": "7b371ecbc551873a"}
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
