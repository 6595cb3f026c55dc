"""A question of an officer to everyone who flagged a case, and their answers without names.

An answer shows to officers with its batch, in a random order and without a time
(refusal: no-disclosure-of-flaggers).
"""

from collections.abc import Sequence

from sqlmodel import col, delete, func, select, update
from sqlmodel.sql.expression import SelectOfScalar

from storage.database import Tx, id_of, sealing
from storage.models import Case, CaseAnswer, CaseQuestion

_TEXT = "casequestion.text"
_ANSWER = "caseanswer.text"
_MARK_BITS = 2**31 - 1


async def ask(tx: Tx, case: Case, officer_id: int, text: str) -> CaseQuestion:
    """A new question, its words sealed; the caller holds the case and knows that none is open."""
    question = CaseQuestion(
        case_id=id_of(case), officer_id=officer_id, asked_at=tx.clock.now(), closed_at=None
    )
    await sealing.add(tx, question, text=text)
    return question


async def newest(tx: Tx, case: Case) -> CaseQuestion | None:
    """The last question about a case, open or closed."""
    query = select(CaseQuestion).where(CaseQuestion.case_id == case.id)
    return await tx.first(query.order_by(col(CaseQuestion.id).desc()))


async def open_one(tx: Tx, case: Case) -> CaseQuestion | None:
    """The question that can be answered; a case has one at most."""
    question = await newest(tx, case)
    return question if question and is_open(question) else None


def is_open(question: CaseQuestion) -> bool:
    """Whether it can be answered: not closed, as it is with its case, and its words are kept."""
    return question.closed_at is None and question.text_sealed is not None


async def numbered(tx: Tx, number: int) -> tuple[CaseQuestion, Case] | None:
    """The question with this id, and its case."""
    query = select(CaseQuestion, Case).join(Case, col(Case.id) == CaseQuestion.case_id)
    row = await tx.first(query.where(CaseQuestion.id == number))
    return (row[0], row[1]) if row else None


def text_of(tx: Tx, question: CaseQuestion) -> str:
    """What the officer asked; empty once the officer has had their data erased."""
    sealed = question.text_sealed
    return sealing.opened(tx, _TEXT, sealed, question) if sealed else ""


async def close(tx: Tx, case: Case) -> None:
    """Closes the question of a case, if one is open; what was answered stays."""
    still_open = (col(CaseQuestion.case_id) == case.id, col(CaseQuestion.closed_at).is_(None))
    await tx.session.exec(update(CaseQuestion).where(*still_open).values(closed_at=tx.clock.now()))


async def move(tx: Tx, source: Case, target: Case) -> None:
    """Closes the question of a case that becomes part of another, which has its own."""
    await close(tx, source)
    of_source = col(CaseQuestion.case_id) == source.id
    if await newest(tx, target) is None:
        await tx.session.exec(update(CaseQuestion).where(of_source).values(case_id=target.id))


async def erase(tx: Tx, case: Case) -> None:
    """Erases the questions of a case with their answers."""
    questions = select(CaseQuestion.id).where(CaseQuestion.case_id == case.id)
    await tx.session.exec(delete(CaseAnswer).where(col(CaseAnswer.question_id).in_(questions)))
    await tx.session.exec(delete(CaseQuestion).where(col(CaseQuestion.case_id) == case.id))


async def answer(tx: Tx, question: CaseQuestion, member_id: int, text: str) -> bool:
    """Stores a member's answer, which officers see with the batch; False for a second one."""
    if await has_answered(tx, question, member_id):
        return False
    given = CaseAnswer(
        question_id=id_of(question),
        member_id=member_id,
        mark=tx.ids.number() & _MARK_BITS,
        shown_from=tx.batches.end(tx.clock.now()),
    )
    await sealing.add(tx, given, text=text)
    return True


async def has_answered(tx: Tx, question: CaseQuestion, member_id: int) -> bool:
    """Whether this member has answered; for that member only."""
    query = select(CaseAnswer.id).where(
        CaseAnswer.question_id == question.id, CaseAnswer.member_id == member_id
    )
    return await tx.first(query) is not None


async def shown_answers(
    tx: Tx, question: CaseQuestion, *, limit: int, offset: int = 0
) -> Sequence[str]:
    """The answers that officers see now, in a random order that stays."""
    query = _shown(tx, question).order_by(col(CaseAnswer.mark), col(CaseAnswer.id))
    return [
        sealing.opened(tx, _ANSWER, row.text_sealed, row)
        for row in await tx.all(query.limit(limit).offset(offset))
    ]


async def count_shown(tx: Tx, question: CaseQuestion) -> int:
    """How many answers officers see now."""
    return await tx.one(select(func.count()).select_from(_shown(tx, question).subquery()))


def _shown(tx: Tx, question: CaseQuestion) -> SelectOfScalar[CaseAnswer]:
    return select(CaseAnswer).where(
        CaseAnswer.question_id == question.id, col(CaseAnswer.shown_from) <= tx.clock.now()
    )
