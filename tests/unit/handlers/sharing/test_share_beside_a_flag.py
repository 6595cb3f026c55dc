"""A member confirms a share while a picture of theirs waits to be flagged: neither is lost."""

import pytest

from storage.announcements import shares
from tests.support import ClubInATest, publish, the_cases
from tests.support.case_actions import PICTURE


@pytest.mark.parametrize("then", [(), ("proof",)])
async def test_a_picture_that_waits_survives_a_share(
    club: ClubInATest, then: tuple[str, ...]
) -> None:
    lan = await club.member("Lan")
    number = await publish(club)
    await lan.sends(PICTURE)
    question = next(reversed(lan.messages))
    send = next(button for button in lan.buttons if button.label == "Gửi kiểm tra")
    await lan.presses_action(f"shared:{number}")
    for action in then:
        await lan.presses_action(f"{action}:{number}")
        assert "chưa gửi" in lan.toasts[-1]
    await lan.presses_action(send.action, question)
    assert len(await the_cases(club)) == 1
    assert await club.in_read(shares.counted, number, lan.member_id)
