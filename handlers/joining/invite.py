"""`/loimoi`: makes an invite with link, code and QR code, ready to be forwarded."""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from handlers.conversation import (
    Context,
    Html,
    Routes,
    UserError,
    area_from,
    area_rows,
    grouped,
    link_to_join,
    page_from,
    require,
)
from handlers.joining.open_invites import grantable
from handlers.messages import Answer, Button, Media, MediaKind, Reply, Rows
from handlers.rendering.qr_code import qr_png
from storage import audit_log
from storage.members import contacts, invites
from storage.models import AuditAction, Role

routes = Routes()

USES = (1, 10, 50, 200)
DAYS = (1, 7, 30)
_STEP = "inviting"
ZALO, _ZALO_OA = "zalo", "zalo_oa"
"""The club's bot on Zalo, and its Official Account."""


@dataclass(frozen=True)
class InviteOptions:
    """The options of an invite before it is made; kept in the conversation state."""

    role: Role = Role.MEMBER
    uses: int = 50
    days: int = 7
    area: str | None = None

    @property
    def people(self) -> int:
        """How many people may use it; one for an officer's invite."""
        return 1 if self.role.is_officer else self.uses


@routes.command("loimoi", "invite", role=Role.OFFICER, also=["moi"])
async def begin(context: Context) -> Answer:
    """Shows the default options with buttons to change them."""
    return await _ask(context, InviteOptions())


@routes.action("invite-new", role=Role.OFFICER)
async def begin_by_button(context: Context) -> Answer:
    """Shows the default options; its button is in the list of open invites."""
    return await _ask(context, InviteOptions())


@routes.action("invite", role=Role.OFFICER)
async def change(context: Context) -> Answer:
    """Changes one option: `invite:role:officer`, `invite:uses:10`, `invite:days:30`."""
    options = _current_options(context)
    what, value = (*context.args, "", "")[:2]
    if what == "role" and value in grantable(context):
        options = replace(options, role=Role(value))
    elif what == "uses" and context.number(1) in USES:
        options = replace(options, uses=context.number(1))
    elif what == "days" and context.number(1) in DAYS:
        options = replace(options, days=context.number(1))
    elif what != "back":
        raise UserError("button-unknown")
    return await _ask(context, options)


@routes.action("invite-area", role=Role.OFFICER)
async def choose_area(context: Context) -> Answer:
    """The list of areas, a page of it, or the area chosen from it."""
    options = _current_options(context)
    page = page_from(context, 2) if context.args != ("list",) else 0
    if page is None:
        return await _ask(context, replace(options, area=area_from(context, 1)))
    rows = area_rows(context, "invite-area:pick", options.area, page)
    back = (context.button("back", "invite", "back"),)
    return [context.edit(context.say("inviting-ask-area"), (*rows, back))]


@routes.action("invite-make", role=Role.OFFICER)
async def make(context: Context) -> Answer:
    """Makes the invite and shows its code once; a second press makes no other."""
    options = _current_options(context)
    require(options.role in grantable(context), "button-not-yours")
    await context.clear_state()
    code = await invites.create(
        context.tx,
        role=options.role,
        area=options.area,
        uses=options.people,
        valid_for=timedelta(days=options.days),
        created_by=context.member_id,
    )
    details = {
        "role": options.role.value,
        "area": options.area,
        "uses": options.people,
        "days": options.days,
    }
    await audit_log.record(context.tx, context.current_member, AuditAction.INVITE_MADE, **details)
    return [
        context.final(context.say("inviting-made")),
        await _card(context, options, code),
        *await _zalo_notice(context),
    ]


async def is_zalo_full(context: Context) -> bool:
    """Whether the club's Zalo account serves as many people as its plan allows."""
    most = context.club.zalo_users
    return bool(most) and await contacts.reachable_on(context.tx, ZALO) >= most


async def _takes_newcomers_on_zalo(context: Context) -> bool:
    """Whether the club has an Official Account, or a bot on Zalo that is not full."""
    messengers = context.club.messengers
    return _ZALO_OA in messengers or (ZALO in messengers and not await is_zalo_full(context))


async def _zalo_notice(context: Context) -> Answer:
    """Tells the officer that nobody new can join on Zalo."""
    if not await is_zalo_full(context):
        return []
    key = "inviting-zalo-full" if context.club.bot_link else "inviting-zalo-full-alone"
    return [context.reply(context.say(key, most=context.club.zalo_users))]


async def _card(context: Context, options: InviteOptions, code: str) -> Reply:
    """The message to forward: what it is, the link, the code, until when, and a picture to scan."""
    say, club = context.say, context.club
    link = link_to_join(club, code) or club.zalo_address
    how = "by-link" if club.bot_link else "by-zalo-link" if club.zalo_address else "by-code"
    until = "until-private" if options.role.is_officer else "until"
    moment = say.moment(context.now + timedelta(days=options.days))
    text = Html(
        f"{say(f'inviting-card-{options.role.value}', club=club.name)}\n\n"
        f"{say(f'inviting-card-{how}', link=link, code=grouped(code))}\n"
        f"{say(f'inviting-card-{until}', until=moment, uses=options.people)}"
    )
    if club.bot_link and await _takes_newcomers_on_zalo(context):
        where = "at-zalo" if club.zalo_address else "on-zalo"
        text = Html(f"{text}\n{say(f'inviting-card-{where}', link=club.zalo_address)}")
    picture = Media(MediaKind.PHOTO, content=qr_png(link), name="moi.png") if link else None
    return context.reply(text, media=picture)


async def _ask(context: Context, options: InviteOptions) -> Answer:
    await context.set_state(_STEP, **asdict(options))
    text = context.say(
        "inviting-ask",
        role=context.say(f"inviting-role-{options.role.value}"),
        area=_area_name(context, options),
        uses=options.people,
        days=options.days,
    )
    return [context.edit(text, _rows(context, options))]


def _rows(context: Context, options: InviteOptions) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if len(grantable(context)) > 1:
        rows.append(tuple(_role(context, role, options) for role in grantable(context)))
    if not options.role.is_officer:
        rows.append(tuple(_count(context, "uses", n, options.uses) for n in USES))
    rows.append(tuple(_count(context, "days", n, options.days) for n in DAYS))
    if context.club.areas:
        rows.append(
            (
                context.button(
                    "inviting-area", "invite-area", "list", area=_area_name(context, options)
                ),
            )
        )
    rows.append(
        (context.button("inviting-make", "invite-make"), context.button("cancel", "cancel"))
    )
    rows.append((context.button("inviting-list", "invites", 0),))
    return (*rows, *context.home_row())


def _role(context: Context, role: Role, options: InviteOptions) -> Button:
    name = context.say.plain(f"inviting-role-{role.value}")
    key = "choice-taken" if role is options.role else "choice-free"
    return context.button(key, "invite", "role", role.value, name=name)


def _count(context: Context, what: str, number: int, chosen: int) -> Button:
    name = context.say("inviting-people" if what == "uses" else "inviting-days", count=number)
    return context.button(
        "choice-taken" if number == chosen else "choice-free", "invite", what, number, name=name
    )


def _area_name(context: Context, options: InviteOptions) -> str:
    return context.club.area_name(options.area) or context.say.plain("area-whole-province")


def _current_options(context: Context) -> InviteOptions:
    require(context.step == _STEP, "button-unknown")
    return InviteOptions(**{**context.data, "role": Role(context.data["role"])})
