"""Malformed and extreme updates, and the rules that every answer must keep."""

from collections.abc import Iterator

from bot.sandbox.content import html_text
from bot.sandbox.content.entities import link_fault, utf16_length
from bot.sandbox.transport.api_error import ApiError
from handlers.messages import Answer, Button, Incoming, Media, MediaKind, Message, Reply
from handlers.recognition.plain_text import legible

TEXT_LIMIT, CAPTION_LIMIT, ACTION_BYTES, TOAST, COPY = 4096, 1024, 64, 200, 256
"""https://core.telegram.org/bots/api, checked against the sandbox's own."""

_FAMILY = "👩‍👩‍👧‍👦"
TEXTS = tuple(
    legible(text)
    for text in (
        "",
        " ",
        "\n\t \u00a0\u2003",
        "\u200b\u200d\ufeff\u2060",
        "\u202ekhông đảo ngược\u202c",
        "\u0000\u0007\u001b[31m",
        "\ud800 nửa chữ",
        "<b>đậm</i> & <script>alert(1)</script> &lt; &#0; {$name} %s",
        "<a href='https://hoaan.gov.vn@evil.example'>",
        _FAMILY * 40,
        "a\u0301" * 200,
        "Z\u0360\u0321\u0322" * 300,
        "0",
        "-1",
        "١٢",
        "²",
        "9" * 40,
        "1e9",
        "31/2 25h99",
        "1/1/0001 0:00",
        "31/12/9999 23:59",
        "32/13/99999",
        "8h thứ Tám",
        "sau 999999999999 ngày",
        "https://",
        "http://[::1",
        "https://user:pass@xn--80ak6aa92e.com:99999/%zz?#",
        "https://" + "a" * 300 + ".vn/" + "b" * 3700,
        "javascript:alert(1)",
        "HTTPS://ВК.com/ữ?x=" + "%F0%9F%98%80" * 50,
        "/",
        "//",
        "/ngungnhan@khac_bot luôn",
        "BCDFG23456",
        "chào",
        "đ" * 1023,
        "đ" * 1024,
        "đ" * 1025,
        "đ" * 4096,
        "😀" * 2048,
        "&" * 4096,
        "<" * 4096,
        "\n".join(["Dòng"] * 800),
        "\n".join("https://facebook.com/a/posts/" + str(n) for n in range(100)),
    )
)
"""Extreme texts that Telegram accepts, or nearly accepts."""

PLAUSIBLE = (
    "Ngày bầu cử 15/3",
    "Cử tri mang thẻ cử tri và căn cước đến nơi bỏ phiếu.",
    "https://hoaan.gov.vn/bau-cu",
    "19h30 mai",
    "12",
)
"""Texts that are valid answers to some question."""

ARGUMENTS = (
    "",
    "0",
    "1",
    "2",
    "-1",
    "+1",
    " 1",
    "1_0",
    "١٢",
    "²",
    "2147483647",
    "2147483648",
    "9" * 30,
    "1.5",
    "nan",
    "vi",
    "xx",
    "member",
    "owner",
    "all",
    "title",
    "<b>",
    "\u202e😀",
    "\ufffd",
    "::",
    "AAAAAA",
)
_DOCUMENT = Media(MediaKind.DOCUMENT, file="d", unique="d" * 60, name="<b>\u202efdp.exe" * 10)
MEDIA = (
    Media(MediaKind.PHOTO, file="p", unique="p"),
    _DOCUMENT,
    Media(MediaKind.VIDEO, file="v", unique="v", name=""),
    Media(MediaKind.VOICE, file="s", unique="s"),
)
NAMES = ("", "<b>Lan</b>", "\u202eLan", "\u200b", _FAMILY * 8, "L" * 129, "{ $x } & %s")


def violations(incoming: Incoming, answer: Answer) -> Iterator[str]:
    """The rules of Telegram and of this project that an answer violates."""
    replies = [piece for piece in answer if isinstance(piece, Reply)]
    if incoming.press is None and not incoming.album and not any(r.message for r in replies):
        yield "silence"
    for reply in replies:
        if utf16_length(reply.toast) > TOAST:
            yield f"a toast of {utf16_length(reply.toast)}"
        if reply.message:
            yield from _of_message(reply.message)


def _of_message(message: Message) -> Iterator[str]:
    try:
        text, _ = html_text.parse(message.text)
    except ApiError as refusal:
        yield f"{refusal.description}: {message.text[:200]!r}"
        return
    limit = CAPTION_LIMIT if message.media else TEXT_LIMIT
    if utf16_length(text) > limit:
        yield f"a text of {utf16_length(text)}"
    if not text.strip() and not message.media:
        yield "an empty text"
    for row in message.rows:
        for button in row:
            yield from _of_button(button)


def _of_button(button: Button) -> Iterator[str]:
    if not button.label.strip():
        yield f"a button without a label: {button}"
    if [bool(button.action), bool(button.url), bool(button.copy)].count(True) != 1:
        yield f"a button that does not do one thing: {button}"
    if len(button.action.encode()) > ACTION_BYTES:
        yield f"an action of {len(button.action.encode())} bytes: {button.action}"
    if button.url and link_fault(button.url):
        yield f"a button nobody can open: {button.url[:100]}"
    if utf16_length(button.copy) > COPY:
        yield f"{utf16_length(button.copy)} to copy"
