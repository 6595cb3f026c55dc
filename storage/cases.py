"""Cases: flagged posts, brought together by what they are known by, on their way to a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, update
from sqlmodel import col, select

from storage.dialect import insert
from storage.engine import Tx
from storage.models import Case, CaseState, Category, Flag, Verdict

_CONTENT = "case.content"
_CODE_LETTERS = 6
_OPEN = (CaseState.NEW, CaseState.IN_REVIEW)


class WrongState(Exception):
    """A case cannot go from the state it is in to the one asked for: a mistake of ours."""


@dataclass(frozen=True)
class Keys:
    """What a post is known by; two posts that share one of them are the same post."""

    url_key: str | None
    fingerprint: str | None
    media_key: str | None


@dataclass(frozen=True)
class Flagged:
    """A post as a member sends it in."""

    keys: Keys
    category: Category
    content: str
    """The post as JSON, sealed before it is kept."""
    on: date


def number_of(case: Case) -> int:
    """The case's id; only one that was never stored has none."""
    if case.id is None:
        raise ValueError("this case has not been stored")
    return case.id


async def find(tx: Tx, keys: Keys, *, held: bool = False) -> Case | None:
    """The case of the post these keys belong to: its address decides, then its picture, its words.

    `held` keeps it as it is until the end of the transaction: nobody can decide it meanwhile.
    """
    columns = (
        (Case.url_key, keys.url_key),
        (Case.media_key, keys.media_key),
        (Case.fingerprint, keys.fingerprint),
    )
    for column, key in columns:
        if key is not None:
            query = select(Case).where(column == key).execution_options(populate_existing=True)
            query = query.with_for_update() if held else query
            if found := (await tx.session.exec(query)).first():
                return found
    return None


async def find_or_open(tx: Tx, post: Flagged) -> Case:
    """The one case of this post, held, also when somebody else opens it at the same moment."""
    while True:
        if found := await find(tx, post.keys, held=True):
            return found
        if opened := await _open(tx, post):
            return opened


async def _open(tx: Tx, post: Flagged) -> Case | None:
    """A new case; None when a key (or, once in a blue moon, the code) is taken by now."""
    row = insert(tx, Case).values(
        code=tx.ids.code(_CODE_LETTERS),
        state=CaseState.NEW,
        category=post.category,
        content_sealed=tx.vault.seal(_CONTENT, post.content),
        url_key=post.keys.url_key,
        fingerprint=post.keys.fingerprint,
        media_key=post.keys.media_key,
        flags=0,
        opened_on=post.on,
    )
    connection = await tx.session.connection()
    made = await connection.execute(row.on_conflict_do_nothing().returning(col(Case.id)))
    number = made.scalar_one_or_none()
    return await tx.session.get(Case, number) if number else None


async def join(tx: Tx, case: Case, member_id: int, category: Category, on: date) -> bool:
    """Adds the member to those who wait for the verdict; False when they are already there.

    A member is counted once for a case. One who had stopped everything and asks again is answered.
    """
    flag = await flag_of(tx, case, member_id)
    if flag is not None:
        flag.wants_answer = True
        return False
    verdict = await newest_verdict(tx, case)
    tx.session.add(
        Flag(
            case_id=number_of(case),
            member_id=member_id,
            category=category,
            told_version=verdict.version if verdict else 0,
            flagged_on=on,
        )
    )
    await tx.session.flush()
    await tx.session.exec(
        update(Case).where(col(Case.id) == case.id).values(flags=col(Case.flags) + 1)
    )
    await tx.session.refresh(case)
    return True


async def flag_of(tx: Tx, case: Case, member_id: int) -> Flag | None:
    """This member's flag of this case."""
    query = select(Flag).where(Flag.case_id == case.id, Flag.member_id == member_id)
    return (await tx.session.exec(query)).first()


async def flagged_by(tx: Tx, member_id: int, *, limit: int, offset: int) -> list[tuple[Flag, Case]]:
    """What a member sent in, newest first; for that member only."""
    query = (
        select(Flag, Case)
        .join(Case, col(Case.id) == Flag.case_id)
        .where(Flag.member_id == member_id)
        .order_by(col(Flag.id).desc())
    )
    rows = await tx.session.exec(query.limit(limit).offset(offset))
    return [(row[0], row[1]) for row in rows.all()]


async def with_code(tx: Tx, code: str) -> Case | None:
    """The case people call by this code, for looking at."""
    return (await tx.session.exec(select(Case).where(Case.code == code))).first()


async def hold(tx: Tx, code: str) -> Case | None:
    """The same, as it is now and held until the end of the transaction, for changing it."""
    query = select(Case).where(Case.code == code).with_for_update()
    return (await tx.session.exec(query.execution_options(populate_existing=True))).first()


async def queue(tx: Tx, *, limit: int, offset: int, decided: bool = False) -> Sequence[Case]:
    """Cases that wait (or have their verdict): most flagged first.

    Among equals the older day goes first, then the random code, so that the order tells nobody at
    which minute something was sent (refusal 6).
    """
    states = (CaseState.DECIDED,) if decided else _OPEN
    query = select(Case).where(col(Case.state).in_(states))
    ordered = query.order_by(col(Case.flags).desc(), col(Case.opened_on), col(Case.code))
    return (await tx.session.exec(ordered.limit(limit).offset(offset))).all()


async def count_open(tx: Tx) -> int:
    """How many cases wait for a decision."""
    query = select(func.count()).select_from(Case).where(col(Case.state).in_(_OPEN))
    return (await tx.session.exec(query)).one()


def content_of(tx: Tx, case: Case) -> str | None:
    """The post as it was sent in, as JSON; None when it is not kept any more."""
    return tx.vault.open(_CONTENT, case.content_sealed) if case.content_sealed else None


async def take(tx: Tx, case: Case, officer_id: int) -> None:
    """Puts an officer on a case that is free, or on a decided one that is looked at anew."""
    if case.state not in {CaseState.NEW, CaseState.DECIDED}:
        raise WrongState(case.state)
    case.state = CaseState.IN_REVIEW
    case.officer_id = officer_id
    case.taken_at = tx.clock.now()
    await tx.session.flush()


async def give_back(tx: Tx, case: Case) -> None:
    """Frees a case; one that has a verdict is decided as before."""
    _must_be_in_review(case)
    verdict = await newest_verdict(tx, case)
    case.state = CaseState.DECIDED if verdict else CaseState.NEW
    case.officer_id = None
    case.taken_at = None
    await tx.session.flush()


async def give_back_all(tx: Tx, officer_id: int) -> None:
    """Frees every case this officer is on, for one who is no officer any more."""
    query = select(Case).where(Case.officer_id == officer_id, Case.state == CaseState.IN_REVIEW)
    ordered = query.order_by(col(Case.id)).with_for_update()
    for case in (await tx.session.exec(ordered.execution_options(populate_existing=True))).all():
        await give_back(tx, case)


async def close_out_of_scope(tx: Tx, case: Case) -> None:
    """Closes a case that is no checkable fact; nothing of the post stays (refusal 4)."""
    _must_be_in_review(case)
    case.state = CaseState.OUT_OF_SCOPE
    case.content_sealed = None
    case.url_key = case.fingerprint = case.media_key = None
    case.officer_id = case.taken_at = None
    case.closed_at = tx.clock.now()
    await tx.session.flush()


async def decide(tx: Tx, case: Case, verdict: Verdict) -> None:
    """Closes a case with a verdict, the first or a newer one."""
    _must_be_in_review(case)
    tx.session.add(verdict)
    case.state = CaseState.DECIDED
    case.officer_id = case.taken_at = None
    case.closed_at = tx.clock.now()
    await tx.session.flush()


def _must_be_in_review(case: Case) -> None:
    if case.state is not CaseState.IN_REVIEW:
        raise WrongState(case.state)


async def newest_verdict(tx: Tx, case: Case) -> Verdict | None:
    """The verdict that holds now."""
    query = select(Verdict).where(Verdict.case_id == case.id)
    return (await tx.session.exec(query.order_by(col(Verdict.version).desc()))).first()


async def waiting_members(tx: Tx, case: Case, *, version: int = 1) -> list[int]:
    """Those who want the answer to a case and have not been told this version of it."""
    query = select(Flag.member_id).where(
        Flag.case_id == case.id, col(Flag.wants_answer), Flag.told_version < version
    )
    return list((await tx.session.exec(query.order_by(col(Flag.id)))).all())


async def mark_told(tx: Tx, case: Case, version: int) -> None:
    """Everyone who wants the answer has it on its way now."""
    await tx.session.exec(
        update(Flag)
        .where(
            col(Flag.case_id) == case.id,
            col(Flag.wants_answer),
            col(Flag.told_version) < version,
        )
        .values(told_version=version)
    )
