"""Notes of officers about a case, for other officers."""

from collections.abc import Sequence

from sqlmodel import col, select

from storage.database import Tx, id_of, sealing
from storage.models import Case, CaseNote

_TEXT = "casenote.text"


async def write(tx: Tx, case: Case, officer_id: int, text: str) -> None:
    """Adds a note."""
    note = CaseNote(case_id=id_of(case), officer_id=officer_id, written_at=tx.clock.now())
    await sealing.add(tx, note, text=text)


async def newest(tx: Tx, case: Case, *, limit: int) -> Sequence[CaseNote]:
    """The newest notes that are not erased, newest first."""
    return await tx.all(
        select(CaseNote)
        .where(CaseNote.case_id == case.id, col(CaseNote.text_sealed).is_not(None))
        .order_by(col(CaseNote.id).desc())
        .limit(limit)
    )


def text_of(tx: Tx, note: CaseNote) -> str:
    """The text of a note."""
    return sealing.opened(tx, _TEXT, note.text_sealed, note) if note.text_sealed else ""
