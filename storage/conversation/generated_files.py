"""Generated files that a messenger downloads by a link; stored, so that any process can serve them."""

from base64 import b64decode, b64encode
from datetime import datetime

from sqlmodel import col, delete, select

from storage.database import Tx, id_of, sealing
from storage.models import GeneratedFile

_FIELD = "generatedfile.content"


async def keep(tx: Tx, messenger: str, chat: str, content: bytes, until: datetime) -> int:
    """Stores a file for one chat until `until` and returns its id; deletes expired files."""
    await purge(tx, tx.clock.now())
    row = GeneratedFile(
        lookup=sealing.chat_lookup(tx, messenger, chat),
        expires_at=until,
    )
    await sealing.add(tx, row, content=b64encode(content).decode())
    return id_of(row)


async def fetch(tx: Tx, number: int) -> bytes | None:
    """The file; None when it has expired, or its chat was removed.

    Raises:
        SealBroken: its key is missing, or it belongs to another row.
    """
    row = await tx.first(select(GeneratedFile).where(GeneratedFile.id == number))
    return None if row is None else b64decode(sealing.opened(tx, _FIELD, row.content_sealed, row))


async def clear(tx: Tx, lookup: bytes) -> None:
    """Deletes the files of this chat (its keyed hash)."""
    await tx.session.exec(delete(GeneratedFile).where(col(GeneratedFile.lookup) == lookup))


async def purge(tx: Tx, before: datetime) -> int:
    """Deletes files that expire by `before`; returns their number."""
    return await tx.count_changed(
        delete(GeneratedFile).where(col(GeneratedFile.expires_at) <= before)
    )
