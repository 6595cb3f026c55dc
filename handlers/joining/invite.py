"""`/moi`: an invite as a picture, a link and a code, ready to be forwarded."""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from io import BytesIO

import segno

from handlers.conversation.area_picker import area_from, area_rows, page_from
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.invite_code import grouped, link_to_join
from handlers.conversation.routes import Routes
from handlers.joining.open_invites import grantable
from handlers.messages import Answer, Button, Media, MediaKind, Reply, Rows
from storage import audit_log
from storage.members import invites
from storage.models import Role

routes = Routes()

USES = (1, 10, 50, 200)
DAYS = (1, 7, 30)
_STEP = "inviting"
_ZALO = "zalo"
"""No link leads into a chat with a bot there."""


@dataclass(frozen=True)
class Wish:
    """The invite somebody is putting together; kept in the step until it is made."""

    role: Role = Role.MEMBER
    uses: int = 50
    days: int = 7
    area: str | None = None

    @property
    def people(self) -> int:
        """How many may use it. One person at a time becomes an officer."""
        return 1 if self.role.is_officer else self.uses


@routes.command("moi", "invite", role=Role.OFFICER)
async def begin(turn: Context) -> Answer:
    """The usual invite, with buttons to make it another."""
    return await _ask(turn, Wish())


@routes.action("invite-new", role=Role.OFFICER)
async def begin_by_button(turn: Context) -> Answer:
    """The same from the list of open invites."""
    return await _ask(turn, Wish())


@routes.action("invite", role=Role.OFFICER)
async def change(turn: Context) -> Answer:
    """One choice: `invite:role:officer`, `invite:uses:10`, `invite:days:30`."""
    wish = _wish(turn)
    what, value = (*turn.args, "", "")[:2]
    if what == "role" and value in grantable(turn):
        wish = replace(wish, role=Role(value))
    elif what == "uses" and turn.number(1) in USES:
        wish = replace(wish, uses=turn.number(1))
    elif what == "days" and turn.number(1) in DAYS:
        wish = replace(wish, days=turn.number(1))
    elif what != "back":
        raise UserError("button-unknown")
    return await _ask(turn, wish)


@routes.action("invite-area", role=Role.OFFICER)
async def choose_area(turn: Context) -> Answer:
    """The list of areas, a page of it, or the area chosen from it."""
    wish = _wish(turn)
    page = page_from(turn, 2) if turn.args != ("list",) else 0
    if page is None:
        return await _ask(turn, replace(wish, area=area_from(turn, 1)))
    rows = area_rows(turn, "invite-area:pick", wish.area, page)
    back = (turn.button("back", "invite", "back"),)
    return [turn.instead(turn.say("inviting-ask-area"), (*rows, back))]


@routes.action("invite-make", role=Role.OFFICER)
async def make(turn: Context) -> Answer:
    """Makes the invite and shows it, this once; pressing twice makes one."""
    wish = _wish(turn)
    if wish.role not in grantable(turn):
        raise UserError("button-not-yours")
    await turn.done()
    code = await invites.create(
        turn.tx,
        role=wish.role,
        area=wish.area,
        uses=wish.people,
        valid_for=timedelta(days=wish.days),
        created_by=turn.member_id,
    )
    details = {"role": wish.role.value, "area": wish.area, "uses": wish.people, "days": wish.days}
    await audit_log.record(turn.tx, turn.who, "invite made", **details)
    return [turn.instead(turn.say("inviting-made")), _card(turn, wish, code)]


def _card(turn: Context, wish: Wish, code: str) -> Reply:
    """The message to forward: what it is, the link, the code, until when, and a picture to scan."""
    link = link_to_join(turn.club, code)
    text = turn.say(
        f"inviting-card-{wish.role.value}",
        club=turn.club.name,
        link=link,
        code=grouped(code),
        until=turn.say.when(turn.now + timedelta(days=wish.days)),
        uses=wish.people,
    )
    if _ZALO in turn.club.messengers:
        text = Html(f"{text}\n{turn.say('inviting-card-on-zalo')}")
    picture = Media(kind=MediaKind.PHOTO, content=_qr(link), name="moi.png")
    return turn.reply(text, media=picture)


def _qr(link: str) -> bytes:
    png = BytesIO()
    segno.make(link, error="m", micro=False).save(png, kind="png", scale=10, border=4)
    return png.getvalue()


async def _ask(turn: Context, wish: Wish) -> Answer:
    await turn.go(_STEP, **asdict(wish))
    text = turn.say(
        "inviting-ask",
        role=turn.say(f"inviting-role-{wish.role.value}"),
        area=_area_name(turn, wish),
        uses=wish.people,
        days=wish.days,
    )
    return [turn.instead(text, _rows(turn, wish))]


def _rows(turn: Context, wish: Wish) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if len(grantable(turn)) > 1:
        rows.append(tuple(_role(turn, role, wish) for role in grantable(turn)))
    if not wish.role.is_officer:
        rows.append(tuple(_count(turn, "uses", n, wish.uses) for n in USES))
    rows.append(tuple(_count(turn, "days", n, wish.days) for n in DAYS))
    if turn.club.areas:
        rows.append(
            (turn.button("inviting-area", "invite-area", "list", area=_area_name(turn, wish)),)
        )
    rows.append((turn.button("inviting-make", "invite-make"), turn.button("cancel", "cancel")))
    rows.append((turn.button("inviting-list", "invites", 0),))
    return tuple(rows)


def _role(turn: Context, role: Role, wish: Wish) -> Button:
    name = turn.say.plain(f"inviting-role-{role.value}")
    key = "choice-taken" if role is wish.role else "choice-free"
    return turn.button(key, "invite", "role", role.value, name=name)


def _count(turn: Context, what: str, number: int, chosen: int) -> Button:
    name = turn.say("inviting-people" if what == "uses" else "inviting-days", count=number)
    key = "choice-taken" if number == chosen else "choice-free"
    return turn.button(key, "invite", what, number, name=name)


def _area_name(turn: Context, wish: Wish) -> str:
    return turn.club.area_name(wish.area) or turn.say.plain("area-whole-province")


def _wish(turn: Context) -> Wish:
    if turn.step != _STEP:
        raise UserError("button-unknown")
    return Wish(**{**turn.data, "role": Role(turn.data["role"])})
