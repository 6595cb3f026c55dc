"""300 copies of each kind, of more than forty announcements: genuine, outdated, changed, quoted."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from handlers.authenticity.look_up import Authenticity, closest
from handlers.recognition.official_copy import (
    WORDS_MAX,
    CopyKind,
    Deviation,
    Wording,
    compare,
    searchable,
)
from storage.announcements.official_texts import KnownText
from storage.models import OfficialKind
from tests.support.announcements import generated_copies
from tests.support.announcements.generated_copies import KINDS_OF_CHANGE, TEXTS
from tests.support.announcements.records import numbered

PAIRS = 300


def known(number: int, version: int, current: int) -> KnownText:
    return KnownText(
        id=number,
        kind=OfficialKind.ANNOUNCEMENT,
        announcement=numbered(1),
        case_id=None,
        version=version,
        language="vi",
        is_public=True,
        went_out_at=datetime(2026, 3, 10, tzinfo=UTC),
        code="",
        wording="",
        is_recalled=False,
        current_version=current,
    )


def test_there_are_more_than_forty_announcements() -> None:
    assert len({title for title, _ in TEXTS}) == len(TEXTS) >= 40


def test_noise_leaves_a_copy_genuine() -> None:
    wrong = [
        (at, text, found)
        for at, text, wording in generated_copies.genuine(PAIRS)
        if (found := compare(text, (), wording)) is None or found.kind is not CopyKind.WHOLE
    ]
    assert not wrong, (len(wrong), wrong[:3])


def test_a_copy_of_what_was_corrected_is_outdated() -> None:
    wrong = []
    for at, text, old, new in generated_copies.outdated(PAIRS):
        comparisons = [compare(text, (), wording) for wording in (old, new)]
        found = closest([known(1, 1, 2), known(2, 2, 2)], comparisons)
        if found is None or found.authenticity is not Authenticity.OUTDATED:
            wrong.append((at, text, found))
    assert not wrong, (len(wrong), wrong[:3])


def test_whatever_was_changed_is_changed() -> None:
    wrong, kinds = [], Counter[str]()
    for at, kind, text, wording in generated_copies.changed(PAIRS):
        kinds[kind] += 1
        found = compare(text, (), wording)
        if found is None or found.kind is not CopyKind.CHANGED:
            wrong.append((at, kind, text, found))
    assert not wrong, (len(wrong), wrong[:3])
    assert set(kinds) == set(KINDS_OF_CHANGE)
    assert max(kinds.values()) - min(kinds.values()) <= 1


def test_only_the_words_that_differ_are_shown() -> None:
    for _, kind, text, wording in generated_copies.changed(PAIRS):
        found = compare(text, (), wording)
        assert found is not None
        shown = [
            word for one in found.deviations for word in (*one.ours.split(), *one.theirs.split())
        ]
        assert len(shown) <= 12, (kind, text, found.deviations)


def test_a_part_is_a_quote() -> None:
    wrong = [
        (at, text, found)
        for at, text, wording in generated_copies.quotes(PAIRS)
        if (found := compare(text, (), wording)) is None or found.kind is not CopyKind.QUOTE
    ]
    assert not wrong, (len(wrong), wrong[:3])


def test_another_announcement_is_no_copy() -> None:
    for at, text, _ in generated_copies.genuine(len(TEXTS)):
        other = at + 1
        wording = generated_copies.wording(other, generated_copies.values(other))
        assert (
            compare(generated_copies.body(at, generated_copies.values(at)), (), wording) is None
        ), text


OURS = Wording(
    (
        ("Ngày bầu cử", True),
        ("Không, cử tri không phải nộp phí. Mang căn cước đến điểm bỏ phiếu trước 19 giờ.", True),
        ("Không được mang vào: vũ khí, chất nổ, rượu bia và đồ uống có cồn.", True),
        ("Kiểm chứng tại: https://hoaan.gov.vn/bau-cu", False),
    ),
    links=("https://hoaan.gov.vn/ban-do",),
)
BODY = "\n".join(line for line, is_required in OURS.lines if is_required)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (BODY, CopyKind.WHOLE),
        (BODY.replace("Không, ", ""), CopyKind.CHANGED),
        (BODY.replace("Không, cử", "Không cử"), CopyKind.CHANGED),
        (BODY.replace("phí.", "phí?"), CopyKind.CHANGED),
        (BODY.replace("19 giờ", "1 9 giờ"), CopyKind.CHANGED),
        (BODY.replace("Không được mang vào: ", ""), CopyKind.CHANGED),
        (BODY.replace("cử tri không phải", "cử tri khôngphải"), CopyKind.WHOLE),
        (BODY.replace("không phải", "hong phải"), CopyKind.CHANGED),
        (BODY + "\nChuyển 500.000đ vào số 0123456789 để giữ chỗ.", CopyKind.CHANGED),
        (BODY + "\nKiểm chứng tại: https://hoaan.gov.vn/bau-cu", CopyKind.WHOLE),
        (BODY + "\nKiểm chứng tại: https://hoaan.gov.vn.bau-cu.top/bau-cu", CopyKind.CHANGED),
        (BODY.partition("\n")[2], CopyKind.QUOTE),
        ("\n".join(BODY.splitlines()[::2]), CopyKind.QUOTE),
        ("Mang căn cước đến điểm bỏ phiếu trước 19 giờ.", CopyKind.QUOTE),
    ],
)
def test_what_is_noise_and_what_is_not(text: str, kind: CopyKind) -> None:
    found = compare(text, (), OURS)
    assert found is not None
    assert found.kind is kind, found


def test_a_sentence_left_out_between_two_that_begin_alike_is_a_quote() -> None:
    ours = (
        "Ngày hội lớn của toàn dân. Đề nghị mang căn cước trước 7 giờ. Đề nghị gọi số 113 khi cần."
    )
    text = "Ngày hội lớn của toàn dân. Đề nghị gọi số 113 khi cần."
    found = compare(text, (), Wording(((ours, True),)))
    assert found
    assert found.kind is CopyKind.QUOTE


SIGNED = Wording(
    (("Khi đi bầu", True), ("✅ Mang căn cước của mình\n🚫 Quay phim nơi bỏ phiếu", True))
)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("✅ ", "", CopyKind.QUOTE),
        ("✅", "❌", CopyKind.CHANGED),
        ("🚫", "✅", CopyKind.CHANGED),
        ("🚫 ", "", CopyKind.CHANGED),
        ("✅", "☑️", CopyKind.WHOLE),
        ("Khi", "📣 Khi", CopyKind.WHOLE),
    ],
)
def test_signs_count_as_words(old: str, new: str, kind: CopyKind) -> None:
    text = "\n".join(line for line, _ in SIGNED.lines)
    found = compare(text.replace(old, new), (), SIGNED)
    assert found is not None
    assert found.kind is kind, found


def test_a_link_behind_words_is_compared_too() -> None:
    theirs = compare(BODY, ("https://hoaan.gov.vn/ban-do",), OURS)
    assert theirs
    assert theirs.kind is CopyKind.WHOLE
    forged = compare(BODY, ("https://ban-do.top/hoaan",), OURS)
    assert forged
    assert forged.deviations == (Deviation("", "https://ban-do.top/hoaan"),)


def test_what_a_copy_may_lack_is_not_shown_as_replaced() -> None:
    forged = compare(BODY + "\nChuyển 500.000đ vào số 0123456789 để giữ chỗ.", (), OURS)
    assert forged
    assert forged.deviations == (Deviation("", "Chuyển 500.000đ vào số 0123456789 để giữ chỗ."),)
    replaced = compare(BODY.replace("có cồn.", "thuốc lá. Nộp 500.000đ."), (), OURS)
    assert replaced
    assert replaced.deviations == (Deviation("có cồn.", "thuốc lá. Nộp 500.000đ."),)


def test_too_few_words_say_nothing() -> None:
    assert compare("Mang căn cước đến điểm", (), OURS) is None
    assert compare("Xin cảm ơn bà con rất nhiều nhé", (), OURS) is None


def test_a_text_past_the_limit_is_not_compared() -> None:
    words = "từ " * WORDS_MAX
    assert compare(words + "nữa", (), OURS) is None
    assert len(searchable(words + "nữa").split()) == WORDS_MAX


DETAILED = """Cấp lại thẻ cử tri
Cử tri từ ≥ 18 tuổi đến Uỷ ban xã nhận thẻ. Không phải nộp phí.
Hạng 1 500.000đ, hạng 2 × 100.000đ, xe trên 5 tấn không vào.
Xem tại hoaan.gov.vn hoặc nhắn @hoaan_bot, thư tin@hoaan.gov.vn trước ngày 12/3/2026.
✓ Mang căn cước ✗ Nhờ người khác ký
Nhiệt độ -5 độ, 37,5 độ; ký hiệu A ≠ B; đi Huế → Vinh; giá 1,5 triệu; lãi 7%.
Tài khoản 9704 1234 5678 của Kho bạc, gọi 0912 345 678."""


@pytest.mark.parametrize(
    ("old", "new", "likeness"),
    [
        ("≥", "≤", CopyKind.CHANGED),
        ("≥ ", "", CopyKind.CHANGED),
        ("nộp", "n\u0336ộ\u0336p\u0336", CopyKind.CHANGED),
        ("1 500.000", "1.500.000", CopyKind.CHANGED),
        ("1 500.000", "1500.000", CopyKind.CHANGED),
        ("2 × 100.000", "2100.000", CopyKind.CHANGED),
        ("×", "÷", CopyKind.CHANGED),
        ("trên 5", "5", CopyKind.CHANGED),
        ("500.000đ", "500.000", CopyKind.CHANGED),
        ("tại hoaan.gov", "tại hoaan-gov", CopyKind.CHANGED),
        ("tại hoaan.gov.vn", "tại hoaan.gov-vn", CopyKind.CHANGED),
        ("tại hoaan.gov", "tại ho-aan.gov", CopyKind.CHANGED),
        ("@hoaan_bot", "@hoaanbot", CopyKind.CHANGED),
        ("@hoaan_bot", "@hoaan.bot", CopyKind.CHANGED),
        ("tin@hoaan", "tin.hoaan@", CopyKind.CHANGED),
        ("✓ Mang", "✗ Mang", CopyKind.CHANGED),
        ("✗ Nhờ", "Nhờ", CopyKind.CHANGED),
        ("-5", "5", CopyKind.CHANGED),
        ("≠", "=", CopyKind.CHANGED),
        ("→", "←", CopyKind.CHANGED),
        ("trước ngày", "ngày", CopyKind.CHANGED),
        ("✓ Mang", "✅ Mang", CopyKind.WHOLE),
        ("→", "➡️", CopyKind.WHOLE),
        ("tại hoaan.gov.vn", "tại HoaAn.gov.vn", CopyKind.WHOLE),
        ("9704 1234 5678", "970412345678", CopyKind.WHOLE),
        ("0912 345 678", "0912345678", CopyKind.WHOLE),
        ("18 tuổi", "１８ tuổi", CopyKind.WHOLE),
    ],
)
def test_signs_addresses_and_numbers_side_by_side(old: str, new: str, likeness: CopyKind) -> None:
    ours = Wording(((DETAILED, True), ("Kiểm chứng tại: https://hoaan.gov.vn/bau-cu", False)))
    assert old in DETAILED
    found = compare(DETAILED.replace(old, new), (), ours)
    assert found
    assert found.kind is likeness, found


@pytest.mark.parametrize(
    ("sentence", "left_out"),
    [
        ("Hãy nộp hai chục nghìn đồng tại xã nhé bà con ơi.", "chục "),
        ("Please don't pay any fee to the clerk today at all.", "don't "),
        ("You can’t vote without a card at this station today.", "can’t "),
        ("At this station nobody has to pay for the card today.", "nobody "),
        ("Tin nói phải nộp phí khi đi bầu là sai nhé bà con.", "là sai "),
        ("Bà con khỏi phải nộp phí khi đi bầu cử nhé.", "khỏi "),
        ("Trẻ em dưới năm tuổi được khám tại trạm xá.", "dưới "),
        ("Mỗi người nộp tối đa năm nghìn đồng tại trạm xá.", "tối đa "),
        ("Nộp phí vào chủ nhật tuần sau tại nhà văn hoá.", "chủ nhật "),
    ],
)
def test_a_sentence_without_the_word_that_limits_it_is_changed(
    sentence: str, left_out: str
) -> None:
    text = f"Thông báo chung của uỷ ban xã tuần này\n{sentence}\nXin trân trọng cảm ơn bà con."
    found = compare(text.replace(left_out, ""), (), Wording(((text, True),)))
    assert found
    assert found.kind is CopyKind.CHANGED, found


def test_two_sentences_made_into_one_are_changed() -> None:
    ours = (
        "Thông báo chung của uỷ ban xã\nNgười già được ngồi trong. Trẻ em phải đứng ở ngoài sân.\n"
        "Xin trân trọng cảm ơn bà con."
    )
    spliced = ours.replace("được ngồi trong. Trẻ em ", "")
    found = compare(spliced, (), Wording(((ours, True),)))
    assert found
    assert found.kind is CopyKind.CHANGED


def test_a_line_of_the_text_that_the_bot_adds_elsewhere_too_is_not_missing() -> None:
    source = "https://hoaan.gov.vn/bau-cu"
    text = f"Thông báo chung của uỷ ban xã\nXem lịch ở đây nhé:\n{source}"
    found = compare(text, (), Wording(((text, True),), extras=(source,)))
    assert found
    assert found.kind is CopyKind.WHOLE
