"""Files of all messages, by the ids and paths that the Bot API uses."""

import base64
import hashlib
from dataclasses import dataclass
from itertools import count
from pathlib import PurePath

from bot.sandbox.transport import JsonObject


@dataclass(frozen=True)
class StoredFile:
    """A file in memory; `path` is relative to `/file/bot<token>/`."""

    file_id: str
    unique_id: str
    path: str
    content: bytes
    mime_type: str

    def reference(self) -> JsonObject:
        """The fields that every file object of the Bot API has; `file_size` in bytes."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }


class FileStore:
    """Every file sent since the sandbox started; none is ever removed."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._media: dict[str, JsonObject] = {}
        self._numbers = count(1)

    def add(self, folder: str, content: bytes, *, extension: str, mime_type: str) -> StoredFile:
        """Stores bytes under a new id; equal bytes have an equal `unique_id`."""
        number = next(self._numbers)
        file = StoredFile(
            file_id=f"AgAC{_token(f'id {number}'.encode(), 36)}",
            unique_id=f"AQAD{_token(content, 9)}",
            path=f"{folder}/file_{number}{extension}",
            content=content,
            mime_type=mime_type,
        )
        self._by_id[file.file_id] = file
        self._by_path[file.path] = file
        return file

    def keep_media(self, media: JsonObject, files: list[StoredFile]) -> None:
        """Remembers the message content to send again for the id of any of these files."""
        for file in files:
            self._media[file.file_id] = media

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file with this `file_id`."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file with this `file_path` of `getFile`."""
        return self._by_path.get(path)

    def media(self, file_id: str) -> JsonObject | None:
        """The content to send again for a file id: `{"photo": …}`, `{"document": …}` and so on."""
        return self._media.get(file_id)


def extension_of(file_name: str) -> str:
    """The suffix of a file name, in lower case, with its dot, at most 16 characters."""
    return PurePath(file_name).suffix.lower()[:16]


def _token(seed: bytes, length: int) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(seed).digest() * 2)[:length].decode()
