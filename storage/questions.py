"""Questions of members to the officers, from asking to the public answer."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Text, cast, col, delete, func, or_, select, update

from storage.database import Tx, sealing
from storage.database.state_machine import WrongState, transition
from storage.models import Delivery, Mailing, PublicAnswer, Question, QuestionState

_TEXT = "question.text"
_ANSWER = "question.answer"
_S = QuestionState
OPEN = (_S.NEW, _S.TAKEN)
TRANSITIONS: Mapping[QuestionState, Collection[QuestionState]] = {
    _S.NEW: {_S.TAKEN},
    _S.TAKEN: {_S.NEW, _S.TAKEN, _S.ANSWERED, _S.CLOSED},
    _S.ANSWERED: set(),
    _S.CLOSED: set(),
}


async def ask(tx: Tx, member_id: int, text: str, announcement_id: int | None) -> Question:
    """Stores a question, its text sealed."""
    question = Question(
        member_id=member_id,
        announcement_id=announcement_id,
        state=_S.NEW,
        asked_at=tx.clock.now(),
    )
    await sealing.add(tx, question, text=text)
    return question


async def count_since(tx: Tx, member_id: int, since: datetime) -> int:
    """Number of questions a member asked after `since`, without withdrawn ones."""
    return await tx.one(
        select(func.count()).where(Question.member_id == member_id, col(Question.asked_at) > since)
    )


async def find(tx: Tx, number: int) -> Question | None:
    """The question with this id; not locked."""
    return await tx.session.get(Question, number)


async def lock(tx: Tx, number: int) -> Question | None:
    """The same question, refreshed and locked until the end of the transaction."""
    return await tx.session.get(Question, number, with_for_update=True, populate_existing=True)


def text_of(tx: Tx, question: Question) -> str:
    """The text of a question."""
    return sealing.opened(tx, _TEXT, question.text_sealed, question)


def answer_of(tx: Tx, question: Question) -> str:
    """The text of the answer; empty without one."""
    sealed = question.answer_sealed
    return sealing.opened(tx, _ANSWER, sealed, question) if sealed else ""


async def waiting(tx: Tx, *, offset: int, limit: int) -> list[Question]:
    """A page of the questions without an answer, the oldest first."""
    query = select(Question).where(col(Question.state).in_(OPEN))
    return list(await tx.all(query.order_by(col(Question.id)).offset(offset).limit(limit)))


async def answered(tx: Tx, *, offset: int, limit: int) -> list[Question]:
    """A page of the answered questions, the newest answer first."""
    query = select(Question).where(Question.state == _S.ANSWERED)
    order = col(Question.ended_at).desc(), col(Question.id).desc()
    return list(await tx.all(query.order_by(*order).offset(offset).limit(limit)))


async def count_open(tx: Tx) -> int:
    """Number of open questions."""
    return await tx.one(select(func.count()).where(col(Question.state).in_(OPEN)))


async def take(tx: Tx, question: Question, officer_id: int) -> None:
    """Assigns a question to an officer."""
    transition(TRANSITIONS, question, _S.TAKEN)
    question.officer_id = officer_id
    await tx.session.flush()


async def give_back(tx: Tx, question: Question) -> None:
    """Unassigns a question."""
    transition(TRANSITIONS, question, _S.NEW)
    question.officer_id = None
    await tx.session.flush()


async def answer(tx: Tx, question: Question, text: str) -> None:
    """Stores the answer, sealed, since it may quote the question."""
    transition(TRANSITIONS, question, _S.ANSWERED)
    question.answer_sealed = sealing.seal(tx, _ANSWER, text, question)
    question.ended_at = tx.clock.now()
    await tx.session.flush()


async def close(tx: Tx, question: Question) -> None:
    """Closes a question without an answer."""
    transition(TRANSITIONS, question, _S.CLOSED)
    question.ended_at = tx.clock.now()
    await tx.session.flush()


async def erase(tx: Tx, question: Question) -> None:
    """Erases a question that its member withdrew."""
    await tx.session.delete(question)
    await tx.session.flush()


async def erase_of(tx: Tx, member_id: int, states: Collection[QuestionState]) -> None:
    """Erases a member's questions that are in these states."""
    of_member = col(Question.member_id) == member_id, col(Question.state).in_(states)
    await tx.session.exec(delete(Question).where(*of_member))


async def give_back_all(tx: Tx, officer_id: int) -> None:
    """Unassigns all questions of a person who is no longer an officer."""
    await tx.session.exec(
        update(Question)
        .where(*(col(Question.officer_id) == officer_id, col(Question.state) == _S.TAKEN))
        .values(state=_S.NEW, officer_id=None)
    )


async def purge(tx: Tx, before: datetime) -> int:
    """Deletes questions that ended before `before`, or were asked before it and never answered."""
    never_answered = col(Question.ended_at).is_(None) & (col(Question.asked_at) < before)
    return await tx.count_changed(
        delete(Question).where(or_(col(Question.ended_at) < before, never_answered))
    )


async def mailing_answered(tx: Tx, member_id: int, message_id: str) -> Mailing | None:
    """The mailing that a member's message replies to, if it was sent through the outbox."""
    # The ids are kept as a JSON list of strings; on both databases its text is as it was written.
    return await tx.first(
        select(Mailing)
        .join(Delivery, col(Delivery.mailing_id) == Mailing.id)
        .where(
            Delivery.member_id == member_id,
            cast(col(Delivery.message_ids), Text).contains(f'"{message_id}"', autoescape=True),
        )
    )


async def publish(tx: Tx, question: Question, officer_id: int, wording: str, text: str) -> None:
    """Publishes question and answer, in general words, under the announcement."""
    if question.announcement_id is None or question.public_answer_id is not None:
        raise WrongState("only a question about an announcement, and only once")
    public = PublicAnswer(
        announcement_id=question.announcement_id,
        question=wording,
        answer=text,
        officer_id=officer_id,
        published_at=tx.clock.now(),
    )
    tx.session.add(public)
    await tx.session.flush()
    question.public_answer_id = public.id
    await tx.session.flush()


async def public_answer(tx: Tx, number: int) -> PublicAnswer | None:
    """One public answer, locked until the end of the transaction."""
    return await tx.session.get(PublicAnswer, number, with_for_update=True)


async def unpublish(tx: Tx, public: PublicAnswer) -> None:
    """Deletes a public answer; its question can be published again."""
    came_from = col(Question.public_answer_id) == public.id
    await tx.session.exec(update(Question).where(came_from).values(public_answer_id=None))
    await tx.session.delete(public)
    await tx.session.flush()


async def public_answers(
    tx: Tx, announcement_id: int, *, offset: int, limit: int
) -> list[PublicAnswer]:
    """The public answers under an announcement, newest first."""
    query = select(PublicAnswer).where(PublicAnswer.announcement_id == announcement_id)
    return list(
        await tx.all(query.order_by(col(PublicAnswer.id).desc()).offset(offset).limit(limit))
    )
