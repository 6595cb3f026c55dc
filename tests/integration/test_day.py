"""The club's whole day without a browser: over real HTTP, through the code that runs on Telegram."""

import pytest

from bot.cli.owner_invite import invite_owner
from bot.demo import actions, data
from bot.demo.actors import SandboxUser
from tests.integration.conftest import Home
from tests.support.sandbox_client import SandboxTestClient, bot_texts


class Club:
    """An owner, an officer and two members, who have all joined by an invite."""

    owner: SandboxUser
    officer: SandboxUser
    ha: SandboxUser
    bao: SandboxUser


@pytest.fixture
async def club(sandbox: SandboxTestClient, bot: Home) -> Club:
    made = Club()
    made.owner = await sandbox.add_user(data.OWNER.name)
    await actions.join(made.owner, (await invite_owner(bot.settings)).code, data.OWNER)
    made.officer = await sandbox.add_user(data.OFFICER.name)
    await actions.join(made.officer, await actions.invite(made.owner, "Cán bộ"), data.OFFICER)
    code = await actions.invite(made.owner, "Hội viên")
    made.ha, made.bao = await sandbox.add_user("Hà"), await sandbox.add_user("Bảo")
    await actions.join(made.ha, code, data.MEMBERS[0])
    await actions.join(made.bao, code, data.MEMBERS[1])
    return made


async def test_the_whole_day_from_joining_to_the_digest(
    sandbox: SandboxTestClient, club: Club
) -> None:
    await actions.announce(club.officer, club.owner, data.VOTING_DAY)
    copy = await club.ha.reads(data.VOTING_DAY.title, data.VOTING_DAY.issuer)
    assert "https://baucu.hoaan.example" in str(copy)

    await club.ha.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
    totals = await club.officer.says("/thongke 1", then="không tách ai có thao tác")
    assert "Hà" not in totals["text"].split()

    await actions.flag(club.ha, data.SCAM)
    await actions.decide(club.officer, club.owner, data.SCAM, data.SCAM_VERDICT)
    await club.ha.reads("đã có kết luận", data.SCAM_VERDICT.source)

    await club.bao.forwards(data.SCAM.text, sender="Ai đó", then="Tin này đã được kiểm tra")

    await sandbox.advance_by(hours=11)
    digest = await club.ha.reads("Bản tin tổng hợp, ", data.VOTING_DAY.title)
    assert "Lừa đảo" in digest["text"]


async def test_officers_read_a_digest_of_their_own_in_the_morning(
    sandbox: SandboxTestClient, club: Club
) -> None:
    await actions.flag(club.ha, data.RUMOUR)
    await sandbox.advance_by(hours=22)
    digest = await club.officer.reads("Việc của cán bộ", "Tin nghi vấn chờ xử lý: 1")
    assert "Hà" not in digest["text"].split()
    assert not [one for one in await bot_texts(club.bao) if "Việc của cán bộ" in one]


async def test_who_stopped_everything_gets_nothing_that_is_sent_afterwards(
    sandbox: SandboxTestClient, club: Club
) -> None:
    await club.bao.says("/ngungnhan", then="Đã ngừng")
    before = await bot_texts(club.bao)
    await actions.announce(club.officer, club.owner, data.VOTING_DAY)
    await club.ha.reads(data.VOTING_DAY.title)
    await sandbox.advance_by(hours=11)
    await club.ha.reads("Bản tin tổng hợp, ")
    assert await bot_texts(club.bao) == before


async def test_a_member_who_blocked_the_bot_does_not_hold_up_the_others(
    sandbox: SandboxTestClient, club: Club
) -> None:
    await sandbox.post(f"chats/{club.bao.id}/block")
    await actions.announce(club.officer, club.owner, data.VOTING_DAY)
    await club.ha.reads(data.VOTING_DAY.title)
    await club.officer.says("/thongke 1", then="Đã gửi: dưới 5")


async def test_the_progress_of_an_announcement_is_seen_in_the_authors_chat(club: Club) -> None:
    await actions.announce(club.officer, club.owner, data.WHAT_TO_BRING)
    await club.officer.reads("đã gửi xong", "100 %")


async def test_a_reminder_comes_at_the_hour_that_was_asked_for(
    sandbox: SandboxTestClient, club: Club
) -> None:
    await actions.announce(club.officer, club.owner, data.VOTING_DAY)
    await club.ha.presses("Nhắc tôi sau", then="lúc nào")
    await club.ha.presses("Sau 1 giờ", then="Sẽ nhắc bạn")
    await sandbox.advance_by(hours=1, minutes=1)
    await club.ha.reads("Bạn nhờ nhắc", data.VOTING_DAY.title)
