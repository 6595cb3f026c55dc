"""Both modes of Markdown: read as Telegram reads them, refused in Telegram's words."""

import re
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.content import legacy_markdown, markdown_text, texts
from bot.sandbox.content.entities import utf16_length
from bot.sandbox.transport.api_error import ApiError

PREFIX = "Bad Request: can't parse entities: "
MARKS = {"bold": "*", "italic": "_", "underline": "__", "strikethrough": "~", "spoiler": "||"}
ALONE = {"code", "pre", "date_time"}
QUOTES = {"blockquote", "expandable_blockquote"}
Piece = tuple[str, Any]


def places(formatted: tuple[str, list[Any]]) -> tuple[str, list[tuple[str, int, int]]]:
    text, entities = formatted
    return text, [(one["type"], one["offset"], one["length"]) for one in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*Bầu cử* 🗳 _15/3_", "Bầu cử 🗳 15/3", [("bold", 0, 6), ("italic", 10, 4)]),
        ("__a__ ~b~ ||c||", "a b c", [("underline", 0, 1), ("strikethrough", 2, 1), ("spoiler", 4, 1)]),
        ("*a _b_*", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
        ("___a_\r__", "a\r", [("underline", 0, 2), ("italic", 0, 1)]),
        (r"5\.000đ \* \\ \_", r"5.000đ * \ _", []),
        (r"a\ế", r"a\ế", []),
        ("`a.b*c`", "a.b*c", [("code", 0, 5)]),
        (r"`a\`b`", "a`b", [("code", 0, 3)]),
        ("```\nx = 1\n```", "x = 1\n", [("pre", 0, 6)]),
        ("```python\nx y```", "x y", [("pre", 0, 3)]),
        ("[xem](https://a.vn/b)", "xem", [("text_link", 0, 3)]),
        (r"[xem](https://a.vn/\))", "xem", [("text_link", 0, 3)]),
        (r"[a\.vn](nowhere) b", "a.vn b", []),
        ("[Lan](tg://user?id=5)", "Lan", [("text_mention", 0, 3)]),
        ("![👍](tg://emoji?id=5368324170671202286)", "👍", [("custom_emoji", 0, 2)]),
        ("![7 giờ](tg://time?unix=1773532800&format=wDT)", "7 giờ", [("date_time", 0, 5)]),
        (">a\n>b\nc", "a\nb\nc", [("blockquote", 0, 4)]),
        (">a\n>b||", "a\nb", [("expandable_blockquote", 0, 3)]),
        (">a||\nb", "a\nb", [("expandable_blockquote", 0, 2)]),
        (">a\n**>b||", "a\nb", [("blockquote", 0, 2), ("expandable_blockquote", 2, 1)]),
        (">||a||", "a", [("blockquote", 0, 1), ("spoiler", 0, 1)]),
        ("** __ __", "  ", [("underline", 1, 1)]),
        ("", "", []),
    ],
)  # fmt: skip
def test_markdown_v2_becomes_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    assert places(markdown_text.parse(source)) == (text, entities)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*Bầu cử* _15/3_", "Bầu cử 15/3", [("bold", 0, 6), ("italic", 7, 4)]),
        ("*a_b*", "a_b", [("bold", 0, 3)]),
        (r"1.5 \* 2 \- \_", r"1.5 * 2 \- _", []),
        ("`a*b` ```py\nx```", "a*b x", [("code", 0, 3), ("pre", 4, 1)]),
        ("[xem](https://a.vn/) [a.vn]", "xem a.vn", [("text_link", 0, 3), ("text_link", 4, 4)]),
        ("[a](tg://user?id=5)", "a", [("text_mention", 0, 1)]),
        ("[a](https://a.vn", "a", [("text_link", 0, 1)]),
        ("[](x)[a]() **", "(x)a ", []),
    ],
)
def test_legacy_markdown_becomes_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    assert places(legacy_markdown.parse(source)) == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("ế-1", "Character '-' is reserved and must be escaped with the preceding '\\'"),
        ("a!", "Character '!' is reserved and must be escaped with the preceding '\\'"),
        ("a>b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("a|b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
        ("ế *a", "Can't find end of Bold entity at byte offset 4"),
        ("_a", "Can't find end of Italic entity at byte offset 0"),
        ("```py\nx", "Can't find end of PreCode entity at byte offset 0"),
        ("```x", "Can't find end of Pre entity at byte offset 0"),
        ("[a", "Can't find end of TextUrl entity at byte offset 0"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        (">*a\nb*", "Can't find end of Bold entity at byte offset 1"),
        (">*a", "Can't find end of Bold entity at byte offset 1"),
        ("![a]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![a](https://a.vn)", "Invalid tg://emoji or tg://time URL specified"),
        ("![a](tg://emoji?id=x)", "Invalid tg://emoji or tg://time URL specified"),
        ("![a](tg://time?unix=0)", "Invalid tg://emoji or tg://time URL specified"),
    ],
)
def test_malformed_markdown_v2_is_refused_in_telegrams_words(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as refusal:
        markdown_text.parse(source)
    assert refusal.value.description == PREFIX + complaint


@pytest.mark.parametrize("source", ["ế *a", "ế _a", "ế `a", "ế ```a", "ế [a"])
def test_malformed_legacy_markdown_is_refused_in_telegrams_words(source: str) -> None:
    with pytest.raises(ApiError) as refusal:
        legacy_markdown.parse(source)
    complaint = "Can't find end of the entity starting at byte offset 4"
    assert refusal.value.description == PREFIX + complaint


plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1)
words = plain.map(lambda text: ("plain", text))
pieces: st.SearchStrategy[list[Piece]] = st.recursive(
    st.lists(words, min_size=1, max_size=2),
    lambda inner: st.lists(
        words | st.tuples(st.sampled_from(sorted(MARKS)), inner), min_size=1, max_size=3
    ),
    max_leaves=8,
)


def written(parts: list[Piece], open_styles: frozenset[str] = frozenset()) -> str:
    """The parts in MarkdownV2; a style inside itself is left out, and plain text stands between."""
    source = ""
    for kind, content in parts:
        if kind == "plain":
            source += re.sub(r"([_*\[\]()~`>#+\-=|{}.!\\])", r"\\\1", content)
        elif kind in open_styles:
            source += written(content, open_styles)
        else:
            inside = written(content, open_styles | {kind})
            source += f"x{MARKS[kind]}x{inside}x{MARKS[kind]}x"
    return source


def shown(parts: list[Piece], open_styles: frozenset[str] = frozenset()) -> list[tuple[str, frozenset[str]]]:  # fmt: skip
    """Each character that is shown, with the styles that it has."""
    found: list[tuple[str, frozenset[str]]] = []
    for kind, content in parts:
        if kind == "plain":
            found += [(character, open_styles) for character in content]
        elif kind in open_styles:
            found += shown(content, open_styles)
        else:
            inner = open_styles | {kind}
            edge, inside = ("x", open_styles), ("x", inner)
            found += [edge, inside, *shown(content, inner), inside, edge]
    return found


@given(pieces)
def test_what_is_written_is_read_back(parts: list[Piece]) -> None:
    expected = shown(parts)
    text, entities = markdown_text.parse(written(parts))
    assert text == "".join(character for character, _ in expected)
    at = 0
    for character, styles in expected:
        having = {
            one["type"] for one in entities if one["offset"] <= at < one["offset"] + one["length"]
        }
        assert len(entities) == 100 or having == styles
        at += utf16_length(character)


markup = st.lists(
    st.sampled_from(
        [
            *"_*[]()~`>#|\\!.\n\r a🗳ế",
            "](https://a.vn)",
            "](tg://user?id=1)",
            "![",
            "```",
            "||",
            "__",
        ]
    )
).map("".join)


def parsed(source: str, mode: str) -> tuple[str, list[Any]] | str:
    """The text and its entities, or the words of the refusal."""
    try:
        return texts.parse(source, mode)
    except ApiError as refusal:
        return refusal.description


@given(source=markup, mode=st.sampled_from(["markdown", "markdownv2", "html"]))
def test_any_markup_is_read_or_refused(source: str, mode: str) -> None:
    found = parsed(source, mode)
    if isinstance(found, str):
        assert found.startswith(PREFIX)
        return
    text, entities = found
    spans = [(one["offset"], one["offset"] + one["length"], one["type"]) for one in entities]
    assert all(0 <= begin < end <= utf16_length(text) for begin, end, _ in spans)
    for (begin, end, kind), (other, other_end, inner) in combinations(spans, 2):
        if other >= end:
            continue
        assert other_end <= end, "entities cross"
        assert begin <= other
        assert kind not in ALONE, "code contains another entity"
        assert inner not in ALONE or kind in QUOTES, "a style contains code"
        assert inner not in QUOTES or kind not in QUOTES, "a quotation contains another"


@pytest.mark.parametrize(
    ("source", "entities"),
    [
        ("*a `b` c*", [("bold", 0, 2), ("code", 2, 1), ("bold", 3, 2)]),
        ("[a `b`](https://a.vn)", [("text_link", 0, 3)]),
        ("*`b`*", [("code", 0, 1)]),
        (">`a` *b*", [("blockquote", 0, 3), ("code", 0, 1), ("bold", 2, 1)]),
    ],
)
def test_code_stands_alone(source: str, entities: list[tuple[str, int, int]]) -> None:
    assert places(texts.parse(source, "markdownv2"))[1] == entities
