"""What is read from a whole text: what stands in it, and nothing else."""

import string
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.announcing.compose.html_lines import joined, lines_of
from handlers.announcing.compose.parsing import FACT_LIMIT, TITLE_LIMIT
from handlers.announcing.compose.stated_end import stated_end
from handlers.announcing.compose.text_fields import WholeText, filled, named_areas
from handlers.recognition.plain_text import visible
from handlers.views.announcement import Content
from tests.support import SETTINGS
from tests.support.costly_texts import LETTERS
from tests.support.step_counter import calls

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
CHANNEL = "https://t.me/hoaan_tin/12"
OFFICIAL = """<b>Cấm xe quanh điểm bỏ phiếu số 3.</b>
Công an tỉnh Hòa An thông báo: đường <b>Nguyễn Du</b>, thị xã Hòa An, cấm xe đến hết ngày 15/3/2026.

⏰ <b>Thời gian:</b> 6:00 đến 19:00
📍 Địa điểm: phường 1

Nguồn: https://congan.hoaan.gov.vn/cam-xe"""


def read(html: str, channel_post: str = "") -> Content:
    return filled(Content(), WholeText(html, channel_post), SETTINGS, NOW)


def end_in(text: str) -> datetime | None:
    return stated_end(text, NOW, SETTINGS.timezone)


def test_an_official_text_fills_every_field_it_states() -> None:
    found = read(OFFICIAL)
    assert found.title == "Cấm xe quanh điểm bỏ phiếu số 3"
    assert found.html == (
        "Công an tỉnh Hòa An thông báo: đường <b>Nguyễn Du</b>, thị xã Hòa An, "
        "cấm xe đến hết ngày 15/3/2026."
    )
    assert found.facts == ("⏰ Thời gian: 6:00 đến 19:00", "📍 Địa điểm: phường 1")
    assert found.issuer == "Công an tỉnh Hòa An"
    assert found.source_url == "https://congan.hoaan.gov.vn/cam-xe"
    assert found.valid_until == datetime(2026, 3, 15, 16, 59, tzinfo=UTC)


def test_an_area_is_suggested_and_never_chosen() -> None:
    found = read(OFFICIAL)
    assert named_areas(found, SETTINGS) == ["thi-xa"]
    assert found.areas == ()


@pytest.mark.parametrize(("length", "is_title"), [(TITLE_LIMIT, True), (TITLE_LIMIT + 1, False)])
def test_a_first_line_that_is_too_long_is_not_cut_but_left_in_the_text(
    length: int, is_title: bool
) -> None:
    line = "ă" * length
    found = read(f"{line}\nNội dung")
    assert (found.title, found.html) == (
        (line, "Nội dung") if is_title else ("", f"{line}\nNội dung")
    )


@pytest.mark.parametrize(("more", "is_title"), [("", True), ("a", False)])
def test_a_title_and_a_fact_are_measured_as_messengers_count(more: str, is_title: bool) -> None:
    line = "😀" * (TITLE_LIMIT // 2) + more
    fact = "ab" + "😀" * (FACT_LIMIT // 2 - 1) + more
    assert read(f"{line}\nNội dung").title == (line if is_title else "")
    facts = read(f"Cấm xe\nNội dung\n- {fact}\n- b").facts
    assert facts == ((fact, "b") if is_title else ())


HEADER = "Trần Văn Minh, [10.03.2026 09:00]"


@pytest.mark.parametrize("before", ["\u200b", "\u2800 ", "<b>\u3164</b>", "\u202e\n\u200b", HEADER])
def test_an_unseen_line_and_the_header_of_a_copied_message_are_no_title(before: str) -> None:
    found = read(f"{before}\nCấm xe\nNội dung")
    assert (found.title, found.html) == ("Cấm xe", "Nội dung")


def test_formatting_that_spans_the_title_goes_on_in_the_text() -> None:
    found = read("<b>Tiêu đề\nđậm</b> thường")
    assert (found.title, found.html) == ("Tiêu đề", "<b>đậm</b> thường")


def test_a_title_with_a_date_is_no_header() -> None:
    assert read("Bầu cử ngày 15/3/2026\nNội dung").title == "Bầu cử ngày 15/3/2026"


def test_a_single_line_is_a_title_without_a_text() -> None:
    assert (read("Ngày bầu cử").title, read("Ngày bầu cử").html) == ("Ngày bầu cử", "")


OUTAGE = (
    "Sáng 14/3 từ 7 giờ đến 11 giờ, Điện lực cắt điện khu vực TP. Hòa An để sửa đường dây, bà con "
    "chủ động tích nước trước giờ cắt"
)


@pytest.mark.parametrize(
    ("html", "title", "text"),
    [
        (f"Thông báo cắt điện. {OUTAGE}.", "Thông báo cắt điện", f"{OUTAGE}."),
        (f"<b>Cắt điện ngày 14/3! {OUTAGE}</b>", "Cắt điện ngày 14/3!", f"<b>{OUTAGE}</b>"),
        (f"<b>Cắt điện ngày 14/3.</b> {OUTAGE}", "Cắt điện ngày 14/3", OUTAGE),
        (f"{OUTAGE}. Có gì gọi 1900.", "", f"{OUTAGE}. Có gì gọi 1900."),
        (f"Chú ý. {OUTAGE}", "", f"Chú ý. {OUTAGE}"),
        (f"{OUTAGE}.\nNguồn: https://hoaan.gov.vn/dien", "", f"{OUTAGE}."),
        ("Cắt điện ở TP. Hòa An\nNguồn: https://hoaan.gov.vn/dien", "Cắt điện ở TP. Hòa An", ""),
    ],
)
def test_one_paragraph_is_the_text_and_only_a_short_sentence_of_it_the_title(
    html: str, title: str, text: str
) -> None:
    found = read(html)
    assert (found.title, found.html) == (title, text)


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        ("- Từ 7:00\n- Đến 19:00", ("Từ 7:00", "Đến 19:00")),
        ("1. Một\n2) Hai\n3. Ba", ("Một", "Hai", "Ba")),
        ("Đối tượng: cử tri", ("Đối tượng: cử tri",)),
        ("- Công an tỉnh", ()),
        ("- a\n- b\n- c\n- d", ()),
        (f"- {'a' * FACT_LIMIT}\n- b", ("a" * FACT_LIMIT, "b")),
        (f"- {'a' * (FACT_LIMIT + 1)}\n- b", ()),
        ("- Từ 7:00\nở mọi nơi\n- Đến 19:00", ()),
        ('- <a href="https://hoaan.gov.vn">Xem</a>\n- b', ()),
        ("18 tuổi\n35 tuổi", ()),
    ],
)
def test_listed_lines_are_key_facts_if_they_fit(lines: str, facts: tuple[str, ...]) -> None:
    found = read(f"Tiêu đề\nNội dung\n\n{lines}")
    assert (found.facts, found.html) == (facts, ("Nội dung" if facts else f"Nội dung\n\n{lines}"))


def test_a_text_of_key_facts_alone_stays_the_text() -> None:
    found = read("Tiêu đề\n- Từ 7:00\n- Đến 19:00")
    assert (found.facts, found.html) == ((), "- Từ 7:00\n- Đến 19:00")


@pytest.mark.parametrize(
    ("html", "channel", "url", "ref"),
    [
        (
            "T\nXem https://a.hoaan.gov.vn và https://b.hoaan.gov.vn/x.",
            "",
            "https://b.hoaan.gov.vn/x",
            "",
        ),
        (
            "T\nNguồn: https://a.hoaan.gov.vn\nhttps://b.hoaan.gov.vn",
            "",
            "https://a.hoaan.gov.vn",
            "",
        ),
        ("T\nNguồn: Nghị quyết 199/2025/QH15", "", "", "Nghị quyết 199/2025/QH15"),
        ("T\nNguồn: Báo Hòa An", CHANNEL, "", ""),
        (
            'T\nNguồn: <a href="https://a.hoaan.gov.vn/x">cổng tin</a>',
            "",
            "https://a.hoaan.gov.vn/x",
            "",
        ),
        ("T\nNguồn: https://hoaan-gov.vn/x", CHANNEL, "", ""),
        ("T\nhttps://a.hoaan.gov.vn rồi http://10.0.0.1/x", "", "https://a.hoaan.gov.vn", ""),
        ("T\nXem hoaan.gov.vn", "", "", ""),
        ("T\nKhông có liên kết", CHANNEL, CHANNEL, ""),
        ("T\nhttps://a.hoaan.gov.vn", CHANNEL, "https://a.hoaan.gov.vn", ""),
        ("T\nKhông có gì", "", "", ""),
    ],
)
def test_the_source_is_what_is_named_so_else_the_last_sound_link_or_the_channel(
    html: str, channel: str, url: str, ref: str
) -> None:
    found = read(html, channel)
    assert (found.source_url, found.source_ref) == (url, ref)


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Công an tỉnh Hòa An cho biết", "Công an tỉnh Hòa An"),
        ("ỦY BAN BẦU CỬ TỈNH HOÀ AN", "Ủy ban bầu cử tỉnh Hòa An"),
        ("Công an tỉnh Hòa An và Ủy ban bầu cử tỉnh Hòa An", ""),
        ("Công an huyện", ""),
    ],
)
def test_the_issuer_is_the_only_one_that_is_named(text: str, issuer: str) -> None:
    assert read(f"Tiêu đề\n{text}").issuer == issuer


@pytest.mark.parametrize(
    ("text", "hour_utc"),
    [
        ("Có giá trị đến hết ngày 15/3/2026.", (15, 16, 59)),
        ("Có hiệu lực đến hết ngày 15/3/2026.", (15, 16, 59)),
        ("Mọi người chú ý.\nCó hiệu lực đến: 19:00, Chủ Nhật 15/3/2026", (15, 12, 0)),
        ("Nộp trước 17 giờ ngày 15/3/2026", (15, 10, 0)),
        ("Hạn nộp hồ sơ: 17h 15/3", (15, 10, 0)),
        ("hạn chót là ngày 15 tháng 3 năm 2026, tại phường", (15, 16, 59)),
        ("Đến hết ngày 15/3/2026. Nhắc lại: đến hết 15/3.", (15, 16, 59)),
    ],
)
def test_a_stated_end_is_read(text: str, hour_utc: tuple[int, int, int]) -> None:
    day, hour, minute = hour_utc
    assert end_in(text) == datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Bầu cử ngày 15/3/2026",
        "Đến hết ngày 9/3/2026",
        "Đến hết ngày mai",
        "Đến hết ngày 31/4/2026",
        "Nộp trước ngày 15/3/2026",
        "Đến hết 15/3 hoặc 20/3",
        "Đến hết 15/3/2026, gia hạn đến hết 20/3/2026",
        "Đến hết 15 tháng 3 năm 2045",
        "Công dân sinh từ ngày 1/1/2000 đến hết ngày 31/12/2026",
        "Nghị quyết 199/2025/QH15 có hiệu lực đến hết ngày 31/12/2026",
        "Luật ban hành ngày 1/4, hết hạn 31/12/2026",
        "hạn chế đi lại ngày 15/3",
    ],
)
def test_a_date_that_is_no_future_end_is_none(text: str) -> None:
    assert end_in(text) is None


PIECES = st.sampled_from(
    [
        *(
            "\n",
            " ",
            ".",
            "- ",
            "• ",
            "1. ",
            "Nguồn: ",
            "Thời gian: ",
            "<b>",
            "</b>",
            "&amp;",
            "&lt;",
        ),
        *(
            "https://hoaan.gov.vn/a",
            "đến hết ngày 15/3",
            "hạn: ",
            "199/2025/QH15",
            "Công an tỉnh Hòa An",
        ),
        *('<a href="https://x.example">', "</a>", "<blockquote>", "</blockquote>", "thị xã Hòa An"),
    ]
)
TEXTS = st.lists(PIECES | st.text(string.ascii_letters + "ăđ…🗳", max_size=6), max_size=40).map(
    "".join
)


@given(TEXTS)
def test_every_value_stands_in_the_text(html: str) -> None:
    found = read(html)
    text = visible(html)
    flat = " ".join(text.split())
    assert found.title in flat
    assert all(fact in flat for fact in found.facts)
    assert found.source_url.removeprefix("https://") in html.replace("&amp;", "&")
    assert found.source_ref in flat
    assert found.valid_until is None or "15/3" in text
    assert not found.issuer or "Công an" in text
    assert (found.areas, found.urgent, found.send_at) == ((), False, None)
    assert not (set(visible(found.html).split()) - set(text.split()))


@given(TEXTS)
def test_the_lines_of_a_text_are_the_text(html: str) -> None:
    lines = lines_of(html)
    assert "\n".join(line.html for line in lines) == html
    assert visible(joined(lines)).split() == visible(html).split()


@pytest.mark.parametrize(
    "piece",
    ["đến hết ", "hạn a a a a ", "- a\n", "<b>", "Nguồn: a\n", "trước 1h ", "\n", "&lt;", "15/3 "],
)
def test_a_text_of_the_greatest_length_is_read_in_steps_that_grow_with_it(piece: str) -> None:
    def steps(length: int) -> int:
        text = (piece * length)[:length]
        return sum(calls(filled, Content(), WholeText(text), SETTINGS, NOW).values())

    assert steps(2 * LETTERS) <= 3 * steps(LETTERS) + 1_000
