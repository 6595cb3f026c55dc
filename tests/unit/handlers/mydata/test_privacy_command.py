"""The privacy notice: open to everybody, one message long, and tied to its version."""

import hashlib
import re
from dataclasses import fields, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.conversation.i18n import Speech
from handlers.conversation.settings import LANGUAGES
from handlers.recognition.plain_text import visible_length
from handlers.views import privacy_notice
from storage.privacy.retention_policy import RetentionSettings
from tests.support import SETTINGS, ClubInATest

WORDING = {"2026-3": "2c5907828190a475", "2026-4": "0f0bf02398425195"}
"""Of every version ever shown, the hash of its wording in all languages."""
NOT_IN_THE_NOTICE = {"invites", "suspensions", "consents", "slots"}
"""Times that PRIVACY.md tells; in one message there is no room for all."""


def wording() -> str:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    with_account = replace(SETTINGS, messengers=("telegram", "zalo_oa"))
    texts = [
        privacy_notice.notice(Speech(language, zone), club)
        for language in LANGUAGES
        for club in (SETTINGS, with_account)
    ]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def test_another_wording_is_another_version() -> None:
    assert WORDING[privacy_notice.VERSION] == wording(), (
        "the notice changed: raise privacy_notice.VERSION"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_fits_into_one_message(language: str) -> None:
    # Telegram counts 4,096 characters without the tags; a club's name and contact can be longer.
    club = replace(SETTINGS, messengers=("telegram", "zalo_oa"))
    notice = privacy_notice.notice(Speech(language, SETTINGS.timezone), club)
    assert visible_length(notice) < 3_700


@pytest.mark.parametrize("command", ["/riengtu", "/privacy", "quyền riêng tư"])
async def test_strangers_can_read_the_notice(club: ClubInATest, command: str) -> None:
    lan = club.stranger("Lan")
    await lan.says(command)
    assert club.settings.contact in lan.last
    assert club.settings.operator in lan.last
    assert "90 ngày" in lan.last


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_for_how_long_things_really_are_kept(language: str) -> None:
    odd = {one.name: timedelta(days=1001 + n) for n, one in enumerate(fields(RetentionSettings))}
    say = Speech(language, SETTINGS.timezone)
    text = privacy_notice.notice(say, replace(SETTINGS, kept=RetentionSettings(**odd)))
    for name in odd.keys() - NOT_IN_THE_NOTICE:
        assert say.span(odd[name]) in text, name
    assert not re.search(r"\b(14|90|365|48)\b", text), "a time that does not follow the config"
