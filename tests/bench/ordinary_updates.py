"""What members do on an ordinary day, as the updates that Telegram brings of it."""

import time
from collections.abc import Iterator
from itertools import count
from typing import Any

from tests.bench.benchmark_members import chat_of
from tests.bench.synthetic_posts import PostGenerator

_SHARED, _NOT_FOR_ME = "shared:1", "notforme:1"
_KNOWN, _UNKNOWN = "known", "unknown"
MIX = (
    *([_SHARED] * 9),
    *([_NOT_FOR_ME] * 2),
    *(["/thongbao"] * 3),
    *([_KNOWN] * 3),
    _UNKNOWN,
    "/caidat",
    "/trogiup",
)
"""Of twenty updates; in election week most are taps under an announcement."""
_AT = int(time.time())


class UpdateGenerator:
    """Updates of one member after the other, each as long ago as can be."""

    def __init__(self, members: int, said: list[str]) -> None:
        self._numbers = count()
        self._members, self._said = members, said
        self._tongue = PostGenerator()

    def updates(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The chat it comes from, and the update."""
        for number in self._numbers:
            chat = int(chat_of(number % self._members + 1))
            # Past the end of the mix and of the members, nobody does the same as the time before.
            wanted = MIX[(number + number // self._members) % len(MIX)]
            yield chat, {"update_id": number + 1, **self._happening(chat, number, wanted)}

    def _happening(self, chat: int, number: int, wanted: str) -> dict[str, Any]:
        person = {"id": chat, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
        message = {
            "message_id": number + 1,
            "date": _AT,
            "chat": {"id": chat, "type": "private", "first_name": "Lan"},
        }
        if wanted in (_SHARED, _NOT_FOR_ME):
            # Named after the chat, so that the answer to the press says whose it is.
            press = {"id": str(chat), "from": person, "chat_instance": "1", "data": wanted}
            return {"callback_query": press | {"message": message | {"text": "…"}}}
        said = message | {"from": person, "text": self._words(number, wanted)}
        if wanted in (_KNOWN, _UNKNOWN):
            said["forward_origin"] = {"type": "hidden_user", "sender_user_name": "Ai", "date": _AT}
        return {"message": said}

    def _words(self, number: int, wanted: str) -> str:
        if wanted == _KNOWN:
            return self._said[number % (len(self._said) - 1) + 1]
        return self._tongue.noisy(self._tongue.post()) if wanted == _UNKNOWN else wanted
