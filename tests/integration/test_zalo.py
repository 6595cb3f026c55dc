"""A Zalo member's day over real HTTP: the same conversation, without a single button."""

from collections.abc import AsyncIterator

import pytest

from bot.demo import deeds, story
from bot.demo.town import Resident
from bot.demo.zalo_phone import ZaloResident, choices_of, on_zalo
from bot.officers import invite_owner
from tests.integration.conftest import Home, MakeHome, running
from tests.integration.town import TownUnderTest


class Club:
    """Two officers on Telegram, one member on Zalo, who have all joined by an invite."""

    owner: Resident
    officer: Resident
    lan: ZaloResident
    code: str


@pytest.fixture
async def home(make_home: MakeHome) -> AsyncIterator[Home]:
    """A bot on both messengers, by polling."""
    home = make_home(zalo="")
    async with running(home.settings):
        yield home


@pytest.fixture
async def club(town: TownUnderTest, home: Home) -> Club:
    made = Club()
    made.owner = await town.person(story.OWNER.name)
    await deeds.join(made.owner, (await invite_owner(home.settings)).code, story.OWNER)
    made.officer = await town.person(story.OFFICER.name)
    await deeds.join(made.officer, await deeds.invite(made.owner, "Cán bộ"), story.OFFICER)
    made.code = await deeds.invite(made.owner, "Hội viên")
    made.lan = await on_zalo(town, "Lan")
    await deeds.join(made.lan, made.code, story.MEMBERS[0])
    return made


async def test_a_member_on_zalo_lives_the_whole_day_by_typing_numbers(
    town: TownUnderTest, club: Club
) -> None:
    await deeds.announce(club.officer, club.owner, story.VOTING_DAY)
    copy = await club.lan.reads(story.VOTING_DAY.title, story.VOTING_DAY.issuer)
    assert "Tôi đã chia sẻ" in choices_of(copy).values()

    await club.lan.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
    await club.officer.says("/thongke 1", then="Xác nhận đã chia sẻ: 1 người")

    await deeds.flag(club.lan, story.SCAM)
    await deeds.decide(club.officer, club.owner, story.SCAM, story.SCAM_VERDICT)
    await club.lan.reads("đã có câu trả lời", story.SCAM_VERDICT.source)

    await town.later(hours=11)
    await club.lan.reads("Bản tin tổng hợp, ", story.VOTING_DAY.title)
    assert not [m for m in await club.lan.messages() if "reply_markup" in m]
