"""Who wrote a post stands in the head of its screenshot, and is cut off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.recognition.pictures.screenshot_lines import content_of
from tests.support.case_actions import RUMOUR

POST = f"{RUMOUR}\nMọi người chia sẻ gấp"


@pytest.mark.parametrize(
    "head",
    [
        "09:41 4G 87%\nNguyễn Thị Lan\n2 giờ · Công khai\n",
        "21:05\nTin Nóng Mỗi Ngày\n15 phút trước\n",
        "Chị Hoa Review\nHôm qua lúc 10:30 ·\n",
        "Trần Văn Bình\n3 ngày Thích Trả lời\n",
        "Lan Anh Official\n5h\n",
        "Le Minh\nJust now\n",
        "Nguyễn Thị Lan\n",
    ],
)
def test_the_head_of_a_screenshot_is_cut_off(head: str) -> None:
    assert content_of(head + POST) == POST


def test_commenters_and_the_labels_of_the_app_are_cut_off() -> None:
    below = (
        "1,2K lượt thích 45 bình luận\nThích Bình luận Chia sẻ\nPhạm Văn Đức\nSợ quá\n5 giờ Thích\n"
    )
    assert content_of(f"{POST}\n{below}") == f"{POST}\nSợ quá"


@pytest.mark.parametrize(
    "line",
    [
        RUMOUR,
        "Phải nộp trước 2 giờ chiều nay",
        "2 giờ chiều mai cắt điện toàn xã",
        "500.000",
        "15/3/2026",
        "0071001234567",
        "Không chia sẻ mã OTP",
        "Thông báo của Ủy ban bầu cử",
        "7 ngày nữa đổi tiền",
    ],
)
def test_what_says_something_stays(line: str) -> None:
    assert content_of(f"{POST}\n{line}\n{POST}") == f"{POST}\n{line}\n{POST}"


@given(st.text())
def test_no_text_breaks_it_and_nothing_is_added(text: str) -> None:
    assert len(content_of(text)) <= len(text) * 3
