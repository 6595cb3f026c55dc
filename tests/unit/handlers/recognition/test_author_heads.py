"""Who wrote a message goes, in whatever way an app copies it along; what was written stays."""

import pytest

from handlers.recognition.author_heads import without_heads
from handlers.recognition.match_keys import identify
from tests.support.step_counter import calls

NAME = "Nguyễn Văn Tèo"
TEXT = "Mất điện toàn phường từ tối nay đến trưa mai, bà con chuẩn bị nước"
HEADS = [
    # Telegram: on a computer, Android, an iPhone, in a browser
    "{}, [11/03/2026 10:15]\n",
    "{}, [11.03.2026 10:15]\n",
    "{}, [3/11/26 10:15 AM]\n",
    "{}, [11 Mar 2026 at 10:15:30]:\n",
    "{}, [Mar 11, 2026 at 10:15 AM]:\n",
    "{}, [11 thg 3, 2026 lúc 10:15]:\n",
    "{}:\n",
    "Forwarded from {}\n",
    "[Forwarded from {}]\n",
    "Chuyển tiếp từ {}\n",
    "Được chuyển tiếp từ {}\n",
    "[In reply to {}]\n",
    "[Trả lời {}]\n",
    # Zalo
    "[11/3/26 10:15] {}: ",
    "[10:15 11/03/2026] {}: ",
    "[10:15, 11/03/2026] {}:\n",
    "[10:15] {}: ",
    "{}\n10:15\n",
    "{}\n10:15 11/03/2026\n",
    # Messenger
    "{} đã gửi\n",
    "{} sent\n",
    "{} đã trả lời Trần Thị Bưởi\n",
    "{} replied to Trần Thị Bưởi\n",
    # WhatsApp: Android, an iPhone, a computer, in several languages
    "11/03/2026, 10:15 - {}: ",
    "3/11/26, 10:15 AM - {}: ",
    "3/11/26, 10:15\u202fPM - {}: ",
    "11.03.26, 10:15 - {}: ",
    "2026-03-11, 10:15 - {}: ",
    "11/3/2026, 10:15 SA - {}: ",
    "10:15, 11/3/2026 - {}: ",
    "11/3/26, 10:15 p. m. - {}: ",
    "[11/3, 10:15] {}: ",
    "[3/11, 10:15 AM] {}: ",
    "[11/03/2026, 10:15:30] {}: ",
    "\u200e[11/03/2026, 10:15:30] \u200e{}: ",
    "[11/3/26, 10:15:30 CH] ~ {}: ",
    "[11.3.2026 klo 10.15.30] {}: ",
    # Viber
    "[11 March 2026] [10:15] {}: ",
    "[11 March 2026 10:15] {}: ",
    # a quotation
    "> {}:\n> ",
    "> {}: ",
    ">> {}: ",
]


@pytest.mark.parametrize("head", HEADS)
def test_the_name_goes_where_one_message_was_copied(head: str) -> None:
    text = without_heads(head.format(NAME) + TEXT)
    assert "Tèo" not in text
    assert "Bưởi" not in text
    assert text.strip("> \u200e") == TEXT


@pytest.mark.parametrize("head", HEADS)
def test_the_names_go_where_several_messages_were_copied(head: str) -> None:
    copied = f"{head.format(NAME)}{TEXT}\n\n{head.format('Lê Thị Sen')}Có thật không\nđấy ạ?"
    text = without_heads(copied)
    assert not any(name in text for name in ("Tèo", "Sen", "Bưởi"))
    assert TEXT in text
    assert "Có thật không\nđấy ạ?" in text


@pytest.mark.parametrize("head", HEADS)
def test_a_post_is_the_same_with_its_head_and_without(head: str) -> None:
    assert identify(head.format(NAME) + TEXT).fingerprint == identify(TEXT).fingerprint


@pytest.mark.parametrize("name", ["Mẹ Bắp 🌽", "tin nóng 24h", "+84 912 345 678", "~ Hương xinh"])
@pytest.mark.parametrize("head", ["[11/3/26 10:15] {}: ", "11/03/2026, 10:15 - {}: "])
def test_with_a_date_whatever_name_an_account_has_goes(head: str, name: str) -> None:
    assert without_heads(head.format(name) + TEXT) == TEXT


def test_a_head_in_the_middle_of_a_line_goes() -> None:
    assert without_heads(f"{TEXT} [11/3/26 10:15] {NAME}: thật à") == f"{TEXT} thật à"


@pytest.mark.parametrize(
    "text",
    [
        "Lưu ý: mang theo căn cước\nThời gian: 7:00 ngày 15/3\nĐịa điểm: nhà văn hóa",
        "Lưu ý:\nmang theo căn cước",
        "Thông Báo:\nmai nghỉ học",
        "> Lưu ý: mang theo căn cước",
        "> 50 người: phải xin phép",
        "> 5 triệu được hỗ trợ",
        "Bộ Công an: không có chuyện đó",
        "> Bộ Công an: không có chuyện đó",
        "Bộ Công An:\nkhông có chuyện đó",
        "[15/03/2026 07:00] Địa điểm: nhà văn hóa",
        "[7:00] Khai mạc: chào cờ",
        "15/03/2026, 07:00 - Phường Hoà An: cắt điện",
        "15/03/2026 07:00 - 19:00: bỏ phiếu",
        "[15/3/2026 7:00] Mọi người đi bầu cử",
        "Nguyễn Văn Tèo: “Tôi không nói vậy”",
        "Hồ sơ đã gửi\nchờ duyệt",
        "Danh sách:\nNguyễn Văn A:\nsinh năm 1980",
        "Chuyển tiếp từ ngày 15/3 mọi hồ sơ\nphải nộp qua mạng",
        "Hoà Bình:\nmất điện tối nay",
        "Hà Nội:\nmất điện tối nay",
        "> Hà Nội: mất điện tối nay",
        "Giờ mở cửa\n7:00\nđến 19:00",
        "Từ 7:00 - 19:00: bỏ phiếu",
    ],
)
def test_words_that_only_look_like_a_head_stay(text: str) -> None:
    assert without_heads(text) == text


@pytest.mark.parametrize(
    "piece", ["[", "[11/3/26 10:15] ", "a, ", "> ", "\n", "a\n", "11/03/2026, 10:15 - ", " ", "a"]
)
def test_the_work_grows_with_the_length_of_the_text_and_no_faster(piece: str) -> None:
    half, whole = work(piece, 2048), work(piece, 4096)
    assert whole <= 2.2 * half + 1000


def work(piece: str, characters: int) -> int:
    return calls(lambda: without_heads(piece * (characters // len(piece)))).total()


@pytest.mark.parametrize("sign", "\u200e\u2060\u2800\u3164\u115f\ufeff", ids=ascii)
def test_a_head_with_what_nobody_sees_before_it_goes_too(sign: str) -> None:
    text = f"{sign}11/03/2026, 10:15 - {sign}Nguyễn Văn An: Cầu sập"
    assert "Nguyễn" not in without_heads(text)


@pytest.mark.parametrize(
    "text",
    [
        "[15/3/2026 7:00] Không: đi bầu",
        "[15/3/2026 7:00] Sơ tán: toàn bộ",
        "8:00 15/3 - Thuế: nộp",
        "15/3 7:00 - Lớp 1A: nghỉ học",
        "> Thanh Xuân: mất nước",
    ],
)
def test_what_says_something_is_no_name(text: str) -> None:
    assert without_heads(text) == text


@pytest.mark.parametrize(
    "line",
    [
        "Chuyển tiếp: Nộp 200.000đ vào số tài khoản 9704123456789",
        "Được chuyển tiếp từ Kho bạc, nộp phí ngay",
        "Đã chuyển tiếp từ Kho bạc, phải đóng phí",
        "Forwarded from An: https://phi-bau-cu.top/x",
        "[Trả lời An] Gửi hai trăm nghìn cho chị Hoa",
        "[10/03/2026 09:15] Gọi ngay 0912345678:",
        "[10/03/2026 09:15] Phải nộp phí ngay:",
        "Nộp 200.000đ, [10/03/2026 09:15]",
        "Nguyễn Văn An đã trả lời: không đúng",
    ],
)
def test_a_head_that_says_something_stays(line: str) -> None:
    assert line in without_heads(f"{line}\n{TEXT}")


@pytest.mark.parametrize(
    "line",
    [
        "Forwarded from Tin tức 24h",
        "Được chuyển tiếp từ Câu lạc bộ Niềm Tin [11/03/2026 10:15]",
        "Chuyển tiếp: Nguyễn An",
        "[Forwarded from VTV24]",
        "[11/03/2026 10:15] +84 912 345 678:",
    ],
)
def test_a_head_that_names_a_channel_goes(line: str) -> None:
    assert without_heads(f"{line}\n{TEXT}").strip() == TEXT
