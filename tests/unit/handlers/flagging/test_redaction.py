"""A number that belongs to a person is not shown around; a date stays a date and a price a price."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from handlers.flagging.redaction import mask
from tests.support.step_counter import calls

PERSONAL = [
    ("gọi 0912345678 ngay", "gọi 09••••••78 ngay"),
    ("gọi 0912 345 678 ngay", "gọi 09•• ••• •78 ngay"),
    ("gọi 0912.345.678.", "gọi 09••.•••.•78."),
    ("gọi +84 912 345 678", "gọi +84 ••• ••• •78"),
    ("CCCD 012345678901", "CCCD 01••••••••01"),
    ("CMND: 123456789", "CMND: 12•••••89"),
    ("STK 19036543210987 VCB", "STK 19••••••••••87 VCB"),
    ("(0912) 345 678", "(09••) ••• •78"),
    ("+84 (0)912 345 678", "+84 (•)••• ••• •78"),
    ("+84 (0)912345678", "+84 (•)•••••••78"),
    ("84.912.345.678", "84.•••.•••.•78"),
    ("84912345678", "84•••••••78"),
    ("0084 912 345 678", "00•• ••• ••• •78"),
    ("0912–345–678", "09••–•••–•78"),
    ("0912 – 345 – 678", "09•• – ••• – •78"),
    ("0912_345_678", "09••_•••_•78"),
    ("0912·345·678", "09••·•••·•78"),
    ("0912/345/678", "09••/•••/•78"),
    ("0912,345,678", "09••,•••,•78"),
    ("09.12.34.56.78", "09.••.••.••.78"),
    ("09-12-34 56 78", "09-••-•• •• 78"),
    ("0 9 1 2 3 4 5 6 7 8", "0 9 • • • • • • 7 8"),
    ("091 2345 678", "09• •••• •78"),
    ("SĐT0912345678", "SĐT09••••••78"),
    ("sdt:0912345678", "sdt:09••••••78"),
    ("Zalo0912345678", "Zalo09••••••78"),
    ("0912345678gọi ngay", "09••••••78gọi ngay"),
    ("O912.345.678", "O9••.•••.•78"),
    ("09l2 345 678", "09•• ••• •78"),
    ("𝟬𝟵𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴", "𝟬𝟵••••••𝟳𝟴"),
    ("０９１２３４５６７８", "０９••••••７８"),
    ("0\u200b912\u2060345678", "0\u200b9••\u2060••••78"),
    ("0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "0️⃣9️⃣•️⃣•️⃣•️⃣•️⃣•️⃣•️⃣7️⃣8️⃣"),
    ("0165 123 4567", "01•• ••• ••67"),
    ("024 3825 1234", "02• •••• ••34"),
    ("(024) 3825 1234", "(02•) •••• ••34"),
    ("0236.3822.123", "02••.••••.•23"),
    ("+84 24 3825 1234", "+84 •• •••• ••34"),
    ("gọi 912 345 678", "gọi 91• ••• •78"),
    ("912 345 678", "91• ••• •78"),
    ("Zalo: 912.345.678", "Zalo: 91•.•••.•78"),
    ("+1 (650) 253-0000", "+1 (6••) •••-••00"),
    ("+1 234 567 891", "+1 2•• ••• •91"),
    ("0912345678/0987654321", "09••••••78/09••••••21"),
    ("0912345678-0987654321", "09••••••78-09••••••21"),
    ("0912 345 678 0987 654 321", "09•• ••• •78 09•• ••• •21"),
    ("Nam 0912345678, Lan 0987654321", "Nam 09••••••78, Lan 09••••••21"),
    ("STK 123 456 789 012", "STK 12• ••• ••• •12"),
    ("STK: 123.456.789.012", "STK: 12•.•••.•••.•12"),
    ("số tài khoản 1234 5678 9012", "số tài khoản 12•• •••• ••12"),
    ("STK của em là 0123 456 789", "STK của em là 01•• ••• •89"),
    ("STK Vietcombank: 1023456789", "STK Vietcombank: 10••••••89"),
    ("STK:\n0123456789", "STK:\n01••••••89"),
    ("STK 686868", "STK 68••68"),
    ("STK 123 456 789 đồng chí Nam", "STK 12• ••• •89 đồng chí Nam"),
    ("123 456 789 012 Nguyễn Văn A", "12• ••• ••• •12 Nguyễn Văn A"),
    ("thẻ 4111 1111 1111 1111", "thẻ 41•• •••• •••• ••11"),
    ("CCCD số 001 085 012 345", "CCCD số 00• ••• ••• •45"),
    ("CCCD001085012345", "CCCD00••••••••45"),
    ("MST 0101234567-001", "MST 01••••••••-•01"),
    ("ngày 15/3/2026 0912345678", "ngày 15/3/2026 09••••••78"),
    ("0912 345 678 15/03/2026", "09•• ••• •78 15/03/2026"),
    ("15.000.000 0912345678", "15.000.000 09••••••78"),
    ("0912345678 7.500.000", "09••••••78 7.500.000"),
    ("7h30-0912345678", "7h30-09••••••78"),
    ("19001234 - 0912345678", "19001234 - 09••••••78"),
    ("https://wa.me/84912345678", "https://wa.me/84•••••••78"),
    ("wa.me/84912345678", "wa.me/84•••••••78"),
    ("nhắn zalo.me/0912345678 nhé", "nhắn zalo.me/09••••••78 nhé"),
    ("https://zalo.me/0912345678?src=qr", "https://zalo.me/09••••••78?src=qr"),
    ("https://t.me/+84912345678", "https://t.me/+84•••••••78"),
    (
        "https://api.whatsapp.com/send?phone=%2B84912345678",
        "https://api.whatsapp.com/send?phone=%2B84•••••••78",
    ),
    ("https://xac-thuc.top/?sdt=0912345678&a=1", "https://xac-thuc.top/?sdt=09••••••78&a=1"),
    (
        "https://img.vietqr.io/image/VCB-1023456789-compact.png",
        "https://img.vietqr.io/image/VCB-10••••••89-compact.png",
    ),
    ("https://qr.example.vn/img?acc=123456789012", "https://qr.example.vn/img?acc=12••••••••12"),
    ("tel:0912345678", "tel:09••••••78"),
    ("0912345678@example.vn", "09••••••78@example.vn"),
]  # fmt: skip

EVERYBODYS = [
    "trước ngày 15/3/2026",
    "lúc 15-03-2026",
    "bầu cử lùi sang 22-03-2026 07:00",
    "bầu cử lùi sang 07:00 22-03-2026",
    "15.03.2026-16.03.2026",
    "15.03.2026 - 16.03.2026",
    "từ 15-03-2026-16-03-2026",
    "15/3/2026-20/3/2026 7:00-19:00",
    "15–16/03/2026",
    "ngày 8,9,10,11,12,13/3/2026",
    "15/3-16/3-17/3-18/3-19/3",
    "03/2026-05/2026",
    "nhiệm kỳ 2021-2026-2031",
    "các năm 2021 2022 2023 2024",
    "15 03 2026 07 00",
    "2026-03-15 07:00:00",
    "20260315 0700",
    "09.12.25 07:30",
    "7.30 15.03.2026",
    "7h00-19h00 15-03-2026",
    "15/03/2026 – 07:00:30 – 19:00",
    "nộp 500.000 đồng",
    "nộp 500 000 000 đồng",
    "nộp 1.500.000.000đ",
    "1.500.000-2.000.000 đồng",
    "1.500.000 - 2.000.000đ",
    "5.000.000 7.500.000",
    "5 000 000 7 500 000",
    "1500000-2000000 đồng",
    "50-100-200-300 triệu",
    "1,500,000,000 VND",
    "1.500.000.000,50 đồng",
    "thưởng 1500000000",
    "500000000đ",
    "số dư: 123 456 789",
    "84.912.345.678 đồng",
    "dân số 98 504 407 người",
    "gọi ngay nhận 1.500.000.000 đồng",
    "tài khoản 500 000 000 đồng",
    "số tài khoản bị trừ 1.500.000 đồng",
    "gọi 113, 19001234 hoặc 12345678",
    "113 114 115 111",
    "113-114-115-1022",
    "hotline 1900 54 54 15",
    "1800.1091",
    "1900545415",
    "19001234/18001091",
    "lớp 1 2 3 4 5 6 7 8 9 10",
    "Nghị quyết 199/2025/QH15 ngày 24/6/2025",
    "Công văn 12345/2026/4567",
    "mã GD0912345678X",
    "mã FT260741234567",
    "https://facebook.com/groups/123456789012/posts/1035862816472149",
    "facebook.com/groups/123456789012/posts/1035862816472149",
    "https://zalo.me/1884858489218989893",
    "https://vnexpress.net/bai-4567890123.html",
    "3x4, 4x6, 1/1/2026",
]  # fmt: skip


@pytest.mark.parametrize(("written", "shown"), PERSONAL)
def test_the_middle_of_a_personal_number_is_dotted_out(written: str, shown: str) -> None:
    assert mask(written) == shown


@pytest.mark.parametrize("written", EVERYBODYS)
def test_dates_prices_short_numbers_and_links_stay(written: str) -> None:
    assert mask(written) == written


@pytest.mark.parametrize("written", [written for written, _ in PERSONAL] + EVERYBODYS)
def test_what_is_masked_already_stays_as_it_is(written: str) -> None:
    once = mask(written)
    assert mask(once) == once


NUMBERS = st.text("0123456789•+() .-–/,:", max_size=60)
CHATTER = st.lists(
    st.sampled_from(
        ["gọi ", "STK ", "đồng", "k", "15/3/2026", "7:00", "0912345678", "84", "O", "\n"]
    )
    | st.text("0123456789 .-", max_size=12),
    max_size=12,
).map("".join)


@settings(deadline=None)
@given(st.text() | NUMBERS | CHATTER)
@example("8400000001.1/1")
@example("008:4700000000.0")
@example("O810:000000.000")
def test_masking_twice_changes_nothing_and_masking_once_only_digits(text: str) -> None:
    once = mask(text)
    assert mask(once) == once
    assert len(once) == len(text)
    assert all(a == b or b == "•" for a, b in zip(text, once, strict=True))


PREFIXES = [
    "032",
    "039",
    "052",
    "058",
    "070",
    "076",
    "081",
    "086",
    "089",
    "090",
    "098",
    "0246",
    "0236",
]
PHONES = st.builds(
    lambda prefix, rest: prefix + rest[: (11 if len(prefix) == 4 else 10) - len(prefix)],
    st.sampled_from(PREFIXES),
    st.text("0123456789", min_size=7, max_size=7),
)
SIGNS = st.sampled_from(["", " ", ".", "-", "–", " - ", "·", "\u00a0", "\u200b", "_", ") "])
AROUND = st.sampled_from(["", " ", "gọi ", "SĐT", "(", "zalo: ", "\n", "liên hệ:", "“", "+"])


@settings(deadline=None)
@given(PHONES, st.lists(st.integers(2, 8), max_size=3), SIGNS, AROUND, st.booleans())
def test_no_run_of_nine_digits_of_a_phone_stays(
    number: str, cuts: list[int], sign: str, ahead: str, abroad: bool
) -> None:
    written = "84" + number[1:] if abroad else number
    places = [0, *sorted({cut for cut in cuts if cut < len(written) - 2}), len(written)]
    pieces = [written[a:b] for a, b in pairwise(places)]
    # Shorter groups may be those of a date: 03.12.2026 is not the beginning of a telephone.
    assume(all(len(piece) >= 3 for piece in pieces[abroad:]))
    shown = mask(f"{ahead}{sign.join(pieces)} nhé")
    assert sum(sign.isdigit() for sign in shown) <= 4


@st.composite
def moments(draw: st.DrawFn) -> str:
    """A date, or two, and a time, in the ways they are written."""
    day = draw(st.dates(date(1945, 1, 1), date(2045, 12, 31)))
    hour = draw(st.times())
    sign = draw(st.sampled_from("/-."))
    written = draw(
        st.sampled_from(
            [
                f"{day.day}{sign}{day.month}{sign}{day.year}",
                f"{day.day:02}{sign}{day.month:02}{sign}{day.year}",
                f"{day.month:02}/{day.year}",
                f"{day.year}-{day.month:02}-{day.day:02}",
                f"{day.day} tháng {day.month} năm {day.year}",
                f"{day.day:02}/{day.month:02}",
                f"{day.day:02}/{day.month:02}/{day.year % 100:02}",
            ]
        )
    )
    clock = draw(
        st.sampled_from([f"{hour:%H:%M}", f"{hour:%H:%M:%S}", f"{hour.hour}h{hour.minute:02}", ""])
    )
    return draw(st.sampled_from([f"{written} {clock}", f"{clock} {written}"])).strip()


@settings(deadline=None)
@given(st.lists(moments(), min_size=1, max_size=4), st.sampled_from([" ", " - ", ", ", " đến "]))
@example(["22-03-2026 07:00"], " ")
@example(["0h08 1-1-2000", "10/1/2000 00:00"], " ")
@example(["00:00 07-01-2000", "10 tháng 1"], " - ")
@example(["0h07 01/01/00", "01/2000 00:00"], " ")
@example(["1/1/2000 0h07", "01/01 00:00"], " ")
def test_dates_and_times_stay(written: list[str], between: str) -> None:
    text = f"lúc {between.join(written)} tại nhà văn hóa"
    assert mask(text) == text


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 10**13), min_size=1, max_size=4),
    st.sampled_from([".", ","]),
    st.sampled_from(["-", " - ", " ", ", ", " đến "]),
    st.sampled_from([" đồng", "đ", " VND", "₫"]),
)
def test_amounts_stay(values: list[int], sign: str, between: str, unit: str) -> None:
    amounts = [f"{value:,}".replace(",", sign) for value in values]
    text = f"hỗ trợ {f'{unit}{between}'.join(amounts)}{unit} mỗi hộ"
    assert mask(text) == text


NASTY = [
    "1 ",
    "1",
    "1.",
    "0912",
    "0 9 1 ",
    "15/3",
    "1.000.",
    "STK 1",
    "(",
    "+84 ",
    "www.a/(",
    "a.vn/ ",
    "•1 ",
]


@pytest.mark.parametrize("piece", NASTY)
def test_the_work_grows_with_the_length_of_the_text_and_no_faster(piece: str) -> None:
    half, whole = work(piece, 2048), work(piece, 4096)
    assert whole <= 2.2 * half + 1000


def work(piece: str, characters: int) -> int:
    return calls(lambda: mask(piece * (characters // len(piece)))).total()


UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u180e\u180f\u200b\u2060\u2800\u3164\ufe0e\ufeff\uffa0\ufff9\U000e0061"
)


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_a_number_split_by_what_nobody_sees_is_masked_like_any_other(sign: str) -> None:
    shown = mask(f"gọi {sign.join('0912345678')} nhé")
    assert shown == f"gọi {sign.join('09••••••78')} nhé"
    assert mask(f"gọi {sign}0912345678{sign} nhé") == f"gọi {sign}09••••••78{sign} nhé"
    assert mask(f"gọi 0912{sign * 2}345{sign * 2}678") == f"gọi 09••{sign * 2}•••{sign * 2}•78"
