"""Announcements of many kinds, and copies of them as people pass them on or forge them.

Everything is computed from an index, so that every run generates the same pairs.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from handlers.authenticity.wordings import of_announcement
from handlers.conversation.i18n import Speech
from handlers.recognition.official_copy import Wording
from handlers.recognition.plain_text import visible
from handlers.views.announcement import Content, member_copy
from tests.support.announcements.records import numbered
from tests.support.club import SETTINGS

_SAY = Speech("vi", ZoneInfo("Asia/Ho_Chi_Minh"))
TEXTS = (
    ("Cấp lại thẻ cử tri", "Cử tri mất thẻ gặp {name} tại Ủy ban xã từ {hour} ngày {date}.\nKhông ai phải nộp {amount} để được cấp lại.\n✅ Mang căn cước\n❌ Nhờ người khác ký thay\nHỏi thêm theo số {account}."),
    ("Lịch đi bầu ở phường Hoà Bình", "Điểm bỏ phiếu mở cửa lúc {hour} ngày {date}, do bà {name} phụ trách.\nCử tri không phải trả {amount} cho bất cứ ai.\n✅ Tự mình đi bầu\n❌ Chụp ảnh lá phiếu\nSố điện thoại trực: {account}."),
    ("Cấm cầu Sông Ngọc để sửa chữa", "Từ {hour} ngày {date}, xe trên 5 tấn không được qua cầu Sông Ngọc.\nÔng {name} của Ban quản lý dự án trả lời thắc mắc qua số {account}.\nMức phạt khi vi phạm là {amount}.\n✅ Xe máy đi bình thường\n🚫 Xe khách, xe tải"),
    ("Tiêm vắc xin cho trẻ dưới 5 tuổi", "Trạm y tế tiêm miễn phí từ {hour} ngày {date}; bác sĩ {name} khám sàng lọc.\nGia đình không phải đóng {amount} như tin đồn.\n✅ Mang sổ tiêm chủng\n❌ Cho trẻ nhịn ăn\nGọi {account} nếu trẻ sốt."),
    ("Hỗ trợ hộ bị ngập", "Mỗi hộ được nhận {amount} tại nhà văn hoá, bắt đầu lúc {hour} ngày {date}.\nCán bộ {name} ký giấy nhận tiền.\nKhông chuyển khoản trước cho ai để được nhận.\n✅ Mang sổ hộ khẩu cũ\n❌ Đưa mã OTP\nĐường dây nóng {account}."),
    ("Cảnh báo mạo danh công an", "Có người tự xưng là {name} gọi từ số {account} đòi chuyển {amount} lúc {hour}.\nCông an không làm việc qua điện thoại.\nSự việc xảy ra ngày {date}.\n✅ Cúp máy, báo 113\n❌ Đọc mã OTP"),
    ("Đổi giờ thu gom rác", "Từ ngày {date}, xe rác đến lúc {hour} thay vì buổi tối.\nBà con không để rác ra đường sau giờ ấy, nếu không sẽ bị phạt {amount}.\nPhản ánh với anh {name}, số {account}.\n✅ Phân loại rác\n🚫 Bỏ rác xây dựng"),
    ("Mất nước theo kế hoạch", "Nhà máy ngừng cấp nước từ {hour} ngày {date} để súc rửa bể chứa.\nKhách hàng không phải trả thêm {amount} nào.\nTổ trưởng {name} nghe máy ở số {account}.\n✅ Trữ đủ nước dùng\n❌ Dùng nước đục"),
    ("Khám sức khoẻ người cao tuổi", "Bệnh viện huyện khám cho người từ 60 tuổi lúc {hour} ngày {date}.\nMỗi người được phát thuốc trị giá {amount}, không thu tiền.\nĐăng ký với chị {name}, điện thoại {account}.\n✅ Nhịn ăn sáng\n❌ Uống cà phê"),
    ("Tuyển sinh lớp một", "Trường tiểu học Nguyễn Huệ nhận hồ sơ từ {hour} ngày {date}.\nPhụ huynh không phải nộp {amount} tiền giữ chỗ.\nCô {name} nhận hồ sơ, số liên hệ {account}.\n✅ Giấy khai sinh bản sao\n❌ Phong bì"),
    ("Nghỉ học tránh bão", "Học sinh toàn tỉnh nghỉ từ {hour} ngày {date} cho đến khi có thông báo mới.\nNhà trường không thu {amount} tiền trông trẻ.\nThầy {name} trực ở số {account}.\n✅ Ở trong nhà\n🚫 Ra suối, ra đập tràn"),
    ("Xả lũ hồ Tà Lài", "Hồ Tà Lài xả qua tràn lúc {hour} ngày {date}, lưu lượng tăng dần.\nBà con hạ du không đánh cá, không qua ngầm.\nHộ thiệt hại được hỗ trợ {amount}; gặp ông {name}, số {account}.\n✅ Đưa trâu bò lên cao\n❌ Neo thuyền gần đập"),
    ("Đăng ký căn cước lưu động", "Đội cấp căn cước về xã lúc {hour} ngày {date}.\nCấp lần đầu không mất phí; cấp lại mất {amount}.\nTrung uý {name} hướng dẫn, máy {account}.\n✅ Mặc áo có cổ\n❌ Đeo kính màu"),
    ("Thu thuế đất phi nông nghiệp", "Hạn cuối nộp là {hour} ngày {date}.\nHộ nghèo không phải nộp; hộ khác nộp {amount} vào tài khoản {account} của Kho bạc.\nCán bộ thuế {name} trả lời thắc mắc.\n✅ Giữ biên lai\n❌ Nộp qua người lạ"),
    ("Hội chợ nông sản", "Hội chợ khai mạc lúc {hour} ngày {date} ở sân vận động.\nVào cửa không bán vé; gian hàng thuê giá {amount}.\nChị {name} nhận đăng ký, số {account}.\n✅ Hàng có nguồn gốc\n🚫 Pháo, chất dễ cháy"),
    ("Hiến máu nhân đạo", "Điểm hiến máu mở từ {hour} ngày {date} tại Cung thiếu nhi.\nNgười hiến nhận quà {amount} và không phải xếp hàng.\nBác sĩ {name}, điện thoại {account}.\n✅ Ngủ đủ giấc\n❌ Uống rượu hôm trước"),
    ("Cắt điện sửa trạm biến áp", "Điện lực cắt điện khu 3 từ {hour} ngày {date}.\nKhách hàng không được tự đấu nối, vi phạm bị phạt {amount}.\nKỹ sư {name} trực số {account}.\n✅ Rút phích cắm\n❌ Dùng thang máy"),
    ("Phun thuốc diệt muỗi", "Đội y tế phun thuốc lúc {hour} ngày {date} ở tổ 4 và tổ 5.\nNgười dân không trả {amount} cho người phun.\nĐội trưởng {name}, số {account}.\n✅ Che chum nước\n❌ Để trẻ ở trong nhà"),
    ("Giải chạy quanh hồ", "Xuất phát lúc {hour} ngày {date} ở quảng trường.\nPhí dự giải {amount}, không hoàn lại.\nBan tổ chức: anh {name}, điện thoại {account}.\n✅ Giày thể thao\n🚫 Xe đạp điện"),
    ("Vay vốn cho hộ cận nghèo", "Ngân hàng Chính sách nhận hồ sơ từ {hour} ngày {date}.\nMức vay {amount}, không cần thế chấp.\nCán bộ {name} không bao giờ thu phí hồ sơ; hỏi số {account}.\n✅ Giấy xác nhận của xã\n❌ Qua môi giới"),
    ("Cấp thẻ xe buýt học sinh", "Quầy vé mở lúc {hour} ngày {date}.\nThẻ giá {amount}; trẻ dưới 6 tuổi không cần thẻ.\nLiên hệ cô {name}, số {account}.\n✅ Ảnh 3x4\n❌ Ảnh chụp màn hình"),
    ("Thông xe đường tránh thị xã", "Đường tránh thông xe lúc {hour} ngày {date}.\nXe tải không đi vào trung tâm, vi phạm phạt {amount}.\nTrạm trưởng {name}, đường dây {account}.\n✅ Đi đúng làn\n🚫 Quay đầu trên cầu"),
    ("Đền bù giải phóng mặt bằng", "Hội đồng chi trả lúc {hour} ngày {date} tại trụ sở thôn.\nĐơn giá {amount} mỗi mét vuông, không trừ khoản nào.\nÔng {name} giải đáp ở số {account}.\n✅ Bản gốc sổ đỏ\n❌ Uỷ quyền miệng"),
    ("Diễn tập chữa cháy", "Còi báo động vang lên lúc {hour} ngày {date}; đây không phải cháy thật.\nCơ sở vắng mặt bị nhắc nhở, chưa phạt {amount}.\nĐại uý {name} chỉ huy, số {account}.\n✅ Đi thang bộ\n❌ Dùng thang máy"),
    ("Tập huấn bán hàng trên mạng", "Lớp học mở lúc {hour} ngày {date} ở Hội Phụ nữ.\nHọc viên không đóng phí và được hỗ trợ {amount} tiền xe.\nGiảng viên {name}, điện thoại {account}.\n✅ Mang điện thoại\n❌ Quay phim bài giảng"),
    ("Kiểm tra an toàn bếp ăn", "Đoàn kiểm tra đến lúc {hour} ngày {date}.\nCơ sở không có giấy chứng nhận bị phạt {amount}.\nTrưởng đoàn {name}, số {account}.\n✅ Lưu mẫu thức ăn\n🚫 Thực phẩm quá hạn"),
    ("Chợ phiên dời địa điểm", "Chợ phiên họp ở bãi mới từ {hour} ngày {date}.\nTiểu thương không nộp thêm {amount} tiền chỗ.\nBan quản lý chợ: bà {name}, số {account}.\n✅ Bày hàng trong vạch\n❌ Lấn lòng đường"),
    ("Học bổng cho học sinh giỏi", "Quỹ khuyến học trao học bổng lúc {hour} ngày {date}.\nMỗi suất {amount}; gia đình không phải làm đơn xin.\nThư ký quỹ {name}, điện thoại {account}.\n✅ Giấy mời\n❌ Mặc đồng phục lớp khác"),
    ("Sổ mũi ở trẻ nhỏ, khi nào đi khám", "Phòng khám mở thêm từ {hour} ngày {date}.\nTrẻ dưới 6 tuổi không phải trả {amount} tiền khám.\nBác sĩ {name} trực, gọi {account}.\n✅ Cho trẻ uống nước ấm\n❌ Tự mua kháng sinh"),
    ("Cứu hộ chó mèo mùa mưa", "Đội cứu hộ nhận tin từ {hour} ngày {date}.\nNgười báo tin không mất {amount} nào.\nNhóm trưởng {name}, số {account}.\n✅ Chụp ảnh vị trí\n🚫 Lội xuống nước xiết"),
    ("Lấy ý kiến quy hoạch", "Buổi lấy ý kiến bắt đầu lúc {hour} ngày {date} ở hội trường.\nNgười góp ý không cần đăng ký trước; kinh phí {amount} do tỉnh chi.\nKiến trúc sư {name} trình bày, hỏi số {account}.\n✅ Xem bản đồ trước\n❌ Ghi âm người khác"),
    ("Đổi tiền rách miễn phí", "Ngân hàng đổi tiền rách từ {hour} ngày {date}.\nKhách không mất phí dù đổi {amount}.\nKiểm ngân {name}, số máy {account}.\n✅ Giữ đủ các mảnh\n❌ Dán băng keo"),
    ("Lắp camera ngõ xóm", "Tổ dân phố họp lúc {hour} ngày {date} về việc lắp camera.\nMỗi hộ góp {amount}; hộ khó khăn không phải góp.\nTổ trưởng {name} giữ quỹ, tài khoản {account}.\n✅ Có biên nhận\n❌ Thu ngoài sổ"),
    ("Voting day in Hoa An", "Polling stations open at {hour} on {date}; Mrs {name} is in charge.\nNobody has to pay {amount} to vote.\n✅ Bring your identity card\n❌ Take pictures of the ballot\nQuestions: call {account}."),
    ("Flood relief for households", "Relief of {amount} is paid out at {hour} on {date} in the community hall.\nMr {name} never asks for a transfer in advance.\n✅ Bring the letter\n❌ Share your code\nHotline {account}."),
    ("Boil water notice", "Tap water is not safe to drink from {hour} on {date}.\nBottled water worth {amount} is free of charge.\nMs {name} answers at {account}.\n✅ Boil for one minute\n🚫 Drink from the tap"),
    ("Free bus on Sunday", "Buses run from {hour} on {date} without a ticket.\nDo not pay {amount} to anybody.\nDispatcher {name}, phone {account}.\n✅ Show the pass\n❌ Stand on the stairs"),
    ("Sửa đường Trần Phú", "Đường Trần Phú rào chắn từ {hour} ngày {date}.\nXe ô tô không được đỗ, vi phạm cẩu xe và phạt {amount}.\nChỉ huy công trường {name}, máy {account}.\n✅ Đi đường Lê Lợi\n🚫 Đỗ xe dưới hàng cây"),
    ("Tìm trẻ lạc", "Cháu bé mặc áo đỏ lạc ở bến xe lúc {hour} ngày {date}.\nGia đình không treo thưởng {amount} như tin trên mạng.\nAi thấy xin gọi anh {name}, số {account}.\n✅ Giữ cháu ở chỗ sáng\n❌ Đăng địa chỉ nhà"),
    ("Thi bằng lái xe máy", "Kỳ thi bắt đầu lúc {hour} ngày {date} ở sân 26/3.\nLệ phí {amount}, không thu thêm khoản nào.\nGiám thị {name}, điện thoại {account}.\n✅ Giấy khám sức khoẻ\n❌ Thi hộ"),
    ("Tặng cây trồng Tết", "Vườn ươm phát cây từ {hour} ngày {date}.\nMỗi hộ nhận cây trị giá {amount}, không phải trả tiền.\nKỹ sư {name} hướng dẫn, số {account}.\n✅ Mang theo túi\n❌ Nhận hai lần"),
    ("Đóng cửa rừng mùa khô", "Từ {hour} ngày {date}, không ai được vào rừng đặc dụng.\nVi phạm phạt {amount}.\nHạt trưởng kiểm lâm {name}, đường dây {account}.\n✅ Báo khi thấy khói\n🚫 Đốt thực bì"),
    ("Trả hồ sơ qua bưu điện", "Từ {hour} ngày {date}, hồ sơ được trả tận nhà.\nNgười dân không trả thêm {amount} cho người giao.\nNhân viên {name}, tổng đài {account}.\n✅ Ký nhận\n❌ Đưa căn cước cho người lạ"),
    ("Chiếu phim lưu động", "Đội chiếu bóng đến lúc {hour} ngày {date} ở sân đình.\nXem phim không mất tiền; gửi xe {amount}.\nĐội trưởng {name}, số {account}.\n✅ Mang áo mưa\n❌ Mang chó"),
)  # fmt: skip
"""Each has an amount, a date, an hour, an account or number, a name, a negation and signs."""
_AMOUNTS = ("200.000đ", "50.000 đồng", "1.500.000đ", "2 triệu đồng", "350.000 đ", "12.000đ")
_DATES = ("12/3/2026", "15-3-2026", "02/04/2026", "21.3.2026", "7/5/2026", "30/4/2026")
_HOURS = ("7h30", "8:00", "13h", "17h45", "6:15", "19h05")
_ACCOUNTS = (
    "0912 345 678",
    "1900 1234",
    "9704123456789",
    "0263.3822.111",
    "024 3825 1234",
    "0987654321",
)
_NAMES = ("Nguyễn Thị Hoa", "Trần Văn Bình", "Lê Thu Hà", "Phạm Quốc Khánh", "K’Brơi", "Đỗ Minh")
_LINKS = (
    "hoaan.gov.vn/thong-bao",
    "bauc.hoaan.gov.vn/lich",
    "congan.hoaan.gov.vn/canh-bao",
    "yte.gov.vn/tiem",
)
_NEGATIONS = (
    ("không", ""),
    ("Không", ""),
    ("never ", ""),
    ("not ", ""),
    ("Nobody has", "Everybody has"),
    ("without a", "with a"),
    ("chưa ", ""),
)


@dataclass(frozen=True)
class Filled:
    """The values of one announcement."""

    amount: str
    date: str
    hour: str
    account: str
    name: str
    link: str


def values(at: int, shift: int = 0) -> Filled:
    """The values of the announcement with this index; another `shift`, other values."""

    def pick(options: tuple[str, ...], step: int) -> str:
        return options[(at * step + shift) % len(options)]

    return Filled(
        pick(_AMOUNTS, 1),
        pick(_DATES, 5),
        pick(_HOURS, 1),
        pick(_ACCOUNTS, 5),
        pick(_NAMES, 1),
        pick(_LINKS, 1),
    )


def content(at: int, given: Filled) -> Content:
    """The announcement with this index and these values."""
    title, text = TEXTS[at % len(TEXTS)]
    named = {key: getattr(given, key) for key in ("amount", "date", "hour", "account", "name")}
    return Content(
        title=title,
        html=text.format(**named),
        issuer="Ủy ban nhân dân tỉnh Hòa An",
        source_url=f"https://{given.link}-{at % len(TEXTS)}",
        valid_until=datetime(2026, 6, 1 + at % 28, 12, 0, tzinfo=UTC) if at % 3 == 0 else None,
        urgent=at % 4 == 1,
    )


def wording(at: int, given: Filled) -> Wording:
    """The same as the bot compares it."""
    return of_announcement(content(at, given), numbered(at + 1), _SAY, SETTINGS)


def copy(at: int, given: Filled) -> str:
    """The same as members get it."""
    return visible(member_copy(content(at, given), numbered(at + 1), _SAY).text)


def body(at: int, given: Filled) -> str:
    """The same without what the bot adds."""
    whole = content(at, given)
    return f"{whole.title}\n{whole.html}"


def bare(text: str) -> str:
    """The text typed without diacritics."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))


NOISE: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    bare,
    lambda text: " ".join(text.split()),
    lambda text: f"Được chuyển tiếp từ Câu lạc bộ Niềm Tin\n{text}",
    lambda text: f"[10/03/2026 09:15] Nguyễn Văn An:\n{text}",
    lambda text: "\n".join(f"> {line}" for line in text.splitlines()),
    lambda text: "\n".join(
        line if "https:" in line else line.upper() for line in text.splitlines()
    ),
    lambda text: text.replace("\n", "\n\n").replace(" ", "  "),
    lambda text: (
        f"{text}\n\nDo hội viên {SETTINGS.name} chia sẻ – kênh thông tin của {SETTINGS.operator}."
    ),
    lambda text: f"{text}\n1. Chia sẻ\n2. Tôi đã chia sẻ\nĐể chọn, gõ số đứng trước.",
)
"""Differences that are noise: what apps and people do to a text without changing it."""


def genuine(pairs: int) -> Iterator[tuple[int, str, Wording]]:
    """Copies with nothing but noise: whole, as members get them, or without what the bot adds."""
    for at in range(pairs):
        given = values(at)
        text = copy(at, given) if at % 2 else body(at, given)
        yield at, NOISE[(at // 2) % len(NOISE)](text), wording(at, given)


def outdated(pairs: int) -> Iterator[tuple[int, str, Wording, Wording]]:
    """Copies with nothing but noise of a text that was corrected, with the current wording."""
    for at in range(pairs):
        old, new = values(at), replace(values(at), date=values(at, 1).date, hour=values(at, 1).hour)
        text = copy(at, old) if at % 2 else body(at, old)
        yield at, NOISE[(at // 2) % len(NOISE)](text), wording(at, old), wording(at, new)


KINDS_OF_CHANGE = ("amount", "date", "hour", "account", "link", "name", "negation", "sign")


def changed(pairs: int) -> Iterator[tuple[int, str, str, Wording]]:
    """Copies in which one thing was changed, with its kind; every kind equally often, with noise."""
    for at in range(pairs):
        given = values(at)
        kind = KINDS_OF_CHANGE[at % len(KINDS_OF_CHANGE)]
        if kind == "negation":
            text = _without_negation(copy(at, given))
        elif kind == "sign":
            original = copy(at, given)
            text = original.replace("✅", "❌") if at % 16 < 8 else _without_sign(original)
        else:
            text = copy(at, replace(given, **{kind: getattr(values(at, 1), kind)}))
        noise = NOISE[(at // len(KINDS_OF_CHANGE)) % len(NOISE)]
        yield at, kind, noise(text), wording(at, given)


def _without_negation(text: str) -> str:
    for negation, instead in _NEGATIONS:
        if negation in text:
            return text.replace(negation, instead, 1)
    raise AssertionError(text)


def _without_sign(text: str) -> str:
    return text.replace("❌ ", "", 1).replace("🚫 ", "", 1)


def quotes(pairs: int) -> Iterator[tuple[int, str, Wording]]:
    """Parts of announcements: some of their lines, or their beginning."""
    for at in range(pairs):
        given = values(at)
        lines = body(at, given).splitlines()
        ways = (
            lines[:-1],
            lines[1:],
            [lines[0], *lines[2:]],
            lines[:3],
            lines[:2],
            [line for line in lines if not line.startswith(("✅", "❌", "🚫"))][:-1],
        )
        noise = NOISE[(at // len(ways)) % 6]
        yield at, noise("\n".join(ways[at % len(ways)])), wording(at, given)
