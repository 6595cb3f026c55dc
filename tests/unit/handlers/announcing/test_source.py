"""Where an announcement can be checked: nothing that a scammer could stand behind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.announcing.compose.source import (
    Source,
    SourceDoubtful,
    SourceProblem,
    host_of,
    read_source,
)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("https://hoaan.gov.vn/bau-cu", Source(url="https://hoaan.gov.vn/bau-cu")),
        ("https://gov.vn", Source(url="https://gov.vn")),
        ("199/2025/QH15", Source(ref="199/2025/QH15")),
        ("Nghị quyết số 199/2025/QH15", Source(ref="Nghị quyết số 199/2025/QH15")),
        ("12/TB-UBND", Source(ref="12/TB-UBND")),
        ("151/NQ-HĐBCQG", Source(ref="151/NQ-HĐBCQG")),
        (
            "12/TB-UBND https://hoaan.gov.vn/12.",
            Source(url="https://hoaan.gov.vn/12", ref="12/TB-UBND"),
        ),
        (f"https://a.vn/{'x' * 487}", Source(url=f"https://a.vn/{'x' * 487}")),
    ],
)
def test_an_https_address_or_a_document_number_is_taken(text: str, source: Source) -> None:
    assert read_source(text) == source


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("", SourceProblem.NEITHER),
        ("báo đăng rồi", SourceProblem.NEITHER),
        ("15/3/2026", SourceProblem.NEITHER),
        ("báo https://hoaan.gov.vn", SourceProblem.NEITHER),
        ("https://a.vn https://b.vn", SourceProblem.NEITHER),
        (f"1/{'x' * 99}", SourceProblem.NEITHER),
        ("http://hoaan.gov.vn", SourceProblem.NOT_HTTPS),
        ("hoaan.gov.vn/bau-cu", SourceProblem.NOT_HTTPS),
        ("javascript://hoaan.gov.vn", SourceProblem.NOT_HTTPS),
        ("https://", SourceProblem.MALFORMED),
        ("https://localhost/x", SourceProblem.MALFORMED),
        ("https://127.0.0.1/x", SourceProblem.MALFORMED),
        ("https://[::1]/x", SourceProblem.MALFORMED),
        ("https://[::1", SourceProblem.MALFORMED),
        ("https://hoaan..vn", SourceProblem.MALFORMED),
        ("https://-hoaan.vn", SourceProblem.MALFORMED),
        ("https://hoaan.vn:8443/", SourceProblem.MALFORMED),
        ("https://hoaan.vn:99999/", SourceProblem.MALFORMED),
        ("https://hoaan.v", SourceProblem.MALFORMED),
        (r"https://hoaan.vn\@ke-gian.com", SourceProblem.LOOK_ALIKE),
        (f"https://a.vn/{'x' * 488}", SourceProblem.MALFORMED),
        ("https://hoaan.gov.vn@ke-gian.com/", SourceProblem.LOOK_ALIKE),
        ("https://hoaan.gov.vn.xac-minh.com/", SourceProblem.LOOK_ALIKE),
        ("https://hoaan-gov-vn.com", SourceProblem.LOOK_ALIKE),
        ("https://hoaan.govvn.net", SourceProblem.LOOK_ALIKE),
        ("https://hoаan.gov.vn", SourceProblem.LOOK_ALIKE),  # its second `a` is Cyrillic
        ("https://xn--hoan-0xa.gov.vn", SourceProblem.LOOK_ALIKE),
    ],
)
def test_what_members_cannot_trust_is_not_taken(text: str, doubt: SourceProblem) -> None:
    with pytest.raises(SourceDoubtful) as doubtful:
        read_source(text)
    assert doubtful.value.doubt is doubt


_TEXTS = (
    st.text()
    | st.text().map("https://{}".format)
    | st.text("[]:@/.\\#?a1").map("https://a{}".format)
)


@given(_TEXTS)
def test_what_is_taken_is_https_with_a_host_or_a_number(text: str) -> None:
    try:
        source = read_source(text)
    except SourceDoubtful:
        return
    assert source.url or source.ref
    if source.url:
        assert source.url.lower().startswith("https://")
        assert "." in host_of(source.url)
