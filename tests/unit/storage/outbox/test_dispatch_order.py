"""Announcements as urgent as each other go out side by side."""

import pytest

from storage.models import Lane, Mailing, MailingState
from tests.support import ClubInATest, Outbox

CROWD = 12


@pytest.fixture
async def crowd(club: ClubInATest) -> list[int]:
    return [(await club.member(f"Hội viên {n}")).member_id for n in range(CROWD)]


async def claimed(box: Outbox, limit: int) -> list[int]:
    return [row.mailing_id for row in await box.claim(limit)]


async def test_two_announcements_share_the_pace(box: Outbox, crowd: list[int]) -> None:
    first, second = await box.mail(*crowd), await box.mail(*crowd)
    assert await claimed(box, 8) == [first] * 4 + [second] * 4
    assert await claimed(box, 8) == [first] * 4 + [second] * 4


async def test_an_announcement_with_few_left_leaves_its_share_to_the_other(
    box: Outbox, crowd: list[int]
) -> None:
    first, second = await box.mail(*crowd), await box.mail(crowd[0])
    assert await claimed(box, 8) == [first] * 7 + [second]


async def test_a_notice_and_an_urgent_announcement_do_not_share(
    box: Outbox, crowd: list[int]
) -> None:
    calm, other = await box.mail(*crowd), await box.mail(*crowd)
    urgent = await box.mail(*crowd[:3], lane=Lane.URGENT)
    notice = await box.mail(crowd[0], lane=Lane.NOTICE)
    assert await claimed(box, 8) == [notice, *[urgent] * 3, calm, calm, other, other]


async def test_what_nobody_shares_goes_in_the_order_it_came(box: Outbox, crowd: list[int]) -> None:
    first, _ = [await box.mail(*crowd, lane=Lane.DIGEST) for _ in range(2)]
    assert await claimed(box, 8) == [first] * 8


async def test_a_paused_announcement_takes_no_share(box: Outbox, crowd: list[int]) -> None:
    first, second = await box.mail(*crowd), await box.mail(*crowd)
    async with box.store.write() as tx:
        (await tx.session.get_one(Mailing, first)).state = MailingState.PAUSED
    assert await claimed(box, 8) == [second] * 8
