"""Seeds the demo's club with its first days: people join, announcements go out, a scam is exposed.

Nothing is written into the database directly: the people use the bot over the sandbox, whose clock
is moved in between.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.demo import data
from bot.demo.actions import announce, decide, flag, flag_again, invite, join
from bot.demo.actors import SandboxClient, SandboxUser
from bot.demo.data import DemoPerson
from bot.demo.oa_actor import OaSandboxUser, add_oa_user
from bot.demo.zalo_actor import ZaloSandboxUser, add_zalo_user


@dataclass(frozen=True)
class DemoClub:
    """The people of the demo's club as users of the sandbox."""

    sandbox: SandboxClient
    owner: SandboxUser
    officer: SandboxUser
    members: tuple[SandboxUser, ...]
    """On Telegram."""
    zalo_user: ZaloSandboxUser
    oa_user: OaSandboxUser

    @property
    def all_members(self) -> tuple[SandboxUser, ...]:
        """Members on all messengers."""
        return (*self.members, self.zalo_user, self.oa_user)


async def seed_club(sandbox: SandboxClient, owners_code: str) -> None:
    """Goes from `data.BEGINNING`, where the sandbox's clock must stand, to `data.PRESENT`."""
    cast = await _add_people(sandbox)
    await _everybody_joins(cast, owners_code)
    await _move_to(sandbox, data.at(9, 9))
    await announce(cast.officer, cast.owner, data.VOTING_DAY)
    await _answer_announcement(cast)
    await _move_to(sandbox, data.at(9, 15))
    await announce(cast.owner, cast.officer, data.WHAT_TO_BRING)
    await _move_to(sandbox, data.at(10, 8, 30))
    await _give_verdict(cast)
    await _move_to(sandbox, data.at(10, 10))
    await announce(cast.officer, cast.owner, data.SCAM_WARNING)
    await _move_to(sandbox, data.at(10, 19, 30))
    await asyncio.gather(*(member.reads("Bản tin tổng hợp, ") for member in cast.all_members))
    await _move_to(sandbox, data.at(11, 8, 40))
    await flag(cast.members[2], data.RUMOUR)
    await cast.officer.reads("Việc của cán bộ")
    await _move_to(sandbox, data.PRESENT)


async def _add_people(sandbox: SandboxClient) -> DemoClub:
    async def person(character: DemoPerson) -> SandboxUser:
        return await sandbox.add_user(character.name, note=character.note)

    owner, officer = await person(data.OWNER), await person(data.OFFICER)
    members = [await person(member) for member in data.MEMBERS]
    zalo = await add_zalo_user(sandbox, data.ON_ZALO.name, note=data.ON_ZALO.note)
    oa = await add_oa_user(sandbox, data.ON_OA.name, note=data.ON_OA.note)
    return DemoClub(sandbox, owner, officer, tuple(members), zalo, oa)


async def _move_to(sandbox: SandboxClient, moment: datetime) -> None:
    now = datetime.fromisoformat((await sandbox.get("clock"))["now"])
    await sandbox.advance(max(0.0, (moment.astimezone(UTC) - now).total_seconds()))


async def _everybody_joins(cast: DemoClub, owners_code: str) -> None:
    await join(cast.owner, owners_code, data.OWNER)
    await join(cast.officer, await invite(cast.owner, "Cán bộ"), data.OFFICER)
    code = await invite(cast.owner, "Hội viên")
    await asyncio.gather(
        *(join(phone, code, who) for phone, who in zip(cast.members, data.MEMBERS, strict=True))
    )
    await join(cast.zalo_user, code, data.ON_ZALO)
    await cast.oa_user.follows(then="bạn cần có lời mời")
    await join(cast.oa_user, code, data.ON_OA)


async def _answer_announcement(cast: DemoClub) -> None:
    """Sharing is voluntary, and each answer is as good as the other."""
    first, second, third = cast.members
    await first.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
    await second.presses("Chia sẻ", then="lời của chính mình")
    await second.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
    await third.presses("Lần này tôi không chia sẻ")
    for somebody in (cast.zalo_user, cast.oa_user):
        await somebody.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")


async def _give_verdict(cast: DemoClub) -> None:
    """Two members flag the same post; an officer decides the case, and both are notified."""
    flagging = cast.members[:2]
    await flag(flagging[0], data.SCAM)
    await flag_again(flagging[1], data.SCAM)
    await decide(cast.officer, cast.owner, data.SCAM, data.SCAM_VERDICT)
    await asyncio.gather(*(member.reads("đã có kết luận") for member in flagging))
