"""Forty members pass on one lie on a Sunday evening: over real HTTP, one case and one answer each."""

import asyncio
import re
from collections.abc import Sequence

import pytest

from bot.cli.owner_invite import invite_owner
from bot.demo import actions, data
from bot.demo.actors import SandboxUser, text_of
from bot.demo.data import SuspiciousPost, VerdictText
from tests.integration.conftest import Home
from tests.support.sandbox_client import SandboxTestClient, bot_texts
from tests.unit.handlers.flagging.test_forty_flags import LIE, OTHER_AMOUNT, VARIANTS

MEMBERS = 40
TRUTH = VerdictText(
    rating="Lừa đảo",
    claim="Mỗi hộ phải nộp 500.000 đồng để cập nhật VNeID.",
    explanation="Cập nhật VNeID không mất tiền và không ai bị khoá thẻ căn cước.",
    source="https://congan.hoaan.example/canh-bao/nop-tien",
)


@pytest.mark.torture
async def test_forty_variants_are_one_case_and_everybody_reads_its_answer_once(
    sandbox: SandboxTestClient, bot: Home
) -> None:
    owner = await sandbox.add_user(data.OWNER.name)
    await actions.join(owner, (await invite_owner(bot.settings)).code, data.OWNER)
    officer = await sandbox.add_user(data.OFFICER.name)
    await actions.join(officer, await actions.invite(owner, "Cán bộ"), data.OFFICER)
    everybody = await _members(sandbox, await actions.invite(owner, "Hội viên"), MEMBERS + 2)
    members, (late, other) = everybody[:MEMBERS], everybody[MEMBERS:]

    await actions.flag(members[0], _suspicious(LIE))
    joining = (
        actions.flag_again(member, _suspicious(VARIANTS[place % len(VARIANTS)]))
        for place, member in enumerate(members[1:], 1)
    )
    await asyncio.gather(*joining)
    queue = text_of(await officer.says("/choxuly", then="1 vụ việc chờ xử lý"))
    assert re.search(rf"\b{MEMBERS} người báo", queue), queue

    await actions.decide(officer, owner, _suspicious(LIE), TRUTH)
    await asyncio.gather(*(member.reads("đã có kết luận", TRUTH.source) for member in members))

    await other.forwards(OTHER_AMOUNT, sender="Ai đó", then="Tin của bạn: “700.000”")
    await other.presses("Không phải tin nào", then="Gửi câu lạc bộ kiểm tra")
    await other.presses("Gửi kiểm tra", then="Mã theo dõi")
    await other.presses("Lừa đảo", then="Loại tin")
    queue = text_of(await officer.says("/choxuly", then="1 vụ việc chờ xử lý"))
    assert re.search(r"\b1 người báo", queue), queue

    await late.forwards(VARIANTS[1], sender="Ai đó", then=TRUTH.explanation)

    await _announce_it(officer, owner)
    title = "Lừa đảo: Mỗi hộ phải nộp 500.000 đồng"
    await asyncio.gather(*(one.reads(title, TRUTH.source) for one in everybody))
    told = [await _told(member) for member in members]
    assert told == [1] * MEMBERS


def _suspicious(text: str) -> SuspiciousPost:
    return SuspiciousPost(sender="Nhóm cư dân", text=text, category="Lừa đảo")


async def _members(sandbox: SandboxTestClient, code: str, many: int) -> Sequence[SandboxUser]:
    people = [await sandbox.add_user(f"Hội viên {number}") for number in range(1, many + 1)]
    await asyncio.gather(*(actions.join(one, code, data.MEMBERS[0]) for one in people))
    return people


async def _told(member: SandboxUser) -> int:
    """How many times somebody was told the verdict unasked."""
    return sum("đã có kết luận" in said for said in await bot_texts(member))


async def _announce_it(officer: SandboxUser, owner: SandboxUser) -> None:
    await owner.presses("Soạn thông báo từ kết luận", then="phát hành")
    await owner.presses("Công an tỉnh", then="Thông báo số")
    await owner.presses("Gửi duyệt", then="phản đối")
    await owner.presses("Không", then="Đã gửi duyệt")
    await officer.presses("Xem và duyệt", then="Đang chờ duyệt")
    await officer.presses("Duyệt", then="được duyệt và đang gửi")
