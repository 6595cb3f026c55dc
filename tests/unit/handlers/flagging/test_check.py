"""`/tracuu` with a keyword instead of a post."""

from dataclasses import replace

import pytest

from handlers.views.announcement import Content
from tests.support import VOTING_DAY, ClubInATest, publish


@pytest.mark.parametrize("words", ["thẻ cử tri", "the cu tri", "Ngày bầu cử"])
async def test_a_keyword_finds_the_current_announcement_that_has_it(
    club: ClubInATest, words: str
) -> None:
    lan = await club.member("Lan")
    number = await publish(club)
    await lan.says(f"/tracuu {words}")
    assert any(button.action == f"read:{number}" for button in lan.buttons)


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("thẻ cử tri", replace(VOTING_DAY, officers_only=True)),
        ("thẻ cử tri", replace(VOTING_DAY, areas=("song-ngoc",))),
        ("thẻ cử tri giả", VOTING_DAY),
    ],
)
async def test_a_keyword_finds_nothing_that_is_not_for_this_member(
    club: ClubInATest, words: str, content: Content
) -> None:
    lan = await club.member("Lan", area="thi-xa")
    await publish(club, content)
    await lan.says(f"/tracuu {words}")
    assert lan.labels == ["Tôi muốn báo tin này"]
