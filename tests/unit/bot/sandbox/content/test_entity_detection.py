"""What Telegram finds in a text by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.content.entity_detection import with_detected


def found(text: str) -> list[tuple[str, str]]:
    units = text.encode("utf-16-le")
    _, entities = with_detected((text, []))
    return [
        (
            one["type"],
            units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le"),
        )
        for one in entities
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start moi_1", [("bot_command", "/start")]),
        ("🗳 bấm /trogiup@niemtin_bot nhé", [("bot_command", "/trogiup@niemtin_bot")]),
        ("Xem https://baucu.example.vn/a?b=1.", [("url", "https://baucu.example.vn/a?b=1")]),
        ("(xem dichvucong.gov.vn)", [("url", "dichvucong.gov.vn")]),
        ("bit.ly/3xYz, nhanh!", [("url", "bit.ly/3xYz")]),
        ("https://vi.example.org/wiki/A_(B)", [("url", "https://vi.example.org/wiki/A_(B)")]),
        ("Hỏi @canbo_phuong #baucu2026", [("mention", "@canbo_phuong"), ("hashtag", "#baucu2026")]),
        ("Gửi a.b@example.vn", [("email", "a.b@example.vn")]),
        ("15/3/2026, 7h00. TP.HCM 1/2", []),
        ("Không có gì ở đây", []),
    ],
)
def test_commands_addresses_and_mentions_are_found(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


def test_nothing_is_found_inside_a_link_or_code() -> None:
    link = {"type": "text_link", "offset": 0, "length": 10, "url": "http://a.vn/"}
    assert with_detected(("example.vn", [link])) == ("example.vn", [link])


@given(st.lists(st.sampled_from([*"abệ🗳/@#.:- \n", "https://", ".vn", "/start"])).map("".join))
def test_no_two_found_entities_overlap(text: str) -> None:
    _, entities = with_detected((text, []))
    ends = [entity["offset"] + entity["length"] for entity in entities]
    assert all(end <= after["offset"] for end, after in zip(ends, entities[1:], strict=False))
