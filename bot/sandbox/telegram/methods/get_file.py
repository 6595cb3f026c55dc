"""`getFile`: the download path of a file."""

from bot.sandbox.state import SandboxState
from bot.sandbox.transport import JsonObject, Parameters, bad_request, require

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes of the largest file a bot may download."""


def get_file(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Returns the `File` with its `file_path`; ApiError past 20 MB. The path never expires."""
    file_id = parameters.text("file_id")
    require(file_id, "file_id not specified")
    file = state.files.by_id(file_id)
    if file is None:
        raise bad_request("invalid file_id")
    require(len(file.content) <= DOWNLOAD_LIMIT, "file is too big")
    return file.reference() | {"file_path": file.path}
