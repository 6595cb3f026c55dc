"""Tells names of persons from headings: `Lan Anh:` is a name, `Lưu ý:` is a heading."""

import re

from handlers.recognition.syllables import bare, is_marked

_SURNAMES = frozenset(
    [
        "nguyen",
        "tran",
        "le",
        "pham",
        "huynh",
        "hoang",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ho",
        "ngo",
        "duong",
        "ly",
        "dao",
        "doan",
        "vuong",
        "trinh",
        "truong",
        "dinh",
        "lam",
        "phung",
        "mai",
        "to",
        "ha",
        "ta",
        "cao",
        "chau",
        "luong",
        "luu",
        "quach",
        "thai",
        "tong",
        "kieu",
        "la",
        "thach",
        "trieu",
        "ton",
        "nghiem",
        "khuat",
        "than",
        "vi",
        "lo",
        "ma",
        "nong",
        "be",
    ]
)
_GIVEN = frozenset(
    [
        "anh",
        "an",
        "bao",
        "binh",
        "chau",
        "chi",
        "cuong",
        "dat",
        "diep",
        "dung",
        "duc",
        "duy",
        "giang",
        "ha",
        "hai",
        "han",
        "hanh",
        "hao",
        "hien",
        "hieu",
        "hoa",
        "hong",
        "hue",
        "hung",
        "huong",
        "huy",
        "khanh",
        "khoa",
        "kien",
        "lam",
        "lan",
        "linh",
        "loan",
        "long",
        "luan",
        "ly",
        "mai",
        "manh",
        "minh",
        "my",
        "nam",
        "nga",
        "ngan",
        "nghia",
        "ngoc",
        "nhan",
        "nhi",
        "nhung",
        "oanh",
        "phat",
        "phong",
        "phuc",
        "phuong",
        "quan",
        "quang",
        "quy",
        "quyen",
        "quynh",
        "son",
        "tai",
        "tam",
        "tan",
        "thanh",
        "thao",
        "thi",
        "thien",
        "thu",
        "thuy",
        "tien",
        "tin",
        "toan",
        "trang",
        "tri",
        "trinh",
        "trung",
        "tu",
        "tuan",
        "tung",
        "tuyet",
        "uyen",
        "van",
        "vi",
        "viet",
        "vinh",
        "vy",
        "xuan",
        "yen",
    ]
)
_TITLES = frozenset(["anh", "chi", "co", "chu", "bac", "ong", "ba", "em", "di", "cau"])
_HEADINGS = """
    lưu ý, chú ý, thời gian, địa điểm, nội dung, kết luận, ghi chú, nguồn, liên hệ, hotline, link, giá,
    ví dụ, cảnh báo, thông báo, tin buồn, tin vui, hỏi, đáp, câu, điều, mục, phần, bước, khai mạc, bế mạc, bỏ phiếu,
    kiểm phiếu, đón, họp, mất điện, cắt điện, phát biểu, báo cáo, thảo luận, chào cờ, tập trung, xuất phát,
    lễ, giờ, ca, đợt, lần thứ, đối tượng, đội, yêu cầu, hồ sơ, số, sđt, stk, ngày, người, diện tích,
    số lượng, thể loại, chủ đề, tiêu đề, mô tả, cập nhật, mới nhất, khẩn, nóng, hôm nay, tối nay, sáng nay,
    chiều nay, ngày mai, mục đích, kết quả, danh sách, quyền lợi, thủ tục, note, source, time, place, where,
    when, what, why, how, warning, update, không, chưa, đừng, cấm, hoãn, huỷ, hủy, lùi, sơ tán, di dời,
    thuế, nước sạch, bão số, lũ, lụt, mưa, lớp, học sinh, xe, đỗ xe, xả lũ, nghỉ học, tạm dừng, đính chính,
    sự thật, tin giả, thật, giả, đúng, sai
"""
_BODIES = """
    bộ, sở, ban, cục, chi cục, tổng cục, công an, cảnh sát, csgt, ubnd, hđnd, uỷ ban, ủy ban, hội đồng,
    quốc hội, chính phủ, thủ tướng, chủ tịch, bí thư, nhà nước, nhà trường, trường, bệnh viện, trạm,
    trung tâm, ngân hàng, công ty, tập đoàn, evn, vtv, vov, báo, đài, toà án, tòa án, viện kiểm sát,
    quân đội, bộ đội, hội, mặt trận, mttq, đoàn thanh niên, phường, xã, thôn, ấp, khu, tổ, quận, huyện,
    thị xã, thị trấn, tỉnh, thành phố, tp, đường, khách sạn, nhà văn hoá, nhà văn hóa, sân vận động, chợ,
    nhà máy, câu lạc bộ, vneid, bhxh, who
"""
_PLACES = """
    an giang, bà rịa, bạc liêu, bắc giang, bắc kạn, bắc ninh, bến tre, bình dương, bình định, bình phước,
    bình thuận, cà mau, cao bằng, cần thơ, đà nẵng, đắk lắk, đắk nông, điện biên, đồng nai, đồng tháp,
    gia lai, hà đông, hà giang, hà nam, hà nội, hà tĩnh, hạ long, hải dương, hải phòng, hậu giang, hoà an,
    hòa an, hoà bình, hòa bình, hồ chí minh, huế, hưng yên, khánh hoà, khánh hòa, kiên giang, kon tum,
    lai châu, lạng sơn, lào cai, lâm đồng, long an, mai châu, nam định, nghệ an, ninh bình, ninh thuận,
    phan rang, phan thiết, phú quốc, phú thọ, phú yên, quảng bình, quảng nam, quảng ngãi, quảng ninh,
    quảng trị, sài gòn, sóc trăng, sơn la, tây ninh, thái bình, thái nguyên, thanh hoá, thanh hóa,
    thanh xuân, hồ tây, cao lãnh, thủ đức, tiền giang, trà vinh, tuyên quang, việt nam, vĩnh long, vĩnh phúc, vũng tàu, yên bái
"""
_WORDS = [word.strip() for words in (_HEADINGS, _BODIES, _PLACES) for word in words.split(",")]
_MARKED = tuple(f"{word} " for word in _WORDS)
_UNMARKED = tuple(f"{bare(word)} " for word in _WORDS if bare(word) not in _SURNAMES)
"""Headings without diacritics, without those that are also surnames: `Le` is more often Lê than *lễ*."""
_MESSAGE = re.compile(
    r"https?://|www\.|[a-z0-9]\.[a-z]{2,24}/|\?|[$€%‰₫]"
    r"|\d\s?(?:k|đ|d|vnđ|vnd|tr|nghìn|ngàn|triệu|tỷ|tỉ|nghin|ngan|trieu)(?![^\W_])"
    r"|(?<![^\W_])(?:phải|hãy|nộp|đóng|trả|phí|tiền|chuyển khoản|tài khoản|stk|không|chưa|chẳng|đừng|cấm"
    r"|hoãn|huỷ|hủy|ngừng|dừng|trăm|nghìn|ngàn|triệu|giả|sai sự thật|phai nop|nop|chuyen khoan"
    r"|tai khoan|khong|dung nop|must|pay|fee|not|never|no|without|cancelled|canceled|fake|false"
    r"|account|transfer|do not|\w+n['’]t)(?![^\W_])",
    re.IGNORECASE,
)
"""What names of accounts and channels lack: a request, a denial, an amount, an address."""
_NUMBERED = re.compile(r"(?:\d[\s.,-]*){4}")
_AROUND = " \t~@*_"
_MOST_WORDS = 8
_MOST_WORDS_OF_NAME = 5
_MOST_WORDS_OF_CHANNEL = 12


def may_be_name(text: str) -> bool:
    """Whether a header line may hold this as a name: a short text that is no heading or public body."""
    name = " ".join(text.lower().strip(_AROUND).split())
    headings = _MARKED if is_marked(name) else _UNMARKED
    is_short = 0 < len(name.split()) <= _MOST_WORDS
    return is_short and not f"{name} ".startswith(headings) and not is_message(name)


def is_message(text: str) -> bool:
    """Whether a line says more than the name of a person or a channel: it asks, denies or has an amount.

    A telephone number alone is a name, because apps show it in place of one.
    """
    has_letters = any(map(str.isalpha, text))
    is_numbered = has_letters and _NUMBERED.search(text) is not None
    return is_numbered or len(text.split()) > _MOST_WORDS_OF_CHANNEL or bool(_MESSAGE.search(text))


def is_name(text: str) -> bool:
    """Whether this has the form of a person's name: capitalised, with a known surname or given name."""
    written = text.strip(_AROUND).split()
    if not 0 < len(written) <= _MOST_WORDS_OF_NAME or not may_be_name(text):
        return False
    if not all(word[0].isupper() and word.replace(".", "").isalpha() for word in written[1:]):
        return False
    first, last = _plain(written[0]), _plain(written[-1])
    if not written[0].isalpha() or last.isupper():
        return False
    if len(written) == 1:
        return written[0][0].isupper() and first in _GIVEN
    if first in _TITLES:
        return last in _GIVEN
    return written[0][0].isupper() and (first in _SURNAMES or (first in _GIVEN and last in _GIVEN))


def _plain(text: str) -> str:
    return " ".join(bare(text.lower()).strip(_AROUND).split())
