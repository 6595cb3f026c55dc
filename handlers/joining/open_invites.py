"""The invites whose time is not over, in `/moi`: looked through, shortened, revoked; never the code."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.conversation import pagination
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Rows
from storage import audit_log
from storage.members import grants, invites, members
from storage.members.invites import Listed
from storage.models import Invite, Role

routes = Routes()

SHORTENED_TO = timedelta(days=1)


@routes.action("invites", role=Role.OFFICER)
async def show(turn: Context) -> Answer:
    """A page of them, those still open first."""
    return await _page(turn, turn.number())


@routes.action("invite-see", role=Role.OFFICER)
async def see(turn: Context) -> Answer:
    """One of them, and what can be done with it."""
    return await _card(turn, await _held(turn))


@routes.action("invite-shorten", role=Role.OFFICER)
async def shorten(turn: Context) -> Answer:
    """It ends tomorrow."""
    invite = await _held(turn)
    await invites.shorten(turn.tx, invite, SHORTENED_TO)
    await audit_log.record(turn.tx, turn.who, "invite shortened", invite=invite.id)
    return await _card(turn, invite)


@routes.action("invite-revoke", role=Role.OFFICER)
async def revoke(turn: Context) -> Answer:
    """It ends now; who joined by it stays."""
    invite = await _held(turn)
    await invites.revoke(turn.tx, invite)
    await audit_log.record(turn.tx, turn.who, "invite revoked", invite=invite.id)
    return await _page(turn, 0)


def grantable(turn: Context) -> tuple[Role, ...]:
    """The roles this person may hand out at this moment: owners all, officers only member."""
    return tuple(one for one in Role if turn.role and one in grants.MAY_GRANT[turn.role])


async def _held(turn: Context) -> Invite:
    invite = await invites.hold(turn.tx, turn.number())
    if invite is None or invite.role not in grantable(turn):
        raise UserError("inviting-over")
    return invite


async def _page(turn: Context, page: int) -> Answer:
    fetched = await invites.listed(
        turn.tx, grantable(turn), limit=pagination.FETCHED, offset=page * pagination.PER_PAGE
    )
    shown = pagination.shown(fetched)
    head = turn.say(
        "inviting-open" if any(one.is_open for one in fetched) else "inviting-none-open"
    )
    lines = [await _line(turn, n, one) for n, one in enumerate(shown, start=1)]
    new = (turn.button("inviting-new", "invite-new"),)
    rows = (*_doors(turn, shown), *pagination.ways(turn, "invites", page, fetched), new)
    return [turn.instead(Html("\n\n".join([head, *lines])), rows)]


def _doors(turn: Context, shown: Sequence[Listed]) -> Rows:
    doors = tuple(
        turn.button("inviting-open-one", "invite-see", one.invite.id or 0, number=str(number))
        for number, one in enumerate(shown, start=1)
        if one.is_open
    )
    return (doors,) if doors else ()


async def _line(turn: Context, number: int, one: Listed) -> Html:
    facts = await _facts(turn, one.invite)
    over = "" if one.is_open else f"\n{turn.say('inviting-revoked')}"
    return Html(f"{number}. {facts}{over}")


async def _facts(turn: Context, invite: Invite) -> Html:
    return turn.say(
        "inviting-facts",
        role=turn.say(f"inviting-role-{invite.role.value}"),
        area=turn.club.area_name(invite.area) or turn.say("area-whole-province"),
        uses=invite.uses_left,
        until=turn.say.when(invite.expires_at),
        by=await _maker(turn, invite),
    )


async def _maker(turn: Context, invite: Invite) -> str:
    """Who made it, while they are in the club."""
    if invite.by_operator:
        return turn.say("inviting-by-operator")
    if invite.created_by is None:
        return turn.say("inviting-by-gone")
    maker = await members.get(turn.tx, invite.created_by)
    return members.name_of(turn.tx, maker) or turn.say("inviting-by-gone")


async def _card(turn: Context, invite: Invite) -> Answer:
    number = invite.id or 0
    deeds = [turn.button("inviting-revoke", "invite-revoke", number)]
    if invite.expires_at > turn.now + SHORTENED_TO:
        deeds.insert(0, turn.button("inviting-shorten", "invite-shorten", number))
    rows = (tuple(deeds), (turn.button("back", "invites", 0),))
    return [turn.instead(await _facts(turn, invite), rows)]
