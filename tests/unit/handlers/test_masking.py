"""A number that belongs to a person is not shown around, and a price stays a price."""

import pytest

from handlers.flagging.masking import mask


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("gọi 0912345678 ngay", "gọi 09••••••78 ngay"),
        ("gọi 0912 345 678 ngay", "gọi 09•• ••• •78 ngay"),
        ("gọi 0912.345.678.", "gọi 09••.•••.•78."),
        ("gọi +84 912 345 678", "gọi +84 ••• ••• •78"),
        ("CCCD 012345678901", "CCCD 01••••••••01"),
        ("CMND: 123456789", "CMND: 12•••••89"),
        ("STK 19036543210987 VCB", "STK 19••••••••••87 VCB"),
    ],
)
def test_the_middle_of_a_personal_number_is_dotted_out(written: str, shown: str) -> None:
    assert mask(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "trước ngày 15/3/2026",
        "lúc 15-03-2026",
        "nộp 500.000 đồng",
        "nộp 500 000 000 đồng",
        "nộp 1.500.000.000đ",
        "gọi 113, 19001234 hoặc 12345678",
        "https://facebook.com/groups/123456789012/posts/1035862816472149",
        "mã GD0912345678X",
    ],
)
def test_dates_prices_short_numbers_and_links_stay(written: str) -> None:
    assert mask(written) == written


def test_what_is_masked_already_stays_as_it_is() -> None:
    once = mask("gọi 0912345678 hoặc 0912 345 678")
    assert mask(once) == once
