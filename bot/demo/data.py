"""The demo's people, announcements and posts. The province and its bodies are made up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

_VIETNAM = timezone(timedelta(hours=7))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 in Vietnam."""
    return datetime(2026, 3, day, hour, minute, tzinfo=_VIETNAM)


BEGINNING = at(9, 8)
"""Monday."""
PRESENT = at(11, 9)
"""Wednesday; the vote is on Sunday 15."""


@dataclass(frozen=True)
class DemoPerson:
    """A person of the demo's club."""

    name: str
    note: str
    area: str = "Toàn tỉnh"


OWNER = DemoPerson("Nguyễn Thị Hạnh", "chủ nhiệm")
OFFICER = DemoPerson("Trần Văn Minh", "cán bộ")
MEMBERS = (
    DemoPerson("Lê Thu Hà", "quản trị nhóm Cư dân Sông Ngọc", "Xã Sông Ngọc"),
    DemoPerson("Phạm Quốc Bảo", "làm video về Hòa An", "Phường Hòa An"),
    DemoPerson("Đặng Mai Anh", "quản trị hội phụ huynh", "Phường Tre Xanh"),
)
ON_ZALO = DemoPerson("Vũ Ngọc Lan", "quản trị nhóm Zalo tổ dân phố", "Phường Tre Xanh")
ON_OA = DemoPerson("Bùi Thị Thảo", "tổ trưởng tổ 4", "Phường Hòa An")


@dataclass(frozen=True)
class AnnouncementText:
    """An announcement as an officer types it. `text` is HTML, as formatting in a chat is."""

    title: str
    text: str
    facts: Sequence[str]
    issuer: str
    source: str
    valid_until: str
    urgent: bool = False
    title_en: str = ""
    text_en: str = ""


VOTING_DAY = AnnouncementText(
    title="Chủ Nhật 15/3: ngày bầu cử",
    text=(
        "<b>15/3/2026</b> là ngày bầu cử đại biểu Quốc hội khóa XVI và đại biểu Hội đồng nhân dân "
        "các cấp nhiệm kỳ 2026–2031.\n\n"
        "Công dân đủ 18 tuổi tính đến ngày bầu cử có quyền bầu cử. Mỗi người tự mình đi bầu. Ai "
        "không tự viết được phiếu thì nhờ người khác viết hộ nhưng phải tự mình bỏ phiếu; người "
        "khuyết tật không tự bỏ phiếu được thì nhờ người khác bỏ vào hòm phiếu."
    ),
    facts=(
        "Bỏ phiếu từ 7:00 đến 19:00, theo thông báo của Tổ bầu cử",
        "Công dân sinh từ ngày 15/3/2008 trở về trước có quyền bầu cử",
    ),
    issuer="Ủy ban bầu cử tỉnh Hòa An",
    source="https://baucu.hoaan.example/ngay-bau-cu 199/2025/QH15",
    valid_until="19h 15/3",
    title_en="Sunday 15 March is voting day",
    text_en=(
        "On <b>15 March 2026</b> voters in Hòa An elect deputies to the National Assembly and to "
        "the People’s Councils.\n\nEveryone who is 18 on that day may vote. Polling stations are "
        "open from 7:00 to 19:00."
    ),
)
WHAT_TO_BRING = AnnouncementText(
    title="Đi bầu mang theo gì?",
    text=(
        "Khi đến phòng bỏ phiếu, cử tri mang theo <b>thẻ cử tri</b> và <b>thẻ căn cước</b> (hoặc "
        "thẻ căn cước công dân còn giá trị).\n\n"
        "Mỗi cử tri nhận <b>ba lá phiếu</b>: bầu đại biểu Quốc hội, bầu đại biểu HĐND tỉnh và bầu "
        "đại biểu HĐND xã (phường). Chưa nhận thẻ cử tri, cử tri hỏi Tổ bầu cử hoặc UBND xã, "
        "phường nơi mình có tên trong danh sách cử tri."
    ),
    facts=(
        "Thẻ cử tri và thẻ căn cước",
        "Ba lá phiếu: Quốc hội, HĐND tỉnh, HĐND xã (phường)",
    ),
    issuer="Ủy ban bầu cử tỉnh Hòa An",
    source="https://baucu.hoaan.example/giay-to",
    valid_until="19h 15/3",
)
SCAM_WARNING = AnnouncementText(
    title="Không ai phải “cập nhật VNeID” để được đi bầu",
    text=(
        "Mấy ngày nay có người tự xưng là cán bộ xã, công an gọi điện yêu cầu bấm liên kết lạ để "
        "“cập nhật VNeID, nếu không sẽ mất quyền bầu cử”. Đó là <b>lừa đảo</b>.\n\n"
        "Dữ liệu được cập nhật tự động. Bà con không bấm liên kết, không đọc mã OTP cho ai; lỡ làm "
        "theo thì báo ngay ngân hàng và Công an xã, phường."
    ),
    facts=("Dữ liệu cập nhật tự động", "Không bấm liên kết lạ, không đọc mã OTP"),
    issuer="Công an tỉnh Hòa An",
    source="https://congan.hoaan.example/canh-bao/vneid",
    valid_until="19h 15/3",
    urgent=True,
)


@dataclass(frozen=True)
class SuspiciousPost:
    """A post that members come across."""

    sender: str
    text: str
    category: str


SCAM = SuspiciousPost(
    sender="Cán bộ xã",
    text=(
        "THÔNG BÁO: Sau sáp nhập, bà con phải cập nhật lại VNeID trước 17h hôm nay tại "
        "https://vneid-capnhat.example/hoaan. Ai không cập nhật sẽ bị xoá tên khỏi danh sách cử tri!"
    ),
    category="Lừa đảo",
)
RUMOUR = SuspiciousPost(
    sender="Hội chợ Tre Xanh",
    text=(
        "Mọi người ơi năm nay phòng bỏ phiếu đóng cửa lúc 17 giờ thôi, ai đi làm về muộn là khỏi "
        "bầu nhé, chia sẻ cho người nhà biết!"
    ),
    category="Sai ngày giờ, địa điểm, thủ tục",
)


@dataclass(frozen=True)
class VerdictText:
    """An officer's verdict on a post."""

    rating: str
    claim: str
    explanation: str
    source: str


SCAM_VERDICT = VerdictText(
    rating="Lừa đảo",
    claim="Phải cập nhật VNeID qua một liên kết thì mới còn tên trong danh sách cử tri.",
    explanation=(
        "Sau khi sắp xếp đơn vị hành chính, dữ liệu trên VNeID được cập nhật tự động, người dân "
        "không phải làm gì. Danh sách cử tri do Ủy ban nhân dân cấp xã lập theo từng khu vực bỏ "
        "phiếu và niêm yết, không liên quan đến liên kết này. Trang web trong bài không phải của "
        "cơ quan nhà nước."
    ),
    source="https://congan.hoaan.example/canh-bao/vneid",
)
