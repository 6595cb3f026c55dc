"""Multipart requests, with file names as lenient as Telegram reads them.

It follows TDLib's `HttpReader`: a value may be quoted or not, is decoded from percent-encoding, and
a part with a `filename` is a file. Some libraries write names of files without quotes, in UTF-8.
"""

import re
from collections.abc import Iterator, Mapping
from email.message import Message
from typing import NamedTuple
from urllib.parse import unquote

from aiohttp import web

PARTS_LIMIT = 1000
HEAD_LIMIT = 8192
"""Bytes of the headers of a part."""
_PARAMETER = re.compile(
    r'\s*(?P<key>[^=;]*?)\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^;"][^;]*)?)\s*(?:;|$)',
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Upload(NamedTuple):
    """A file of a multipart request: name, MIME type and bytes."""

    file_name: str
    mime_type: str
    content: bytes


async def read_parts(request: web.Request) -> list[tuple[str, str | Upload]]:
    """The parts of a multipart request in order. Raises ValueError when it is malformed."""
    return parts_of(await request.read(), request.headers.get("Content-Type", ""))


def parts_of(body: bytes, content_type: str) -> list[tuple[str, str | Upload]]:
    """The parts of a multipart body in order. Raises ValueError when it is malformed."""
    described = Message()
    described["Content-Type"] = content_type
    boundary = described.get_boundary()
    if not boundary:
        raise ValueError("The multipart body has no boundary")
    return [_part(head, content) for head, content in _split(body, boundary)]


def _split(body: bytes, boundary: str) -> Iterator[tuple[bytes, bytes]]:
    """The headers and the content of each part: RFC 2046, section 5.1.1."""
    _, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if not 0 < len(parts) <= PARTS_LIMIT + 1 or not parts.pop().startswith(b"--"):
        raise ValueError("The multipart body does not end, or has too many parts")
    for part in parts:
        head, separator, content = part.partition(b"\r\n\r\n")
        if not separator or len(head) > HEAD_LIMIT:
            raise ValueError("A part of the multipart body has no content, or too long a head")
        yield head, content


def _part(head: bytes, content: bytes) -> tuple[str, str | Upload]:
    lines = (line.partition(":") for line in head.decode().split("\r\n"))
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    parameters = _disposition(headers.get("content-disposition", ""))
    if not parameters.get("name"):
        raise ValueError("A part of the multipart body has no name")
    file_name = _file_name(parameters)
    if file_name is None:
        return parameters["name"], content.decode()
    mime_type = headers.get("content-type", "").partition(";")[0].strip()
    upload = Upload(file_name, mime_type or "application/octet-stream", content)
    return parameters["name"], upload


def _disposition(header: str) -> Mapping[str, str]:
    """The parameters of `form-data; …`. Raises ValueError when a quoted value does not end."""
    kind, _, rest = header.partition(";")
    parameters: dict[str, str] = {}
    while kind == "form-data" and rest.strip():
        if (found := _PARAMETER.match(rest)) is None:
            raise ValueError("A Content-Disposition cannot be read")
        quoted, bare = found["quoted"], (found["bare"] or "").strip()
        value = bare if quoted is None else _ESCAPED.sub(r"\1", quoted)
        parameters[found["key"]] = unquote(value)
        rest = rest[found.end() :]
    return parameters


def _file_name(parameters: Mapping[str, str]) -> str | None:
    """The name of the file; None for a part that is none. `filename*` (RFC 5987) counts only alone."""
    extended = parameters.get("filename*")
    return parameters.get("filename", extended and extended.rpartition("''")[2])
