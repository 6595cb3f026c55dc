"""`/nhatky`: owners read what officers have done, in plain words, and see that nobody changed it."""

from collections.abc import Iterable, Mapping

from handlers.audit import entry_text
from handlers.conversation import pagination
from handlers.conversation.context import Context
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.messages import Answer
from storage import audit_log
from storage.members import members
from storage.models import AuditEntry, Member, MemberState, Role

routes = Routes()

_PER_PAGE = 8

Known = Mapping[int, Member]
"""The number in the log to the member it stands for, of those who are members still."""


@routes.command("nhatky", "journal", role=Role.OWNER)
async def show(turn: Context) -> Answer:
    """The newest entries."""
    return await _page(turn, 0)


@routes.action("journal", role=Role.OWNER)
async def turn_page(turn: Context) -> Answer:
    """Older or newer ones."""
    return await _page(turn, turn.number())


@routes.action("journal-check", role=Role.OWNER)
async def check(turn: Context) -> Answer:
    """Whether every entry follows from the one before, and the mark to note down elsewhere."""
    if fault := await audit_log.verify(turn.tx):
        return [turn.toast(turn.say("journal-damaged", entry=str(fault.entry)), alert=True)]
    head = await audit_log.head(turn.tx)
    if head is None:
        return [turn.toast(turn.say("journal-empty"), alert=True)]
    whole = turn.say("journal-whole", entry=str(head.entry), mark=head.short)
    return [turn.toast(whole, alert=True)]


async def _page(turn: Context, page: int) -> Answer:
    entries = await audit_log.newest(turn.tx, limit=_PER_PAGE + 1, offset=page * _PER_PAGE)
    if not entries:
        return [turn.instead(turn.say("journal-empty"))]
    known = await _known(turn, entries)
    lines = [tell(turn, entry, known) for entry in entries[:_PER_PAGE]]
    checking = (turn.button("journal-check", "journal-check"),)
    rows = (*pagination.ways(turn, "journal", page, entries, per_page=_PER_PAGE), checking)
    return [turn.instead(Html("\n\n".join([turn.say("journal-head"), *lines])), rows)]


def tell(turn: Context, entry: AuditEntry, known: Known) -> Html:
    """One entry, as somebody would say it."""
    deed = entry_text.entry_text(
        turn.say, entry.deed, entry.details, lambda number: _who(turn, number, known)
    )
    who = _who(turn, entry.actor, known)
    when = turn.say.when(entry.at)
    return turn.say("journal-entry", entry=str(entry.id), when=when, who=who, deed=deed)


async def _known(turn: Context, entries: Iterable[AuditEntry]) -> Known:
    numbers = {entry.actor for entry in entries}
    numbers |= {n for entry in entries if isinstance(n := entry.details.get("member"), int)}
    found = await members.by_actors(turn.tx, numbers)
    return {member.actor: member for member in found if member.state is not MemberState.LEFT}


def _who(turn: Context, actor: int, known: Known) -> str:
    if actor == audit_log.COMMAND_LINE:
        return turn.say("journal-command-line")
    member = known.get(actor)
    if member is None:
        return turn.say("journal-somebody-left")
    role = turn.say(f"journal-role-{member.role.value}")
    return turn.say("journal-who", name=members.name_of(turn.tx, member), role=role)
