"""Where a written address really leads, and what makes it look as if it led elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.recognition.homographs import LinkWarning, read


@pytest.mark.parametrize(
    "written",
    [
        "https://hoaan.gov.vn/bau-cu",
        "hoaan.gov.vn",
        "https://www.quochoi.vn",
        "https://NHANDAN.vn:443/bai",
        "http://vtv.vn",
        "vov.vn",
        "https://m.facebook.com/groups/1",
        "https://zalo.me/g/abc",
        "https://sohoaan.example",
        "https://www.gov.uk/a",
        "https://thegown.example",
        "https://dichvucong.gov.vn",
        "https://quochoitv.vn",
    ],
)
def test_an_ordinary_address_is_in_no_doubt(written: str) -> None:
    assert read(written).doubts == set()


@pytest.mark.parametrize(
    ("written", "host", "doubts"),
    [
        ("https://gоv.vn", "xn--gv-fmc.vn", {LinkWarning.MIXED, LinkWarning.IMITATION}),
        ("https://xn--gv-fmc.vn", "xn--gv-fmc.vn", {LinkWarning.MIXED, LinkWarning.IMITATION}),
        ("https://gõv.vn", "xn--gv-cka.vn", {LinkWarning.PUNYCODE, LinkWarning.IMITATION}),
        ("https://tiếngviệt.vn", "xn--tingvit-5t4cyc.vn", {LinkWarning.PUNYCODE}),
        ("https://g0v.vn", "g0v.vn", {LinkWarning.IMITATION}),
        ("https://hoaan-gov-vn.com", "hoaan-gov-vn.com", {LinkWarning.IMITATION}),
        ("https://hoaan.gov.vn.evil.example", "hoaan.gov.vn.evil.example", {LinkWarning.IMITATION}),
        ("https://baochinhphu-vn.info", "baochinhphu-vn.info", {LinkWarning.IMITATION}),
        ("https://facebo0k.com", "facebo0k.com", {LinkWarning.IMITATION}),
        ("https://facebok.com", "facebok.com", {LinkWarning.IMITATION}),
        ("https://vietnarnplus.vn", "vietnarnplus.vn", {LinkWarning.IMITATION}),
        ("https://vnexpress.info", "vnexpress.info", {LinkWarning.IMITATION}),
        ("https://%67ov.vn.evil.example", "gov.vn.evil.example", {LinkWarning.IMITATION}),
        ("https://hoaan.govvn.com", "hoaan.govvn.com", {LinkWarning.IMITATION}),
        ("https://hoaan-gov.vn.com", "hoaan-gov.vn.com", {LinkWarning.IMITATION}),
        ("https://hoaan-gov.vn", "hoaan-gov.vn", {LinkWarning.IMITATION}),
        ("https://hoaan.gov-vn.top", "hoaan.gov-vn.top", {LinkWarning.IMITATION}),
        ("https://gov.hoaan.top", "gov.hoaan.top", {LinkWarning.IMITATION}),
        ("https://hoaan-gov.com", "hoaan-gov.com", {LinkWarning.IMITATION}),
        ("https://chinhphu.vn.example.com", "chinhphu.vn.example.com", {LinkWarning.IMITATION}),
        ("https://chinhphuvn.com", "chinhphuvn.com", {LinkWarning.IMITATION}),
        ("https://dichvucong-online.com", "dichvucong-online.com", {LinkWarning.IMITATION}),
        ("https://vneid.top", "vneid.top", {LinkWarning.IMITATION}),
        (
            "https://hoaan.g\u200bov.vn.top",
            "hoaan.gov.vn.top",
            {LinkWarning.IMITATION, LinkWarning.HIDDEN},
        ),
        (
            "https://hoaan.gov\u2060.vn.top",
            "hoaan.gov.vn.top",
            {LinkWarning.IMITATION, LinkWarning.HIDDEN},
        ),
        (
            "https://hoaan.gov\u2024vn.top",
            "hoaan.gov.vn.top",
            {LinkWarning.IMITATION, LinkWarning.HIDDEN},
        ),
        ("https://hoaan.gov.vn/\u202egnp.exe", "hoaan.gov.vn", {LinkWarning.HIDDEN}),
        ("https://\u202emoc.top", "", {LinkWarning.UNREADABLE, LinkWarning.HIDDEN}),
        ("https://gov.vn@evil.example", "evil.example", {LinkWarning.USERINFO}),
        (r"https://evil.example\@gov.vn", "evil.example", {LinkWarning.USERINFO}),
        ("https://10.0.0.1/a", "10.0.0.1", {LinkWarning.NUMBERS}),
        ("http://[::1]/", "::1", {LinkWarning.NUMBERS}),
        ("http://2130706433/", "2130706433", {LinkWarning.NUMBERS}),
        ("http://0x7f.1/", "0x7f.1", {LinkWarning.NUMBERS}),
        ("https://hoaan.gov.vn:8443", "hoaan.gov.vn", {LinkWarning.PORT}),
        ("http://hoaan.gov.vn:443", "hoaan.gov.vn", {LinkWarning.PORT}),
        ("tg://resolve?domain=a", "", {LinkWarning.APP}),
        ("https://[oops", "", {LinkWarning.UNREADABLE}),
        ("https://hoaan.gov.vn:99999", "", {LinkWarning.UNREADABLE}),
        ("https://", "", {LinkWarning.UNREADABLE}),
    ],
)
def test_what_is_not_as_it_looks_is_doubted(
    written: str, host: str, doubts: set[LinkWarning]
) -> None:
    link = read(written)
    assert (link.host, set(link.doubts)) == (host, doubts)


def test_letters_that_only_are_wide_lead_to_the_same_place() -> None:
    assert read("https://ｈｏａａｎ.gov.vn").host == "hoaan.gov.vn"


def test_a_foreign_host_is_shown_as_people_and_as_machines_read_it() -> None:
    assert read("https://gоv.vn").shown_host == "gоv.vn = xn--gv-fmc.vn"
    assert read("https://hoaan.gov.vn").shown_host == "hoaan.gov.vn"


@given(st.text())
def test_whatever_is_written_is_read(text: str) -> None:
    for written in (text, f"https://{text}", f"https://a@{text}.vn:{text}"):
        assert isinstance(read(written).shown_host, str)
