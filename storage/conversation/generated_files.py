"""What the bot made and a messenger will fetch by a link, so that any process can answer for it."""

from base64 import b64decode, b64encode
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from storage.database import sealing
from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.models import GeneratedFile

_FIELD = "generatedfile.content"


async def keep(tx: Tx, messenger: str, chat: str, content: bytes, until: datetime) -> int:
    """Holds a file for one chat until then, and gives its number; those whose time is over go."""
    await purge(tx, tx.clock.now())
    row = GeneratedFile(
        lookup=sealing.chat_lookup(tx, messenger, chat),
        expires_at=until,
    )
    await sealing.add(tx, row, content=b64encode(content).decode())
    return id_of(row)


async def fetch(tx: Tx, number: int) -> bytes | None:
    """The file; None when it is gone, with its time or with its chat.

    Raises:
        SealBroken: it stands under a key that is not here, or belongs to another row.
    """
    row = (await tx.session.exec(select(GeneratedFile).where(GeneratedFile.id == number))).first()
    if row is None:
        return None
    return b64decode(sealing.opened(tx, _FIELD, row.content_sealed, row))


async def clear(tx: Tx, lookup: bytes) -> None:
    """Forgets what was made for this chat (its keyed hash)."""
    await tx.session.exec(delete(GeneratedFile).where(col(GeneratedFile.lookup) == lookup))


async def purge(tx: Tx, before: datetime) -> int:
    """Forgets what was to be held until `before` or less long; returns how many files."""
    over = delete(GeneratedFile).where(col(GeneratedFile.expires_at) <= before)
    return (await tx.session.exec(over)).rowcount
