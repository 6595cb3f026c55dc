"""What people really pass on: typed and copied in every way, and nearly the same with another meaning."""

import unicodedata

import pytest

from handlers.recognition.match_keys import identify
from handlers.recognition.ranking import SIMILAR_FROM, KnownPost, find_same_text, rank

VNEID = (
    "Khẩn cấp: Bộ Công an thông báo từ ngày 1/12/2025 ai không cập nhật VNeID mức 2 sẽ bị khoá tài"
    " khoản ngân hàng và phạt 5 triệu đồng. Bà con chia sẻ gấp để mọi người cùng biết!"
)
GIFT = (
    "Chị Lan bên ngân hàng Vietcombank xin thông báo: tài khoản của anh chị được nhận quà tri ân"
    " 2.000.000đ, vui lòng liên hệ số 0912345678 hoặc chuyển phí 50k vào STK 0123456789 trước 17h"
)
VOTE = (
    "Tin nóng: Cử tri phường Hoà An chỉ được bầu từ 7 giờ đến 11 giờ sáng ngày 15/3/2026, mang theo"
    " căn cước công dân và 1 ảnh 3x4. Ai đi trễ sẽ không được phát phiếu."
)
GRANT = (
    "Nhà nước hỗ trợ 1.500.000 đồng cho mỗi hộ nghèo dịp Tết 2026. Bà con truy cập"
    " https://hotro-tet2026.com/dangky để đăng ký nhận tiền, hạn cuối 31/12."
)
CURE = (
    "Uống nước chanh nóng pha muối mỗi sáng chữa khỏi ung thư giai đoạn cuối, bệnh viện K đã thử"
    " nghiệm trên 100 bệnh nhân thành công 95%."
)
DAM = "Cảnh báo vỡ đập thuỷ điện Hoà Bình lúc 22h tối nay, bà con vùng hạ du di dời khẩn cấp!"
POLICE = (
    "Tôi là thiếu tá Nguyễn Văn Hùng, công an quận 3, anh có liên quan vụ án rửa tiền, yêu cầu"
    " chuyển 200 triệu vào tài khoản tạm giữ để điều tra."
)
BANK = "Mọi người ơi nghe nói hôm nay ngân hàng Agribank phá sản, mọi người đi rút tiền hết rồi"


def is_same(known: str, new: str) -> bool:
    there, here = identify(known), identify(new)
    alike = [KnownPost(1, there.fingerprint, there.words)] if there.plain == here.plain else []
    return find_same_text(here, alike) is not None


def closeness(known: str, new: str) -> float:
    there = identify(known)
    return rank(identify(new), [KnownPost(1, there.fingerprint, there.words)])[0].score


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        (VNEID, VNEID.upper()),
        (VNEID, unicodedata.normalize("NFD", VNEID)),
        (VNEID, f"🚨🚨🚨 {VNEID} 🙏🙏🙏❤️"),
        (VNEID, VNEID.replace("không", "ko").replace("mọi người", "mn").replace("khoá", "khóa")),
        (VNEID, VNEID.replace("không", "k").replace("Khẩn cấp", "KHẨN CẤPPPP")),
        (VNEID, VNEID.replace("o", "о")),  # a Cyrillic о
        (VNEID, "👉 " + VNEID.replace(". ", ".\n👉 ")),
        (VNEID, "> " + VNEID.replace(". ", ".\n> ")),
        (VNEID, f"[Chuyển tiếp]\n“{VNEID}”"),
        (VNEID, f"Tin nhắn đã được chuyển tiếp\n{VNEID}\n#vneid #canhbao"),
        (VNEID, f"---------- Forwarded message ---------\n{VNEID}"),
        (GIFT, GIFT.replace("STK", "số tài khoản").replace("được", "đc")),
        (VOTE, VOTE.replace("Hoà", "Hòa").replace("không", "hok").replace(",", "，")),
        (VOTE, VOTE.replace("15/3/2026", "1️⃣5️⃣/3️⃣/2026")),
        (GRANT, GRANT.replace("https://", "http://www.").replace("/dangky", "/dangky/?utm_source=z")),
        (BANK, "mn ơi nghe nói hnay ngân hàng agribank phá sản, mng đi rút tiền hết r"),
        ("Nhận ngay 500K khi đăng ký", "𝐍𝐡ậ𝐧 𝐧𝐠𝐚𝐲 𝟓𝟎𝟎𝐊 𝐤𝐡𝐢 đă𝐧𝐠 𝐤ý"),
        ("Nhận ngay 500K khi đăng ký", "ＮＨẬＮ ＮＧＡＹ ５００Ｋ ＫＨＩ ĐĂＮＧ ＫÝ"),
    ],
)  # fmt: skip
def test_the_same_post_however_it_was_typed_or_copied(known: str, typed: str) -> None:
    assert is_same(known, typed)
    assert is_same(typed, known)


@pytest.mark.parametrize(
    ("known", "was", "now"),
    [
        (VNEID, "5 triệu", "5 tỷ"),
        (VNEID, "2025", "2026"),
        (VNEID, "mức 2", "mức 1"),
        (VNEID, "Bộ Công an", "Bộ Quốc phòng"),
        (VNEID, "không cập nhật", "cập nhật"),
        (VNEID, "phạt", "thưởng"),
        (VNEID, "Khẩn cấp", "Tin giả"),
        (VNEID, "cùng biết!", "cùng biết! ❌ Tin giả"),
        (GIFT, "0912345678", "0912345679"),
        (GIFT, "0123456789", "0123456780"),
        (GIFT, "Vietcombank", "Vietinbank"),
        (GIFT, "Lan", "Lân"),
        (GIFT, "50k", "500k"),
        (GIFT, "2.000.000đ", "2.000.000$"),
        (GIFT, "17h", "7h"),
        (VOTE, "Hoà An", "Hoá An"),
        (VOTE, "phường", "xã"),
        (VOTE, "11 giờ", "19 giờ"),
        (VOTE, "không được phát", "được phát"),
        (VOTE, "3x4", "4x6"),
        (VOTE, "trễ", "sớm"),
        (GRANT, "hotro-tet2026.com", "hotro-tet2026.net"),
        (GRANT, "1.500.000 đồng", "1,5 triệu"),
        (GRANT, "hộ nghèo", "hộ cận nghèo"),
        (CURE, "95%", "95"),
        (CURE, "chữa khỏi", "không chữa khỏi"),
        (CURE, "viện K", "viện E"),
        (CURE, "viện K", "viện không"),
        (DAM, "Hoà Bình", "Sơn La"),
        (DAM, "tối nay", "tối mai"),
        (DAM, "Cảnh báo", "Không có chuyện"),
        (DAM, "khẩn cấp!", "khẩn cấp?"),
        (POLICE, "Văn Hùng", "Văn Hưng"),
        (POLICE, "quận 3", "quận 5"),
        (POLICE, "thiếu tá", "trung tá"),
        (BANK, "Agribank", "Sacombank"),
        (BANK, "hôm nay", "hôm qua"),
        (BANK, "phá sản", "chưa phá sản"),
    ],
)
def test_another_meaning_is_asked_about_and_never_taken_for_the_same(
    known: str, was: str, now: str
) -> None:
    assert was in known
    assert not is_same(known, known.replace(was, now))
    assert SIMILAR_FROM <= closeness(known, known.replace(was, now)) < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ông K bị bắt vì nhận hối lộ", "Ông không bị bắt vì nhận hối lộ"),
        ("ÔNG K. BỊ BẮT VÌ NHẬN HỐI LỘ", "ông không bị bắt vì nhận hối lộ"),
        ("Chị K bị bắt vì nhận hối lộ", "Chị không bị bắt vì nhận hối lộ"),
        ("benh vien k het thuoc", "benh vien khong het thuoc"),
        ("Tổ trưởng Ng. Văn An thu tiền", "Tổ trưởng người Văn An thu tiền"),
        ("KH được hoàn tiền trong 24h", "Không được hoàn tiền trong 24h"),
        ("Bắt GĐ Hùng ở Hoà An", "Bắt gia đình Hùng ở Hoà An"),
        ("Trường MN Hoa Sen nghỉ mai", "Trường mọi người Hoa Sen nghỉ mai"),
        ("Ai đóng 50 k sẽ mất quyền", "Ai đóng 50 không sẽ mất quyền"),
        ("Mất vài chục k thôi", "Mất vài chục không thôi"),
        ("Không, phải nộp tiền mới được bầu", "Không phải nộp tiền mới được bầu"),
        ("Ai nói vậy? Ko, phải nộp tiền", "ai nói vậy? không phải nộp tiền"),
        ("> 5 triệu được hỗ trợ", "5 triệu được hỗ trợ"),
    ],
)
def test_what_only_looks_like_chat_spelling_or_noise_is_none(one: str, other: str) -> None:
    assert not is_same(one, other)
    assert not is_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anh k bị bắt vì nhận hối lộ", "Anh không bị bắt vì nhận hối lộ"),
        ("Nghe nói vậy. K đi được nữa rồi", "nghe nói vậy, không đi được nữa r"),
        ("em k biết j hết", "EM K BIẾT J HẾT"),
        ("Không, phải nộp tiền", "ko , phải nộp tiền!"),
        ("Bầu hay không, tuỳ bạn", "bầu hay không tuỳ bạn"),
        ("Bệnh viện K hết thuốc", "BỆNH VIỆN K HẾT THUỐC"),
    ],
)
def test_capitals_of_a_telephone_or_a_shouter_and_a_comma_in_a_sentence_mean_nothing(
    one: str, other: str
) -> None:
    assert is_same(one, other)


@pytest.mark.parametrize(
    ("known", "new"),
    [
        (VNEID, f"Có ai nhận tin này chưa ạ:\n{VNEID}\nKhông biết đúng hay sai, em cảm ơn!"),
        (VNEID, f"{VNEID[:60]}…"),
        (VNEID, VNEID[80:]),
        (VNEID, "BCA thông báo: ai ko cập nhật VNeID mức 2 trước 1/12/2025 bị khoá tk ngân hàng"),
        (DAM, f"{VNEID} Ngoài ra {CURE.lower()} {DAM}"),
        (f"{GIFT}\n\n{VOTE}", VOTE),
        (BANK, "Agribank phá sản rồi, đi rút tiền gấp bà con ơi!!!"),
    ],
)  # fmt: skip
def test_a_part_a_quote_and_a_retelling_are_asked_about(known: str, new: str) -> None:
    assert not is_same(known, new)
    assert closeness(known, new) >= SIMILAR_FROM
