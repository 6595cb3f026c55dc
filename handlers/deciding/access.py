"""Whether a case is there, and whether this officer is the one who is on it."""

from handlers.conversation.context import Context, UserError
from storage.cases import cases
from storage.database import batch_clock
from storage.members import members
from storage.models import Case, CaseState, MemberState


def is_mine(context: Context, case: Case) -> bool:
    """Whether this officer has taken the case."""
    return case.state in cases.TAKEN and case.officer_id == context.member_id


async def is_free(context: Context, case: Case) -> bool:
    """Whether an officer can take it: nobody is on it, or one who is no officer any more."""
    if case.state not in cases.TAKEN:
        return case.state in {CaseState.NEW, CaseState.DECIDED}
    holder = await members.get(context.tx, case.officer_id) if case.officer_id else None
    return not (holder and holder.state is MemberState.ACTIVE and holder.role.is_officer)


async def seen(context: Context, code: str) -> Case | None:
    """The case people call by this code, if officers see it already: members know a code at once."""
    case = await cases.with_code(context.tx, code)
    return case if case and batch_clock.is_shown(context.tx, case) else None


async def look_at(context: Context) -> Case:
    """The case a button is about, for looking.

    Raises:
        UserError: there is none, as in a forged button.
    """
    return _there(await seen(context, _code(context)))


async def hold(context: Context) -> Case:
    """The case a button is about, held for changing it; two officers come one after the other.

    Raises:
        UserError: there is none.
    """
    there = await seen(context, _code(context))
    return _there(await cases.hold(context.tx, there.code) if there else None)


async def hold_mine(context: Context) -> Case:
    """The same, if this officer is on it.

    Raises:
        UserError: it is not this officer's, or not any more.
    """
    return mine(context, await hold(context))


async def hold_to_decide(context: Context) -> Case:
    """The same, if it is to be decided now and not waiting for a source.

    Raises:
        UserError: it is not this officer's, or waits.
    """
    case = await hold_mine(context)
    if case.state is CaseState.WAITING:
        raise UserError("case-waits-for-source")
    return case


def mine(context: Context, case: Case) -> Case:
    """The case, if this officer is on it.

    Raises:
        UserError: it is not this officer's, or not any more.
    """
    if not is_mine(context, case):
        raise UserError("case-not-yours")
    return case


def _code(context: Context) -> str:
    return context.args[0] if context.args else ""


def _there(case: Case | None) -> Case:
    if case is None:
        raise UserError("button-unknown")
    return case
