"""What officers do with a sent announcement, as users of the sandbox."""

from bot.demo.actors import SandboxUser


async def correct_title(
    author: SandboxUser, approver: SandboxUser, number: int, title: str
) -> None:
    """Gives it another title; the other officer approves."""
    await author.says(f"/dinhchinh {number}", then=f"Đính chính thông báo số {number} · bản")
    await author.presses("Tiêu đề", then="Tiêu đề")
    await author.says(title, then=f"Đính chính thông báo số {number} · bản")
    await author.presses("Gửi duyệt", then="phản đối")
    await author.presses("Không", then="Đã gửi duyệt")
    await approver.reads(f"đính chính thông báo số {number} chờ", title)
    await approver.presses("Xem và duyệt", then="Đang chờ duyệt")
    await approver.presses("Duyệt", then="Đã được duyệt")


async def recall(officer: SandboxUser, number: int) -> None:
    """Recalls it and waits until that is done."""
    await officer.says(f"/thuhoi {number}", then=f"Thu hồi thông báo số {number}?")
    await officer.presses("Sai ngày", then="Người đã nhận sẽ đọc")
    await officer.presses("Thu hồi ngay", then="Đang thu hồi")
    await officer.reads(f"Thu hồi thông báo số {number}: đã xong")
