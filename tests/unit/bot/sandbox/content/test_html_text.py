"""Formatted text: read as Telegram reads it, refused in Telegram's words."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.content import html_text
from bot.sandbox.content.entities import utf16_length
from bot.sandbox.transport.api_error import ApiError
from bot.sandbox.transport.json_response import JsonObject

PREFIX = "Bad Request: can't parse entities: "
TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "blockquote": "blockquote",
}

plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
markup = st.lists(
    st.sampled_from([*"<>/&;=\"' abius-ệ🗳\n\0", "<b>", "</b>", "&lt", "<a href="])
).map("".join)


def read(source: str) -> tuple[str, list[tuple[str, int, int]]]:
    text, entities = html_text.parse(source)
    return text, [(one["type"], one["offset"], one["length"]) for one in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>Bầu cử</b>", "Bầu cử", [("bold", 0, 6)]),
        ("🗳 <i>15/3</i>", "🗳 15/3", [("italic", 3, 4)]),
        ("<B>hoa</B>", "hoa", [("bold", 0, 3)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<i><b>a</b></i>", "a", [("bold", 0, 1), ("italic", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<b></b>", "", []),
        ("<i>a</>", "a", [("italic", 0, 1)]),
        ("1 &lt; 2 &amp; 3 &gt 2 &quot;&#7879;&#x1F5F3;", '1 < 2 & 3 > 2 "ệ🗳', []),
        ("&nbsp;&laquo; & &#0;", "&nbsp;&laquo; & &#0;", []),
    ],
)
def test_tags_become_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    assert read(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "url"),
    [
        (
            '<a href="https://baucu.example.vn/a?b=1&amp;c=2">x</a>',
            "https://baucu.example.vn/a?b=1&c=2",
        ),
        ("<a href='https://baucu.example.vn'>x</a>", "https://baucu.example.vn/"),
        ("<a href=baucu.example.vn>x</a>", "http://baucu.example.vn/"),
        ("<a>baucu.example.vn</a>", "http://baucu.example.vn/"),
    ],
)
def test_a_link_keeps_its_address(source: str, url: str) -> None:
    (entity,) = html_text.parse(source)[1]
    assert (entity["type"], entity["url"]) == ("text_link", url)


def test_a_link_to_nowhere_is_only_its_text() -> None:
    assert read('<a href="ghi chú">x</a>') == ("x", [])


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ('<pre><code class="language-python">x</code></pre>', "python"),
        ('<code class="language-python"><pre>x</pre></code>', "python"),
        ("<pre>x</pre>", None),
    ],
)
def test_a_block_of_code_may_name_its_language(source: str, language: str | None) -> None:
    (entity,) = html_text.parse(source)[1]
    assert (entity["type"], entity.get("language")) == ("pre", language)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("ệ<tin>", 'Unsupported start tag "tin" at byte offset 3'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<i x", "Unclosed start tag at byte offset 0"),
        ("<i x = ", 'Unclosed start tag "i" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<i =x>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<a href=x,y>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b x>", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ('<tg-emoji emoji-id="x">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        (
            "&#xD83D;",
            "Text contains invalid Unicode characters after decoding HTML entities, check for "
            "unmatched surrogate code units",
        ),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as refused:
        html_text.parse(source)
    assert refused.value.description == PREFIX + complaint


@given(markup)
def test_no_text_makes_anything_but_a_refusal(source: str) -> None:
    try:
        text, entities = html_text.parse(source)
    except ApiError:
        return
    assert all(_lies_within(entity, utf16_length(text)) for entity in entities)


@given(plain)
def test_escaped_text_comes_back_unchanged(text: str) -> None:
    assert html_text.parse(escape(text)) == (text, [])


@given(st.lists(st.tuples(st.sampled_from(sorted(TAGS)), plain), max_size=6))
def test_what_was_written_as_tags_is_found_at_its_place(parts: list[tuple[str, str]]) -> None:
    source = "".join(f"<{TAGS[kind]}>{escape(text)}</{TAGS[kind]}>" for kind, text in parts)
    expected, offset = [], 0
    for kind, text in parts:
        expected.append((kind, offset, utf16_length(text)))
        offset += utf16_length(text)
    assert read(source) == ("".join(text for _, text in parts), expected)


def _lies_within(entity: JsonObject, length: int) -> bool:
    return bool(0 <= entity["offset"] < entity["offset"] + entity["length"] <= length)
