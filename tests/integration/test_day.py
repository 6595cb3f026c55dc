"""The club's whole day without a browser: over real HTTP, through the code that runs on Telegram."""

import pytest

from bot.demo import deeds, story
from bot.demo.town import Resident
from bot.officers import invite_owner
from tests.integration.conftest import Home
from tests.integration.town import TownUnderTest, answers


class Club:
    """An owner, an officer and two members, who have all joined by an invite."""

    owner: Resident
    officer: Resident
    ha: Resident
    bao: Resident


@pytest.fixture
async def club(town: TownUnderTest, bot: Home) -> Club:
    made = Club()
    made.owner = await town.person(story.OWNER.name)
    await deeds.join(made.owner, (await invite_owner(bot.settings)).code, story.OWNER)
    made.officer = await town.person(story.OFFICER.name)
    await deeds.join(made.officer, await deeds.invite(made.owner, "Cán bộ"), story.OFFICER)
    code = await deeds.invite(made.owner, "Hội viên")
    made.ha, made.bao = await town.person("Hà"), await town.person("Bảo")
    await deeds.join(made.ha, code, story.MEMBERS[0])
    await deeds.join(made.bao, code, story.MEMBERS[1])
    return made


async def test_the_whole_day_from_joining_to_the_digest(town: TownUnderTest, club: Club) -> None:
    await deeds.announce(club.officer, club.owner, story.VOTING_DAY)
    copy = await club.ha.reads(story.VOTING_DAY.title, story.VOTING_DAY.issuer)
    assert "https://baucu.hoaan.example" in str(copy)

    await club.ha.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
    totals = await club.officer.says("/thongke 1", then="không tách ai đã mở")
    assert "Hà" not in totals["text"].split()

    await deeds.flag(club.ha, story.SCAM)
    await deeds.decide(club.officer, club.owner, story.SCAM, story.SCAM_VERDICT)
    await club.ha.reads("đã có câu trả lời", story.SCAM_VERDICT.source)

    known = story.SCAM
    await club.bao.forwards(known.text, sender="Ai đó", then="Tin này đã được kiểm tra")

    await town.later(hours=11)
    digest = await club.ha.reads("Bản tin tổng hợp, ", story.VOTING_DAY.title)
    assert "Lừa đảo" in digest["text"]


async def test_officers_read_a_digest_of_their_own_in_the_morning(
    town: TownUnderTest, club: Club
) -> None:
    await deeds.flag(club.ha, story.RUMOUR)
    await town.later(hours=22)
    digest = await club.officer.reads("Việc của câu lạc bộ", "Tin nghi vấn chờ xử lý: 1")
    assert "Hà" not in digest["text"].split()
    assert not [one for one in await answers(club.bao) if "Việc của câu lạc bộ" in one]


async def test_who_stopped_everything_gets_nothing_that_is_sent_afterwards(
    town: TownUnderTest, club: Club
) -> None:
    await club.bao.says("/ngungnhan", then="Đã ngừng")
    before = await answers(club.bao)
    await deeds.announce(club.officer, club.owner, story.VOTING_DAY)
    await club.ha.reads(story.VOTING_DAY.title)
    await town.later(hours=11)
    await club.ha.reads("Bản tin tổng hợp, ")
    assert await answers(club.bao) == before


async def test_a_member_who_blocked_the_bot_does_not_hold_up_the_others(
    town: TownUnderTest, club: Club
) -> None:
    await town.post(f"chats/{club.bao.id}/block")
    await deeds.announce(club.officer, club.owner, story.VOTING_DAY)
    await club.ha.reads(story.VOTING_DAY.title)
    await club.officer.says("/thongke 1", then="Đã gửi: dưới 5")


async def test_the_progress_of_an_announcement_is_seen_in_the_authors_chat(club: Club) -> None:
    await deeds.announce(club.officer, club.owner, story.WHAT_TO_BRING)
    await club.officer.reads("đã gửi xong", "100 %")


async def test_a_reminder_comes_at_the_hour_that_was_asked_for(
    town: TownUnderTest, club: Club
) -> None:
    await deeds.announce(club.officer, club.owner, story.VOTING_DAY)
    await club.ha.presses("Nhắc tôi sau", then="lúc nào")
    await club.ha.presses("Sau 1 giờ", then="Sẽ nhắc bạn")
    await town.later(hours=1, minutes=1)
    await club.ha.reads("Bạn nhờ nhắc", story.VOTING_DAY.title)
