"""Screenshots of known lies are answered with the question whether it is this one, the right one first."""

from dataclasses import replace

import pytest

from handlers.flagging.post import FlaggedPost, pack
from handlers.messages import Media, MediaKind
from handlers.recognition.pictures import reader, true_ocr
from storage.cases import posts
from storage.cases.posts import Flagged
from storage.database import Tx
from storage.models import Category
from tests.support import ClubInATest
from tests.support.case_actions import NONE_OF_THESE
from tests.support.made_lies import LIES, comments
from tests.support.made_screenshots import among_comments, encoded
from tests.support.waiting import TIMEOUT_S

QUALITY = 40
WRONG_MAX = 0.05


@pytest.mark.skipif(not true_ocr.is_installed(), reason="pip install niemtin[reader]")
@pytest.mark.parametrize(
    "many", [6, pytest.param(100, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])]
)
async def test_screenshots_of_known_lies_are_asked_about(
    club: ClubInATest, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """All hundred lies are known; `many` of them come as screenshots, cut off, some of them dark."""
    made = true_ocr.TrueOcr()
    monkeypatch.setattr(reader, "_reader", lambda: made)
    monkeypatch.setattr(reader, "_BUDGET_S", TIMEOUT_S)
    club.conversation.club = replace(club.settings, searches_per_hour=2 * len(LIES))
    codes = await club.in_write(known)
    hoa = await club.member("Hoa")
    missed = []
    for number in range(0, len(LIES), len(LIES) // many):
        page = among_comments(LIES[number], comments(number), number)
        shot = Media(MediaKind.PHOTO, f"f{number}", f"u{number}", content=encoded(page, QUALITY))
        await hoa.sends(shot, forwarded=True)
        first, *_ = [button.action for button in hoa.buttons]
        is_asked = any(button.label == NONE_OF_THESE for button in hoa.buttons)
        if not (is_asked and first.endswith(codes[number])):
            missed.append((number, hoa.last))
        await hoa.says("/huy")
    assert len(missed) <= WRONG_MAX * many, missed


async def known(tx: Tx) -> list[str]:
    """A case for each lie; returns their codes."""
    codes = []
    for lie in LIES:
        post = FlaggedPost(lie, forwarded=True)
        today = tx.clock.now().date()
        flagged = Flagged(post.keys, Category.RUMOUR, pack(post), today, post.reading)
        opened = await posts.open_case(tx, flagged)
        assert opened is not None
        codes.append(opened[0].code)
    return codes
