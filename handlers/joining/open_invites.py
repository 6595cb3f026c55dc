"""Invites that have not expired, in `/loimoi`: list, shorten, revoke; codes are never shown."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.conversation import Context, Html, Page, Routes, UserError, paged
from handlers.messages import Answer, ButtonStyle, Rows
from storage import audit_log
from storage.database import id_of
from storage.members import grants, invites, members
from storage.members.invites import Listed
from storage.models import AuditAction, Invite, Role

routes = Routes()

SHORTENED_TO = timedelta(days=1)


@paged(routes, "invites", role=Role.OFFICER)
async def show(context: Context, page: Page) -> tuple[Html, Rows]:
    """The invites this person may see, those still open first."""
    fetched = await invites.listed(
        context.tx, grantable(context), limit=page.limit, offset=page.offset
    )
    shown, others = page.split(fetched)
    head = context.say(
        "inviting-open" if any(listed.is_open for listed in fetched) else "inviting-none-open"
    )
    lines = [await _line(context, number, listed) for number, listed in enumerate(shown, start=1)]
    new = (context.button("inviting-new", "invite-new"),)
    return Html("\n\n".join([head, *lines])), (*_open_buttons(context, shown), *others, new)


@routes.action("invite-see", role=Role.OFFICER)
async def see(context: Context) -> Answer:
    """One invite and its actions."""
    return await _card(context, await _require_invite(context))


@routes.action("invite-shorten", role=Role.OFFICER)
async def shorten(context: Context) -> Answer:
    """Lets the invite expire after one day."""
    invite = await _require_invite(context)
    await invites.shorten(context.tx, invite, SHORTENED_TO)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.INVITE_SHORTENED, invite=invite.id
    )
    return await _card(context, invite)


@routes.action("invite-revoke", role=Role.OFFICER)
async def revoke(context: Context) -> Answer:
    """Revokes the invite; members who joined by it stay."""
    invite = await _require_invite(context)
    await invites.revoke(context.tx, invite)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.INVITE_REVOKED, invite=invite.id
    )
    return await show(context)


def grantable(context: Context) -> tuple[Role, ...]:
    """The roles this person may invite to: owners all, officers only member."""
    return tuple(one for one in Role if context.role and one in grants.MAY_GRANT[context.role])


async def _require_invite(context: Context) -> Invite:
    invite = await invites.lock(context.tx, context.number())
    if invite is None or invite.role not in grantable(context):
        raise UserError("inviting-over")
    return invite


def _open_buttons(context: Context, shown: Sequence[Listed]) -> Rows:
    buttons = tuple(
        context.button("inviting-open-one", "invite-see", id_of(one.invite), number=str(number))
        for number, one in enumerate(shown, start=1)
        if one.is_open
    )
    return (buttons,) if buttons else ()


async def _line(context: Context, number: int, one: Listed) -> Html:
    facts = await _facts(context, one.invite)
    over = "" if one.is_open else f"\n{context.say('inviting-revoked')}"
    return Html(f"{number}. {facts}{over}")


async def _facts(context: Context, invite: Invite) -> Html:
    return context.say(
        "inviting-facts",
        role=context.say(f"inviting-role-{invite.role.value}"),
        area=context.club.area_name(invite.area) or context.say("area-whole-province"),
        uses=invite.uses_left,
        until=context.say.moment(invite.expires_at),
        by=await _maker(context, invite),
    )


async def _maker(context: Context, invite: Invite) -> str:
    """The name of its maker, if they are still in the club."""
    if invite.by_operator:
        return context.say("inviting-by-operator")
    if invite.created_by is None:
        return context.say("inviting-by-gone")
    maker = await members.get(context.tx, invite.created_by)
    return members.name_of(context.tx, maker) or context.say("inviting-by-gone")


async def _card(context: Context, invite: Invite) -> Answer:
    number = id_of(invite)
    buttons = [context.button("inviting-revoke", "invite-revoke", number, style=ButtonStyle.DANGER)]
    if invite.expires_at > context.now + SHORTENED_TO:
        buttons.insert(0, context.button("inviting-shorten", "invite-shorten", number))
    rows = (tuple(buttons), (context.button("back", "invites", 0), *context.home_row()[0]))
    return [context.edit(await _facts(context, invite), rows)]
