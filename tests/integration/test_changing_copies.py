"""What went out is corrected and recalled in every chat: over real HTTP, from the officer's first word."""

import pytest

from bot.cli.owner_invite import invite_owner
from bot.demo import actions, data
from bot.demo.actors import SandboxUser, labels_of
from tests.integration.conftest import Home
from tests.support.announcements.sandbox_actions import correct_title, recall
from tests.support.sandbox_client import SandboxTestClient, bot_texts

OLD, NEW = data.VOTING_DAY.title, "Chủ Nhật 15/3: bỏ phiếu đến 19 giờ"


@pytest.fixture
async def people(sandbox: SandboxTestClient, bot: Home) -> dict[str, SandboxUser]:
    """An owner, an officer and a member, all of whom get announcements."""
    owner, officer, member = [await sandbox.add_user(name) for name in ("Hạnh", "Minh", "Hà")]
    await actions.join(owner, (await invite_owner(bot.settings)).code, data.OWNER)
    await actions.join(officer, await actions.invite(owner, "Cán bộ"), data.OFFICER)
    await actions.join(member, await actions.invite(owner, "Hội viên"), data.MEMBERS[0])
    return {"owner": owner, "officer": officer, "member": member}


async def test_a_correction_and_a_recall_reach_every_copy(people: dict[str, SandboxUser]) -> None:
    owner, officer, member = people["owner"], people["officer"], people["member"]
    await actions.announce(officer, owner, data.VOTING_DAY)
    copy = await member.reads(OLD, data.VOTING_DAY.issuer)

    await correct_title(officer, owner, 1, NEW)
    await officer.reads("Đính chính thông báo số 1: đã xong")
    changed = await member.reads("Đã đính chính", NEW)
    assert changed["message_id"] == copy["message_id"]
    assert labels_of(changed) == labels_of(copy)
    notice = await member.reads("vừa được đính chính")
    assert OLD not in "".join(await bot_texts(member))

    await recall(owner, 1)
    await owner.reads("Thu hồi thông báo số 1: đã xong")
    left = {one["message_id"] for one in await member.messages()}
    assert not {copy["message_id"], notice["message_id"]} & left
    await member.says("/thongbao 1", then="đã được thu hồi")
