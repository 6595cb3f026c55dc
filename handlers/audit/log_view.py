"""`/nhatky`: owners read the audit log and verify its hash chain."""

from collections.abc import Iterable, Mapping

from handlers.audit import entry_text
from handlers.conversation import Context, Html, Page, Routes, paged
from handlers.messages import Answer, Rows
from storage import audit_log
from storage.members import members
from storage.models import AuditEntry, Member, MemberState, Role

routes = Routes()

_PER_PAGE = 8

MembersByActor = Mapping[int, Member]
"""Current members by their number in the log."""


@routes.command("nhatky", "journal", role=Role.OWNER)
@paged(routes, "journal", role=Role.OWNER, per_page=_PER_PAGE)
async def show(context: Context, page: Page) -> tuple[Html, Rows]:
    """The entries, the newest first."""
    fetched = await audit_log.newest(context.tx, offset=page.offset, limit=page.limit)
    if not fetched:
        return context.say("journal-empty"), ()
    entries, others = page.split(fetched)
    by_actor = await _members_by_actor(context, entries)
    shown = await entry_text.with_labels(context.tx, [entry.details for entry in entries])
    lines = [
        entry_line(context, entry, details, by_actor)
        for entry, details in zip(entries, shown, strict=True)
    ]
    return (
        Html("\n\n".join([context.say("journal-head"), *lines])),
        (
            *others,
            (context.button("journal-check", "journal-check"),),
        ),
    )


@routes.action("journal-check", role=Role.OWNER)
async def check(context: Context) -> Answer:
    """Verifies the hash chain, and shows its head to be noted elsewhere."""
    if fault := await audit_log.verify(context.tx):
        return [context.toast(context.say("journal-damaged", entry=str(fault.entry)), alert=True)]
    head = await audit_log.head(context.tx)
    if head is None:
        return [context.toast(context.say("journal-empty"), alert=True)]
    whole = context.say("journal-whole", entry=str(head.entry), mark=head.short)
    return [context.toast(whole, alert=True)]


def entry_line(
    context: Context, entry: AuditEntry, details: Mapping[str, object], by_actor: MembersByActor
) -> Html:
    """One entry as a sentence, with number, time and actor; `details` as they are shown."""
    action = entry_text.entry_text(
        context.say,
        entry.action,
        details,
        lambda number: _actor_name(context, number, by_actor),
    )
    who = _actor_name(context, entry.actor, by_actor)
    when = context.say.when(entry.at)
    return context.say("journal-entry", entry=str(entry.id), when=when, who=who, action=action)


async def _members_by_actor(context: Context, entries: Iterable[AuditEntry]) -> MembersByActor:
    numbers = {entry.actor for entry in entries}
    numbers |= {n for entry in entries if isinstance(n := entry.details.get("member"), int)}
    found = await members.by_actors(context.tx, numbers)
    return {member.actor: member for member in found if member.state is not MemberState.LEFT}


def _actor_name(context: Context, actor: int, by_actor: MembersByActor) -> str:
    if actor == audit_log.COMMAND_LINE:
        return context.say("journal-command-line")
    member = by_actor.get(actor)
    if member is None:
        return context.say("journal-somebody-left")
    role = context.say(f"journal-role-{member.role.value}")
    return context.say("journal-who", name=members.name_of(context.tx, member), role=role)
