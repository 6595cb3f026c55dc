"""Plays the club's first days: people join, announcements go out, a scam is exposed.

Nothing is put into the database: everybody uses the bot as they would on Telegram, and the clock is
moved in between.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.demo import data
from bot.demo.actions import announce, decide, flag, invite, join, join_in
from bot.demo.actors import Resident, Town
from bot.demo.data import Character
from bot.demo.zalo_actor import ZaloResident, on_zalo


@dataclass(frozen=True)
class Cast:
    """Everybody in the club, with their phones."""

    town: Town
    owner: Resident
    officer: Resident
    members: tuple[Resident, ...]
    """On Telegram."""
    on_zalo: ZaloResident


async def play(town: Town, owners_code: str) -> None:
    """From Monday morning to the present; the sandbox's clock must stand at the beginning."""
    cast = await _meet(town)
    await _everybody_joins(cast, owners_code)
    await _move_to(town, data.at(9, 9))
    await announce(cast.officer, cast.owner, data.VOTING_DAY)
    await _respond(cast)
    await _move_to(town, data.at(9, 15))
    await announce(cast.owner, cast.officer, data.WHAT_TO_BRING)
    await _move_to(town, data.at(10, 8, 30))
    await _expose(cast)
    await _move_to(town, data.at(10, 10))
    await announce(cast.officer, cast.owner, data.SCAM_WARNING)
    await _move_to(town, data.at(10, 19, 30))
    await asyncio.gather(
        *(member.reads("Bản tin tổng hợp, ") for member in (*cast.members, cast.on_zalo))
    )
    await _move_to(town, data.at(11, 8, 40))
    await flag(cast.members[2], data.RUMOUR)
    await cast.officer.reads("Việc của câu lạc bộ")
    await _move_to(town, data.PRESENT)


async def _meet(town: Town) -> Cast:
    async def person(character: Character) -> Resident:
        return await town.person(character.name, note=character.note)

    owner, officer = await person(data.OWNER), await person(data.OFFICER)
    members = [await person(member) for member in data.MEMBERS]
    zalo = await on_zalo(town, data.ON_ZALO.name, note=data.ON_ZALO.note)
    return Cast(town, owner, officer, tuple(members), zalo)


async def _move_to(town: Town, moment: datetime) -> None:
    now = datetime.fromisoformat((await town.get("clock"))["now"])
    await town.advance(max(0.0, (moment.astimezone(UTC) - now).total_seconds()))


async def _everybody_joins(cast: Cast, owners_code: str) -> None:
    await join(cast.owner, owners_code, data.OWNER)
    await join(cast.officer, await invite(cast.owner, "Cán bộ"), data.OFFICER)
    code = await invite(cast.owner, "Hội viên")
    joining = zip(cast.members, data.MEMBERS, strict=True)
    await asyncio.gather(*(join(phone, code, who) for phone, who in joining))
    await join(cast.on_zalo, code, data.ON_ZALO)


async def _respond(cast: Cast) -> None:
    """Sharing is voluntary, and each answer is as good as the other."""
    first, second, third = cast.members
    await first.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
    await second.presses("Chia sẻ", then="lời của chính mình")
    await second.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
    await third.presses("Không hợp với tôi")
    await cast.on_zalo.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")


async def _expose(cast: Cast) -> None:
    """Two members flag the same post; an officer finds out what it is, and both hear back."""
    flagging = cast.members[:2]
    await flag(flagging[0], data.SCAM)
    await join_in(flagging[1], data.SCAM)
    await decide(cast.officer, cast.owner, data.SCAM, data.SCAM_VERDICT)
    await asyncio.gather(*(member.reads("đã có câu trả lời") for member in flagging))
