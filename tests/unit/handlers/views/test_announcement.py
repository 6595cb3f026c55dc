"""A member's copy: what it always shows, and how long it is."""

from dataclasses import replace
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.conversation.i18n import Speech
from handlers.messages import Media, MediaKind
from handlers.recognition.plain_text import visible_length
from handlers.sharing.kit import OfferedAnnouncement, kit
from handlers.views.announcement import Content, member_copy, pack, unpack
from tests.support import SETTINGS
from tests.support.announcements.records import numbered

_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
_CONTENTS = st.builds(
    Content,
    title=_WORDS,
    html=_WORDS.map(escape),
    facts=st.lists(_WORDS, max_size=3).map(tuple),
    media=st.none() | st.just(Media(MediaKind.PHOTO, file="f")),
    issuer=_WORDS,
    source_url=_WORDS.map("https://hoaan.gov.vn/{}".format),
    source_ref=_WORDS.map("12/TB-{}".format),
    valid_until=st.none(),
    urgent=st.booleans(),
    title_en=_WORDS,
    html_en=st.just("") | _WORDS.map(escape),
)


@given(_CONTENTS, st.sampled_from(["vi", "en"]))
def test_every_copy_shows_who_issued_it_and_where_it_can_be_checked(
    content: Content, language: str
) -> None:
    text = member_copy(content, numbered(12), Speech(language, SETTINGS.timezone)).text
    for shown in (content.issuer, content.source_url, content.source_ref):
        assert escape(shown, quote=False) in text


def test_an_english_text_stands_without_the_vietnamese_facts() -> None:
    content = Content(title="Ngày bầu cử", html="Mang thẻ.", facts=("Từ 7:00",), issuer="UBBC")
    english = replace(content, title_en="Voting day", html_en="Bring your card.")
    say = Speech("en", SETTINGS.timezone)
    assert "Từ 7:00" in member_copy(content, numbered(12), say).text
    assert "Từ 7:00" not in member_copy(english, numbered(12), say).text
    assert "Từ 7:00" in member_copy(english, numbered(12), Speech("vi", SETTINGS.timezone)).text
    assert "Từ 7:00" not in kit(OfferedAnnouncement(numbered(12), english), say, SETTINGS).text


@given(_CONTENTS)
def test_a_wording_is_kept_as_it_is(content: Content) -> None:
    assert unpack(pack(content)) == content


@pytest.mark.parametrize(
    ("html", "length"),
    [
        ("<b>chữ</b>", 3),
        ("a &lt;b&gt; &amp; c", 9),
        ("😀", 2),
        ('<a href="https://a.vn/?x=1>2">đây</a>', 3),
    ],
)
def test_length_is_counted_as_telegram_counts_it(html: str, length: int) -> None:
    assert visible_length(html) == length
