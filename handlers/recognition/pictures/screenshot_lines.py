"""What of the lines of a screenshot is the content: without names, times and the labels of the app.

In a picture the name of the author stands in a line of its own, above the time of the post. A line that
is nothing but the name of a person is cut off wherever it stands.
"""

import re

from handlers.recognition.author_heads import without_heads
from handlers.recognition.person_names import is_message, is_name, may_be_name

_STATUS_BAR = re.compile(r"\W*\d{1,2}[:.]\d{2}\b.{0,24}")
"""The time at the top of a phone's screen, with what stands beside it."""
_STATUS_LINES = 2
_AGO = re.compile(
    r"\W*(?:\d{1,2}\s*(?:giây|phút|giờ|ngày|tuần|tháng|năm|mins?|minutes?|hrs?|hours?|days?|weeks?|[smhdw])"
    r"|vừa xong|hôm qua|hôm nay|just now|yesterday|today)\b(?P<rest>.{0,40})",
    re.IGNORECASE,
)
_BESIDE_AGO = re.compile(
    r"(?:\W|\d|trước|ago|lúc|at|công khai|public|bạn bè|friends|đã chỉnh sửa|edited)*",
    re.IGNORECASE,
)
_BELOW_COMMENT = re.compile(r"(?:\W|\d|thích|trả lời|phản hồi|like|reply)+", re.IGNORECASE)
"""Beside the time of a comment, which stands below it, not below its author's name."""
_LABELS = re.compile(
    r"(?:\W|\d|[KkMm]\b|thích|yêu thích|bình luận|chia sẻ|trả lời|phản hồi|xem thêm|theo dõi|tham gia"
    r"|viết bình luận|lượt|like|comments?|shares?|reply|follow|see more|send|gửi)+",
    re.IGNORECASE,
)
_NAME_CHARACTERS = 64


def content_of(text: str) -> str:
    """The lines of a screenshot that are not about who wrote it, in the same order."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    kept: list[str] = []
    for number, line in enumerate(lines):
        beside = _AGO.fullmatch(line)
        if beside and _BESIDE_AGO.fullmatch(beside["rest"]):
            if kept and _may_be_author(kept[-1]):
                kept.pop()
        elif not (
            (number < _STATUS_LINES and _STATUS_BAR.fullmatch(line))
            or (beside and _BELOW_COMMENT.fullmatch(beside["rest"]))
            or is_name(line)
            or _is_label(line)
        ):
            kept.append(line)
    return without_heads("\n".join(kept)).strip()


def _may_be_author(line: str) -> bool:
    short = len(line) <= _NAME_CHARACTERS
    return short and may_be_name(line) and not is_message(line)


def _is_label(line: str) -> bool:
    """Whether the line has only labels of an app, no number that something may hang on."""
    return _LABELS.fullmatch(line) is not None and any(map(str.isalpha, line))
