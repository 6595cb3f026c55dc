"""Every sentence is there in both languages, is used, and can be shown where it is shown."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import product

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from handlers.registry import CAPABILITIES
from tests.support.paths import PROJECT

LANGUAGES = ("vi", "en")
LAYERS = ("bot", "handlers", "scheduler")

HTML_TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}
"""Of Telegram's HTML subset (Bot API, "Formatting options")."""
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u260f\u2612-\u2712\u2714-\u27bf\u2b50]")
"""Pictures; boxes (☐ ☑) and ticks (✓) are marks."""
MISLEADING = (
    "ngờ ngợ",  # vaguely familiar, not suspicious
    "ghi vào nhật ký không sửa được",  # also: the log cannot be mended
    "người phụ trách máy chủ",
    "gỡ tạm dừng",
    "trụ sở tiếp dân",
    "cơ quan chủ quản",  # a superior body, not who runs the bot
    "tạm dừng <b>",  # a membership is suspended, not a person
    "giá trị",  # of stamps and tickets; announcements are in force: hiệu lực
    "đồng nghiệp",
    "đường dẫn",  # an address is a liên kết
    "nguồn xác minh",
    "bị báo",
    "ứng viên",  # for a job; the law says người ứng cử
    "ứng cử viên",
    "mã vụ việc: <b>",  # to whom reports a post it is the mã theo dõi
    "uỷ ban",  # official names keep the official spelling: Ủy ban
    "văn hoá",
)
"""Words that do not say what was meant, or say something else."""
FORMS = re.compile(r"\b(?:bạn(?! bè| đọc)|anh/chị)\b", re.IGNORECASE)
"""How members and officers are spoken to in Vietnamese."""
TO_ANYBODY = re.compile(
    "you$|privacy-|introduction-|menu-|joining-(?!already|raised|press)|members-only|inviting-card"
    "|people-offered|leaving-stranger|data-(?:nothing|page|column|table)|copy-again-why"
    "|correction-notice|recalled-copy"
)
"""Sentences for strangers, and those that are written once for members of every role."""
WORDS_MOST = 35
"""Units between spaces in one sentence; what is longer is not understood at the first reading."""
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n")
REFUSALS = {"UserError": 0, "require": 1, "found": 1}
"""What refuses something, and which of its arguments is the key of the sentence."""
COMMAND = re.compile(r"(?<![\w<])/(?:[a-z]{2,}|x\b)")
WHAT_TO_DO = re.compile(
    r"(?:\bx|mời|vui lòng|hãy|nhờ|xin|cần)(?: x| bạn)?(?: cần| chỉ cần| vẫn)? (?:báo|bớt|chọn|chờ|đóng|đừng|ghi|giữ"
    r"|gõ|gỡ|gửi|hỏi|kiểm tra|liên hệ|mở|mời|nâng|nhờ|rút gọn|sửa|thử|tóm tắt|trả lời|viết|xem)\b",
    re.IGNORECASE,
)
"""An imperative behind whom it is for."""
NOTHING_TO_DO = re.compile(
    r"cảm ơn x|không cần|sẽ (?:nhắn|trả lời|duyệt)|chưa gửi gì|vẫn như cũ", re.IGNORECASE
)
"""The person is thanked, has nothing to do, or is told who will."""
SPEAKERS = {"say", "plain", "button", "UserError"}
"""What is called with the key of a sentence first."""
READER = {"you", "You"}
"""How a sentence speaks to its reader: every sentence may (`handlers.conversation.i18n.Speech`)."""
PLAIN_SPEAKERS = {"plain", "button"}
"""Those whose sentence is shown where no HTML is read."""


@cache
def sentences(language: str) -> dict[str, ftl.Pattern]:
    """Key to pattern."""
    text = (PROJECT / f"handlers/locales/{language}.ftl").read_text("utf-8")
    entries = FluentParser().parse(text).body
    broken = [entry.content for entry in entries if isinstance(entry, ftl.Junk)]
    assert not broken, f"{language}.ftl cannot be read: {broken}"
    messages = [entry for entry in entries if isinstance(entry, ftl.Message)]
    keys = [message.id.name for message in messages]
    assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]
    return {m.id.name: m.value for m in messages if m.value is not None}


def variables(pattern: ftl.Pattern) -> set[str]:
    """The names of the values a sentence needs from the code."""
    found: set[str] = set()

    class Names(Visitor):
        def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
            found.add(node.id.name)

    Names().visit(pattern)
    return found - READER


def readings(pattern: ftl.Pattern) -> list[str]:
    """Every text a sentence can become, with `x` for each value."""
    pieces = [_readings_of(element) for element in pattern.elements]
    return ["".join(chosen) for chosen in product(*pieces)]


def _readings_of(element: ftl.TextElement | ftl.Placeable) -> list[str]:
    if isinstance(element, ftl.TextElement):
        return [element.value or ""]
    if isinstance(element.expression, ftl.SelectExpression):
        variants = element.expression.variants
        return [text for variant in variants for text in readings(variant.value)]
    return ["x"]


@cache
def _trees() -> list[ast.Module]:
    files = [file for layer in LAYERS for file in (PROJECT / layer).rglob("*.py")]
    return [ast.parse(file.read_text("utf-8")) for file in files]


def _nodes() -> Iterator[ast.AST]:
    for tree in _trees():
        yield from ast.walk(tree)


def literals() -> set[str]:
    """Every text that stands in the code."""
    return {n.value for n in _nodes() if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def prefixes() -> set[str]:
    """What stands before the first value of an f-string, where it can be the start of a key."""
    starts = (n.values[0] for n in _nodes() if isinstance(n, ast.JoinedStr) and n.values)
    texts = (s.value for s in starts if isinstance(s, ast.Constant))
    return {text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z-]+-", text)}


def spoken(speakers: set[str]) -> Iterator[ast.expr]:
    """The first arguments of the calls that speak."""
    for node in _nodes():
        if isinstance(node, ast.Call) and node.args and _name(node.func) in speakers:
            yield from _branches(node.args[0])


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    # `plain` alone is the function that takes diacritics off.
    return function.id if isinstance(function, ast.Name) and function.id != "plain" else ""


def _branches(argument: ast.expr) -> Iterator[ast.expr]:
    if isinstance(argument, ast.IfExp):
        yield from _branches(argument.body)
        yield from _branches(argument.orelse)
    else:
        yield argument


def spoken_keys(speakers: set[str]) -> set[str]:
    """Keys that stand in the code as the first argument of these calls."""
    return {
        argument.value
        for argument in spoken(speakers)
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def spoken_prefixes(speakers: set[str]) -> set[str]:
    """The literal starts of keys that are made up of one and a value."""
    starts = (a.values[0] for a in spoken(speakers) if isinstance(a, ast.JoinedStr))
    return {s.value for s in starts if isinstance(s, ast.Constant) and isinstance(s.value, str)}


def menu_keys() -> set[str]:
    """The sentence of every line of the command menu."""
    commands = [command for routes in CAPABILITIES for command in routes.commands]
    return {f"menu-{command.en}" for command in commands if command.in_menu}


def tags_out_of_order(text: str) -> list[str]:
    """Tags that are unknown, not closed, or closed in the wrong place."""
    reader = _Tags()
    reader.feed(text)
    reader.close()
    return reader.wrong + reader.open


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag not in HTML_TAGS:
            self.wrong.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_both_languages_have_the_same_sentences() -> None:
    assert set(sentences("vi")) ^ set(sentences("en")) == set()


def test_a_sentence_needs_the_same_values_in_both_languages() -> None:
    english = sentences("en")
    for key, pattern in sentences("vi").items():
        if key in english:
            assert variables(pattern) == variables(english[key]), key


def test_every_sentence_the_code_speaks_is_there() -> None:
    assert spoken_keys(SPEAKERS) - set(sentences("vi")) == set()


def test_every_key_made_of_a_start_and_a_value_has_sentences() -> None:
    keys = sentences("vi")
    unpaired = {p for p in spoken_prefixes(SPEAKERS) if not any(key.startswith(p) for key in keys)}
    assert unpaired == set()


def test_no_sentence_is_left_over() -> None:
    used, starts = literals(), tuple(prefixes() - {"menu-"})
    keys = {key for key in sentences("vi") if not key.startswith("menu-")}
    assert {key for key in keys if key not in used and not key.startswith(starts)} == set()


def test_the_menu_has_a_line_for_every_command_and_no_other() -> None:
    lines = {key for key in sentences("vi") if key.startswith("menu-")}
    assert lines - literals() - menu_keys() == set()
    assert menu_keys() - lines == set()


def test_what_an_officer_may_read_speaks_to_them_as_an_officer() -> None:
    for key, pattern in sentences("vi").items():
        if not TO_ANYBODY.match(key):
            said = " ".join(readings(pattern))
            assert not FORMS.search(said), f"{key}: say {{ $you }} or {{ $You }}"


@pytest.mark.parametrize("words", MISLEADING)
def test_words_that_mislead_are_not_used_again(words: str) -> None:
    texts = {key: " ".join(readings(pattern)).lower() for key, pattern in sentences("vi").items()}
    assert [key for key, text in texts.items() if words in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_too_long_to_be_read_once(language: str) -> None:
    for key, pattern in sentences(language).items():
        for text in readings(pattern):
            for sentence in SENTENCE_END.split(re.sub(r"</?[^>]+>", "", text)):
                assert len(sentence.split()) <= WORDS_MOST, f"{key}: {sentence}"


def refusing_keys() -> set[str]:
    """Keys of the sentences with which an update is refused."""
    found = set()
    for node in _nodes():
        name = _name(node.func) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name in REFUSALS and len(node.args) > REFUSALS[name]:
            arguments = _branches(node.args[REFUSALS[name]])
            found |= {str(one.value) for one in arguments if isinstance(one, ast.Constant)}
    return found & set(sentences("vi"))


def says_what_to_do(text: str) -> bool:
    """Whether the text names a command or asks for something, or says that nothing is to be done."""
    return any(one.search(text) for one in (COMMAND, WHAT_TO_DO, NOTHING_TO_DO))


def test_whoever_is_refused_reads_what_to_do_next() -> None:
    assert len(refusing_keys()) > 100
    vi = sentences("vi")
    silent = {
        key: text
        for key in refusing_keys()
        if "contact" not in variables(vi[key])
        for text in readings(vi[key])
        if not says_what_to_do(text)
    }
    assert silent == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_is_quoted_by_reference(language: str) -> None:
    """A typed label would be wrong once the button has another name."""
    spoken = {key: sentences(language).get(key) for key in spoken_keys({"button"})}
    labels = {
        re.escape(readings(one)[0])
        for one in spoken.values()
        if one and all(isinstance(piece, ftl.TextElement) for piece in one.elements)
    }
    quoted = re.compile(
        rf"“(?:{'|'.join(labels)})”|(?:chọn|choose) (?:{'|'.join(labels)})(?=[.,;]| hay| or|$)"
    )
    for key, pattern in sentences(language).items():
        for text in readings(pattern):
            assert not quoted.search(text), f"{key}: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_tags_are_telegrams_and_closed_in_order(language: str) -> None:
    for key, pattern in sentences(language).items():
        for text in readings(pattern):
            assert tags_out_of_order(text) == [], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_without_html_has_none(language: str) -> None:
    """Button labels, toasts, menu lines, and what is said to somebody who pressed a button."""
    keys = spoken_keys(PLAIN_SPEAKERS) | spoken_keys({"UserError"}) | menu_keys()
    starts = tuple(spoken_prefixes(PLAIN_SPEAKERS))
    for key, pattern in sentences(language).items():
        if key in keys or (starts and key.startswith(starts)):
            assert not re.search(r"[<>]|&\w+;", " ".join(readings(pattern))), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_more_than_one_picture(language: str) -> None:
    for key, pattern in sentences(language).items():
        for text in readings(pattern):
            assert len(EMOJI.findall(text)) <= 1, key
