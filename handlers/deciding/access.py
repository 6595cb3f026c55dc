"""Loads the case of a button and checks that this officer may see or change it."""

from handlers.conversation import Context, found, require
from handlers.views.verdict import day_of
from storage import audit_log
from storage.cases import cases, queue
from storage.database import batch_clock
from storage.members import members
from storage.models import AuditAction, Case, CaseState, MemberState


def is_mine(context: Context, case: Case) -> bool:
    """Whether this officer has taken the case."""
    return case.state in cases.TAKEN and case.officer_id == context.member_id


async def is_free(context: Context, case: Case) -> bool:
    """Whether an officer can take it: nobody has, or somebody who is no longer an officer."""
    if case.state not in cases.TAKEN:
        return case.state in {CaseState.NEW, CaseState.DECIDED}
    holder = await members.get(context.tx, case.officer_id) if case.officer_id else None
    return not (holder and holder.state is MemberState.ACTIVE and holder.role.is_officer)


async def find_visible(context: Context, code: str) -> Case | None:
    """The case with this code, if its batch is shown to officers; members know a code at once."""
    case = await cases.with_code(context.tx, code)
    return case if case and batch_clock.is_shown(context.tx, case) else None


async def load_case(context: Context) -> Case:
    """The case of the pressed button, for reading.

    Raises:
        UserError: it does not exist, as in a forged button.
    """
    return found(await find_visible(context, _code(context)), "button-unknown")


async def lock_case(context: Context) -> Case:
    """The case of the pressed button, its row locked until the transaction ends.

    Raises:
        UserError: it does not exist.
    """
    visible = await load_case(context)
    return found(await cases.lock(context.tx, visible.code), "button-unknown")


async def lock_own_case(context: Context) -> Case:
    """The case of the pressed button, locked, if this officer has taken it.

    Raises:
        UserError: it is not this officer's, or not any more.
    """
    return require_mine(context, await lock_case(context))


async def lock_case_to_decide(context: Context) -> Case:
    """The case of the pressed button, locked, if this officer may decide it now.

    Raises:
        UserError: it is not this officer's, or waits.
    """
    case = await lock_own_case(context)
    require(case.state is not CaseState.WAITING, "case-waits-for-source")
    return case


async def assign_if_free(context: Context, case: Case) -> bool:
    """Assigns a locked case to this officer if nobody has it, and logs it; returns whether it did."""
    if not await is_free(context, case):
        return False
    begun_on = day_of(context.now, context.club)
    if case.state in cases.TAKEN:
        begun_on = queue.begun_on(case)
        await cases.give_back(context.tx, case)
    await cases.take(context.tx, case, context.member_id, begun_on)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.CASE_TAKEN, case=case.code
    )
    return True


def require_mine(context: Context, case: Case) -> Case:
    """The case, if this officer has taken it.

    Raises:
        UserError: it is not this officer's, or not any more.
    """
    require(is_mine(context, case), "case-not-yours")
    return case


def _code(context: Context) -> str:
    return context.args[0] if context.args else ""
