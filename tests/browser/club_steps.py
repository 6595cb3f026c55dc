"""Steps of the club's life on the page that several tests take."""

import re

from tests.browser.phone_page import PhonePage


async def make_invite(owner: PhonePage, role: str = "Hội viên") -> str:
    """The code of a new invite for this role, as its button calls it."""
    await owner.ask("/loimoi", then="Lời mời mới")
    if role != "Hội viên":
        await owner.choose(role, then=f"Vai trò: {role}")
    # An earlier invite's card may stand in the chat too, so the card has to be a new message.
    card = await owner.choose("Tạo lời mời", then="gửi mã này cho bot")
    found = re.search(r"cho bot: (\S+)", card)
    assert found is not None, card
    return found[1]


async def submit_and_approve(author: PhonePage, approver: PhonePage) -> None:
    """Submits the draft that the author sees; the other officer approves it."""
    await author.choose("Gửi duyệt", then="phản đối")
    await author.choose("Không", then="Đã gửi duyệt")
    await approver.choose("Xem và duyệt", then=f"Người soạn: {author.name}")
    await approver.choose("Duyệt", then="được duyệt và đang gửi")
