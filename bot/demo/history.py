"""Plays the club's first days: people join, announcements go out, a scam is exposed.

Nothing is put into the database: everybody uses the bot as they would on Telegram, and the clock is
moved in between.
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.demo import story
from bot.demo.story import Character, Decided, Suspicious, Written
from bot.demo.town import Resident, Town, text_of

_CODE = re.compile(r"gửi cho bot mã: (\S+)")


@dataclass(frozen=True)
class Cast:
    """Everybody in the club, with their phones."""

    town: Town
    owner: Resident
    officer: Resident
    members: tuple[Resident, ...]


async def play(town: Town, owners_code: str) -> None:
    """From Monday morning to the present; the sandbox's clock must stand at the beginning."""
    cast = await _meet(town)
    await _everybody_joins(cast, owners_code)
    await _move_to(town, story.at(9, 9))
    await _announce(cast.officer, cast.owner, story.VOTING_DAY)
    await _respond(cast)
    await _move_to(town, story.at(9, 15))
    await _announce(cast.owner, cast.officer, story.WHAT_TO_BRING)
    await _move_to(town, story.at(10, 8, 30))
    await _expose(cast)
    await _move_to(town, story.at(10, 10))
    await _announce(cast.officer, cast.owner, story.SCAM_WARNING)
    await _move_to(town, story.at(10, 19, 30))
    await asyncio.gather(*(member.reads("Bản tin tổng hợp, ") for member in cast.members))
    await _move_to(town, story.at(11, 8, 40))
    await _flag(cast.members[2], story.RUMOUR)
    await cast.officer.reads("Việc của câu lạc bộ")
    await _move_to(town, story.PRESENT)


async def _meet(town: Town) -> Cast:
    async def person(character: Character) -> Resident:
        return await town.person(character.name, note=character.note)

    owner, officer = await person(story.OWNER), await person(story.OFFICER)
    members = [await person(member) for member in story.MEMBERS]
    return Cast(town, owner, officer, tuple(members))


async def _move_to(town: Town, moment: datetime) -> None:
    now = datetime.fromisoformat((await town.get("clock"))["now"])
    await town.advance(max(0.0, (moment.astimezone(UTC) - now).total_seconds()))


async def _everybody_joins(cast: Cast, owners_code: str) -> None:
    await _join(cast.owner, owners_code, story.OWNER)
    await _join(cast.officer, await _invite(cast.owner, "Cán bộ"), story.OFFICER)
    code = await _invite(cast.owner, "Hội viên")
    joining = zip(cast.members, story.MEMBERS, strict=True)
    await asyncio.gather(*(_join(phone, code, who) for phone, who in joining))


async def _join(phone: Resident, code: str, who: Character) -> None:
    await phone.starts(code)
    await phone.presses("Tôi đồng ý", then="muốn nhận gì")
    duties = ("Việc của cán bộ",) if who in (story.OWNER, story.OFFICER) else ()
    for purpose in ("Thông báo", "Bản tin tổng hợp", *duties):
        await phone.presses(f"☐ {purpose}")
        await phone.sees(f"☑ {purpose}")
    await phone.presses("Tiếp tục", then="ngôn ngữ nào")
    await phone.presses("Tiếp tục", then="địa bàn nào")
    await phone.presses(who.area)
    await phone.sees(f"● {who.area}")
    await phone.presses("Tiếp tục", then="ngày nào")
    await phone.presses("Hằng ngày", then="hằng ngày")
    await phone.presses("Tiếp tục", then="Xong rồi")


async def _invite(owner: Resident, role: str) -> str:
    await owner.says("/moi", then="Lời mời mới")
    if role != "Hội viên":
        await owner.presses(role, then=f"Vai trò: {role}")
    await owner.presses("Tạo lời mời", then="Đã tạo")
    card = text_of(await owner.reads("gửi cho bot mã"))
    found = _CODE.search(card)
    return found[1].replace("-", "") if found else ""


async def _announce(author: Resident, approver: Resident, written: Written) -> None:
    await _compose(author, written)
    await author.presses("Gửi duyệt", then="Đã gửi duyệt")
    await approver.reads("chờ anh/chị duyệt", written.title)
    await approver.presses("Xem và duyệt", then="Đang chờ duyệt")
    await approver.presses("Duyệt", then="được duyệt và đang gửi")
    await author.reads("đã gửi xong")


async def _compose(author: Resident, written: Written) -> None:
    await author.says("/soan", then="Tiêu đề")
    await author.says(written.title, then="nội dung")
    await author.says(written.text, then="ý chính")
    await author.says("\n".join(written.facts), then="Đã ghi")
    await author.presses("Xong", then="một ảnh")
    await author.presses("Bỏ qua", then="phát hành")
    await author.presses(written.issuer, then="Kiểm chứng")
    await author.says(written.source, then="có giá trị")
    await author.says(written.valid_until, then="khẩn")
    await author.presses("Có" if written.urgent else "Không", then="bản tiếng Anh")
    await _translate(author, written)
    await author.presses("Xong", then="Gửi khi nào")
    await author.presses("Gửi ngay khi duyệt", then="phản đối")
    await author.presses("Không", then="đúng như dưới đây")


async def _translate(author: Resident, written: Written) -> None:
    if not written.title_en:
        await author.presses("Bỏ qua", then="Gửi cho ai")
        return
    await author.says(written.title_en, then="nội dung tiếng Anh")
    await author.says(written.text_en, then="Gửi cho ai")


async def _respond(cast: Cast) -> None:
    """Sharing is voluntary, and each answer is as good as the other."""
    first, second, third = cast.members
    await first.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
    await second.presses("Chia sẻ", then="lời của chính mình")
    await second.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
    await third.presses("Không hợp với tôi")


async def _expose(cast: Cast) -> None:
    """Two members flag the same post; an officer finds out what it is, and both hear back."""
    flagging = cast.members[:2]
    for member in flagging:
        await _flag(member, story.SCAM)
    await _decide(cast.officer, story.SCAM, story.SCAM_VERDICT)
    await asyncio.gather(*(member.reads("đã có câu trả lời") for member in flagging))


async def _flag(member: Resident, post: Suspicious) -> None:
    await member.forwards(post.text, sender=post.sender, then="thuộc loại nào")
    await member.presses(post.category, then="Bạn sẽ gửi")
    await member.presses("Gửi", then="Mã vụ việc")


async def _decide(officer: Resident, post: Suspicious, found: Decided) -> None:
    await officer.says("/hangdoi", then="chờ xử lý")
    await officer.presses(post.category, then="Số người báo")
    await officer.presses("Nhận xử lý", then="Anh/chị đang xử lý")
    await officer.presses("Kết luận", then="kết luận thế nào")
    await officer.presses(found.rating, then="Bài nói điều gì")
    await officer.says(found.claim, then="Vì sao")
    await officer.says(found.explanation, then="kiểm chứng ở đâu")
    await officer.says(found.source, then="đúng như trên")
    await officer.presses("Gửi kết luận", then="Đã lưu")
