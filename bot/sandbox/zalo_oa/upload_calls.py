"""`/v2.0/oa/upload/…`: pictures and files that a later message refers to.

Limits: images of 1 MB (jpg, png), GIFs and files (PDF, DOC, DOCX) of 5 MB, names of 200 characters.
A name without an extension is answered with success and no data, as the platform does.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.sandbox.content import media
from bot.sandbox.content.files import extension_of
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import (
    ApiError,
    JsonObject,
    OaError,
    Parameters,
    Upload,
    check_limit,
    check_shape,
    of_type,
)

MEGABYTE = 1024 * 1024
NAME_LIMIT = 200


@dataclass(frozen=True)
class UploadMethod:
    """One of the three calls; `answer_field` is what its answer calls the id."""

    kind: str
    extensions: Collection[str]
    limit_bytes: int
    answer_field: str

    def __call__(self, state: SandboxState, parameters: Parameters) -> JsonObject:
        """Stores the part `file`. Raises OaError: -201 for its type, -210 for its size, -211."""
        upload = of_type(parameters.upload("file"), Upload, "file")
        check_shape(upload.content, "file")
        check_limit(len(upload.file_name) <= NAME_LIMIT, "file name")
        extension = extension_of(upload.file_name)
        if not extension:
            return {}
        check_shape(extension in self.extensions, "file type")
        check_limit(len(upload.content) <= self.limit_bytes, "file size")
        try:
            content = media.store_upload(
                state.files, upload, "document" if self.kind == "file" else "photo"
            )
        except ApiError:
            raise OaError(-201, "file is invalid") from None
        return {self.answer_field: state.oa.attachments.add(self.kind, content)}


UPLOADS = {
    f"v2.0/oa/upload/{method.kind}": method
    for method in (
        UploadMethod("image", (".jpg", ".jpeg", ".png"), MEGABYTE, "attachment_id"),
        UploadMethod("gif", (".gif",), 5 * MEGABYTE, "attachment_id"),
        UploadMethod("file", (".pdf", ".doc", ".docx"), 5 * MEGABYTE, "token"),
    )
}
