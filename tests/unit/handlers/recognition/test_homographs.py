"""Where a written address really leads, and what makes it look as if it led elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.recognition.homographs import Doubt, read


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
        ("https://gоv.vn", "xn--gv-fmc.vn", {Doubt.MIXED, Doubt.IMITATION}),
        ("https://xn--gv-fmc.vn", "xn--gv-fmc.vn", {Doubt.MIXED, Doubt.IMITATION}),
        ("https://gõv.vn", "xn--gv-cka.vn", {Doubt.PUNYCODE, Doubt.IMITATION}),
        ("https://tiếngviệt.vn", "xn--tingvit-5t4cyc.vn", {Doubt.PUNYCODE}),
        ("https://g0v.vn", "g0v.vn", {Doubt.IMITATION}),
        ("https://hoaan-gov-vn.com", "hoaan-gov-vn.com", {Doubt.IMITATION}),
        ("https://hoaan.gov.vn.evil.example", "hoaan.gov.vn.evil.example", {Doubt.IMITATION}),
        ("https://baochinhphu-vn.info", "baochinhphu-vn.info", {Doubt.IMITATION}),
        ("https://facebo0k.com", "facebo0k.com", {Doubt.IMITATION}),
        ("https://facebok.com", "facebok.com", {Doubt.IMITATION}),
        ("https://vietnarnplus.vn", "vietnarnplus.vn", {Doubt.IMITATION}),
        ("https://vnexpress.info", "vnexpress.info", {Doubt.IMITATION}),
        ("https://%67ov.vn.evil.example", "gov.vn.evil.example", {Doubt.IMITATION}),
        ("https://hoaan.govvn.com", "hoaan.govvn.com", {Doubt.IMITATION}),
        ("https://hoaan-gov.vn.com", "hoaan-gov.vn.com", {Doubt.IMITATION}),
        ("https://hoaan-gov.vn", "hoaan-gov.vn", {Doubt.IMITATION}),
        ("https://hoaan.gov-vn.top", "hoaan.gov-vn.top", {Doubt.IMITATION}),
        ("https://gov.hoaan.top", "gov.hoaan.top", {Doubt.IMITATION}),
        ("https://hoaan-gov.com", "hoaan-gov.com", {Doubt.IMITATION}),
        ("https://chinhphu.vn.example.com", "chinhphu.vn.example.com", {Doubt.IMITATION}),
        ("https://chinhphuvn.com", "chinhphuvn.com", {Doubt.IMITATION}),
        ("https://dichvucong-online.com", "dichvucong-online.com", {Doubt.IMITATION}),
        ("https://vneid.top", "vneid.top", {Doubt.IMITATION}),
        (
            "https://hoaan.g\u200bov.vn.top",
            "hoaan.gov.vn.top",
            {Doubt.IMITATION, Doubt.HIDDEN},
        ),
        (
            "https://hoaan.gov\u2060.vn.top",
            "hoaan.gov.vn.top",
            {Doubt.IMITATION, Doubt.HIDDEN},
        ),
        (
            "https://hoaan.gov\u2024vn.top",
            "hoaan.gov.vn.top",
            {Doubt.IMITATION, Doubt.HIDDEN},
        ),
        ("https://hoaan.gov.vn/\u202egnp.exe", "hoaan.gov.vn", {Doubt.HIDDEN}),
        ("https://\u202emoc.top", "", {Doubt.UNREADABLE, Doubt.HIDDEN}),
        ("https://gov.vn@evil.example", "evil.example", {Doubt.USERINFO}),
        (r"https://evil.example\@gov.vn", "evil.example", {Doubt.USERINFO}),
        ("https://10.0.0.1/a", "10.0.0.1", {Doubt.NUMBERS}),
        ("http://[::1]/", "::1", {Doubt.NUMBERS}),
        ("http://2130706433/", "2130706433", {Doubt.NUMBERS}),
        ("http://0x7f.1/", "0x7f.1", {Doubt.NUMBERS}),
        ("https://hoaan.gov.vn:8443", "hoaan.gov.vn", {Doubt.PORT}),
        ("http://hoaan.gov.vn:443", "hoaan.gov.vn", {Doubt.PORT}),
        ("tg://resolve?domain=a", "", {Doubt.APP}),
        ("https://[oops", "", {Doubt.UNREADABLE}),
        ("https://hoaan.gov.vn:99999", "", {Doubt.UNREADABLE}),
        ("https://", "", {Doubt.UNREADABLE}),
    ],
)
def test_what_is_not_as_it_looks_is_doubted(written: str, host: str, doubts: set[Doubt]) -> None:
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
