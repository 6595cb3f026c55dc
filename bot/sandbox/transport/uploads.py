"""Files inside multipart requests."""

from typing import NamedTuple

from aiohttp import web


class Upload(NamedTuple):
    """A file of a multipart request: name, MIME type and bytes."""

    file_name: str
    mime_type: str
    content: bytes


async def read_parts(request: web.Request) -> list[tuple[str, str | Upload]]:
    """The parts of a multipart body in order. Raises ValueError when it is malformed."""
    return [(name, _part(value)) for name, value in (await request.post()).items()]


def _part(value: str | bytes | bytearray | web.FileField) -> str | Upload:
    if isinstance(value, web.FileField):
        return Upload(value.filename, value.content_type, value.file.read())
    return value if isinstance(value, str) else bytes(value).decode()
