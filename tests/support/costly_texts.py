"""Synthetic texts of maximum length: natural ones, and ones that cost the most time."""

from collections.abc import Iterator
from itertools import chain, combinations

LETTERS = 4_096
"""The longest message (https://core.telegram.org/bots/api#sendmessage)."""

_STORY = """
    Công an xã Hòa An yêu cầu mọi người nộp 500.000 đồng vào số 0912345678 trước ngày 15/3/2026.
    Ai không nộp thì bị cắt điện, ko ai được miễn đâu nhé! Xem tại https://hoaan.gov.vn/tin/15-3?id={number}
    Cử tri mang theo thẻ Căn cước khi đi bầu cử, giờ bỏ phiếu từ 7h00 đến 19h00 Chủ nhật 🗳️
    Bà con xóm {number} nghe loa phường, hỏi ông K. hoặc nhắn Zalo; bạn Nguyễn Thị {name} đã báo tin.
"""
_NAMES = ("Lan", "Hoa", "Mai", "Tuyết", "Hạnh", "Bình", "Yến", "Phượng", "Ngọc", "Thảo", "Vân")


def natural(letters: int = LETTERS, *, seed: int = 0) -> str:
    """A text with news, addresses, numbers and emoji, as people forward them."""
    told = ""
    number = seed
    while len(told) < letters:
        story = _STORY.format(number=number, name=_NAMES[number % len(_NAMES)])
        told += "\n".join(line.strip() for line in story.split("\n"))
        number += 1
    return told[:letters]


def press_review(letters: int = LETTERS) -> str:
    """Headlines and addresses alternating, as in a press review."""
    entries = (
        f"{place}. Hòa An sắp xếp lại xã\nhttps://bao{place}.vn/hoa-an-{place}"
        for place in range(1, letters)
    )
    return "\n".join(entries)[:letters]


def directory(letters: int = LETTERS) -> str:
    """The sites of all communes of a region, one a line."""
    return "\n".join(f"xa{place}.hoaan.vn" for place in range(1, letters))[:letters]


_RUNS = (
    *("\n", " ", "\t", "\r\n", "\u00a0", "\u3000", "\u2028"),
    *(">", "> ", "[", "]", "(", ")", "{", "<", "#", "＃", "@", "*", "_", "~", "`", "|", "\\"),
    *(
        ".",
        ",",
        ":",
        ";",
        "!",
        "?",
        "…",
        "-",
        "–",
        "−",
        "+",
        "=",
        "/",
        "%",
        "&",
        "'",
        '"',
        "·",
        "•",
    ),
    *("0", "1 ", "12", "1.", "1,", "1-", "1.000 ", "-1", "9 . ", "0912345678 ", "15/3 "),
    *(
        "a",
        "a ",
        "A",
        "A ",
        "a.",
        "a,",
        "a-",
        "a.A",
        "aK ",
        "a K",
        "ă",
        "đ",
        "đ ",
        "é",
        "а",
        "а ",
        "aа",
    ),
    *("không", "không,", "không, ", "không , ", "ko ", "ko.", "k, ", "Không. ", "x.không,"),
    *("#a", "#a ", "#a\n", " #", "# ", "#không ", "#ab,"),
    *(
        "www.",
        "http://",
        "https://",
        "://",
        "http://a ",
        "https://a.vn/",
        "https://a.vn ",
        "a.b.",
        "a@",
    ),
    *("a.vn ", "a.vn/", "gov.vn ", "a。", "x-", "%20", "&amp;", "?a=b&", "a=", "//", ":///"),
    *(
        "😀",
        "😀 ",
        "👩‍👩‍👧‍👦",
        "❌",
        "❌ ",
        "👍🏽",
        "🇻🇳",
        "\u0301",
        "a\u0301",
        "e\u0302\u0301",
        "\u0338",
        "a\u200b",
    ),
    *(
        "\u200b",
        "\u202e",
        "\ufeff",
        "\ue000",
        "\ue001",
        "\U000f0000",
        "\uffff",
        "ﷺ",
        "ﬀ",
        "İ",
        "ß",
        "中",
        "ไ",
    ),
    *("Forwarded from a\n", "fwd:\n", "chuyển tiếp\n", "[chuyển tiếp từ ", "Chuyển tiếp từ a\n"),
    *(
        "[11/3/26 10:15] A: a\n",
        "a, [11/03/2026 9:05]\n",
        "11/03/2026, 10:15 - A: a\n",
        ", [11/03/2026 9:05",
    ),
    *(
        "12h30 ",
        "sau 30 phút ",
        "thứ sáu ",
        "tuần tới ",
        "ngày mai ",
        "<b>",
        "</b>",
        "<a href='x'>",
        "<a>",
    ),
)
_PAIRED = (
    "\n",
    " ",
    ">",
    ".",
    "-",
    "#",
    "*",
    "1",
    "a",
    "ế",
    "K",
    "không",
    ",",
    "❌",
    "(",
    "/",
    "@",
    "😀",
)


def nasty(letters: int = LETTERS) -> Iterator[tuple[str, str]]:
    """Costly texts, each with a name."""
    for run in _RUNS:
        yield f"only {run!r}", _filled(run, letters)
        yield f"words between {run!r}", "tin " + _filled(run, letters - 8) + " hết"
        yield f"a word after {run!r}", _filled(run, letters - 1) + "x"
        yield f"a word before {run!r}", "x" + _filled(run, letters - 1)
        yield f"a line after {run!r}", _filled(run, letters - 2) + "\nx"
    for one, other in combinations(_PAIRED, 2):
        yield f"{one!r} and {other!r} in turn", _filled(one + other, letters)
        half = letters // 2
        yield f"{one!r} and then {other!r}", _filled(one, half) + _filled(other, letters - half)
    yield "nested brackets", "(" * (letters // 2) + ")" * (letters // 2)
    yield "nested tags", "<b>" * (letters // 7) + "</b>" * (letters // 7)
    yield (
        "nested brackets of each kind",
        _filled("([{", letters // 2) + _filled("}])", letters // 2),
    )
    yield "an address and brackets", "https://a.vn/" + ")" * (letters - 13)
    yield "an address and open brackets", "https://a.vn/" + "()" * (letters // 2 - 7) + "("
    yield "an address without end", "https://" + "a" * (letters - 8)
    yield "a host without end", "https://" + _filled("a.", letters - 8)
    yield "an @ without end", "a@" * (letters // 2)
    yield "one word at the end", "a " * (letters // 2 - 3) + "hết"
    yield "all different words", " ".join(_syllables(letters))[:letters]
    yield "all different tags", " ".join(f"#{word}" for word in _syllables(letters))[:letters]
    yield "all different numbers", " ".join(map(str, range(10**6, 10**6 + letters)))[:letters]
    yield "different addresses", " ".join(f"a{n}.vn" for n in range(letters))[:letters]
    yield "different long addresses", " ".join(f"https://a{n}.vn" for n in range(letters))[:letters]
    yield "all of Unicode", "".join(chain(map(chr, range(0xA0, 0xD800, 13))))[:letters]


def _filled(run: str, letters: int) -> str:
    return (run * (letters // len(run) + 1))[:letters]


def _syllables(most: int) -> Iterator[str]:
    """Distinct words of three letters."""
    first, second, third = "bcdghklmnprstvx", "aeiouy", "cmnpt"
    pieces = [a + b + c for a in first for b in second for c in third]
    return iter([*pieces, *(f"{a} {b}" for a in pieces[:60] for b in pieces[:60])][:most])
