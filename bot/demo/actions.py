"""Actions of the demo's people with the bot; each waits for the answer it leads to."""

import re

from bot.demo.actors import SandboxUser, text_of
from bot.demo.data import AnnouncementText, DemoPerson, SuspiciousPost, VerdictText

_CODE = re.compile(r"gửi mã này cho bot: (\S+)")


async def join(phone: SandboxUser, code: str, who: DemoPerson) -> None:
    """Accepts an invite and agrees to everything offered, with a digest every evening."""
    await phone.starts(code)
    await phone.presses("Tôi đồng ý", then="muốn nhận gì")
    await phone.presses("Tất cả", then="địa bàn nào")
    await phone.presses(who.area, then="Xong rồi")


async def invite(owner: SandboxUser, role: str) -> str:
    """Makes an invite for this role (as the button calls it) and returns its code."""
    await owner.says("/loimoi", then="Lời mời mới")
    if role != "Hội viên":
        await owner.presses(role, then=f"Vai trò: {role}")
    before = await owner.messages()
    await owner.presses("Tạo lời mời", then="Đã tạo")
    found = _CODE.search(text_of(await owner.reads_new(before, "gửi mã này cho bot")))
    return found[1].replace("-", "") if found else ""


async def announce(author: SandboxUser, approver: SandboxUser, written: AnnouncementText) -> None:
    """Composes an announcement, has it approved, and waits until it was sent."""
    await begin_stepwise(author)
    await compose(author, written)
    await submit_and_approve(author, approver, written)


async def begin_stepwise(author: SandboxUser) -> None:
    """Begins a draft that is composed question by question."""
    await author.says("/soan", then="nguyên văn")
    await author.presses("Từng bước", then="Tiêu đề")


async def submit_and_approve(
    author: SandboxUser, approver: SandboxUser, written: AnnouncementText
) -> None:
    """Submits the previewed draft, has it approved, and waits until it was sent."""
    await author.presses("Gửi duyệt", then="phản đối")
    await author.presses("Không", then="Đã gửi duyệt")
    await approver.reads("chờ anh/chị duyệt", written.title)
    await approver.presses("Xem và duyệt", then="Đang chờ duyệt")
    before = await author.messages()
    await approver.presses("Duyệt", then="được duyệt và đang gửi")
    await author.reads_new(before, "đã gửi xong")


async def compose(author: SandboxUser, written: AnnouncementText) -> None:
    """Answers every question, from the title to the card."""
    await author.says(written.title, then="nội dung")
    await compose_from_text(author, written)


async def compose_from_text(author: SandboxUser, written: AnnouncementText) -> None:
    """Answers the questions from the text on."""
    await author.says(written.text, then="ý chính")
    await author.says("\n".join(written.facts), then="Đã ghi")
    await author.presses("Xong", then="một ảnh")
    await author.presses("Bỏ qua", then="phát hành")
    await compose_from_issuer(author, written)


async def compose_from_issuer(author: SandboxUser, written: AnnouncementText) -> None:
    """Answers the questions from the issuer on."""
    await author.presses(written.issuer, then="Kiểm chứng")
    await author.says(written.source, then="có hiệu lực")
    await author.says(written.valid_until, then="khẩn")
    await author.presses("Có" if written.urgent else "Không", then="bản tiếng Anh")
    await _translate(author, written)
    await author.presses("Xong", then="Gửi khi nào")
    await author.presses("Gửi ngay khi duyệt", then="Thông báo số")


async def _translate(author: SandboxUser, written: AnnouncementText) -> None:
    if not written.title_en:
        await author.presses("Bỏ qua", then="Gửi cho ai")
        return
    await author.says(written.title_en, then="nội dung tiếng Anh")
    await author.says(written.text_en, then="Gửi cho ai")


async def flag(member: SandboxUser, post: SuspiciousPost) -> None:
    """Forwards a suspicious post that opens a new case."""
    await member.forwards(post.text, sender=post.sender, then="Gửi câu lạc bộ kiểm tra")
    await member.presses("Gửi kiểm tra", then="chọn loại tin")
    await member.presses(post.category, then="Loại tin")


async def flag_again(member: SandboxUser, post: SuspiciousPost) -> None:
    """Forwards a post that somebody else has flagged already."""
    await member.forwards(post.text, sender=post.sender, then="đã có người báo")
    await member.presses("Tôi cũng báo tin này", then="Mã theo dõi")


async def decide(
    officer: SandboxUser, approver: SandboxUser, post: SuspiciousPost, found: VerdictText
) -> None:
    """Takes the post's case from the queue; another officer approves the verdict."""
    await officer.says("/choxuly", then="chờ xử lý")
    await officer.presses(post.category, then="Số người báo")
    await officer.presses("Nhận xử lý", then="Anh/chị đang xử lý")
    await officer.presses("Kết luận", then="kết luận thế nào")
    await officer.presses(found.rating, then="Bài nói điều gì")
    await officer.says(found.claim, then="Vì sao")
    await officer.says(found.explanation, then="kiểm chứng ở đâu")
    await officer.says(found.source, then="đúng như trên")
    await officer.presses("Gửi duyệt", then="Đã gửi duyệt")
    await approver.reads("duyệt (vụ việc", found.claim)
    await approver.presses("Xem kết luận chờ duyệt", then="có duyệt không")
    await approver.presses("Duyệt và gửi", then="Đã lưu")
