"""An owner asks a member to be an officer; nobody becomes one without saying yes."""

from handlers import notifications
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Speech
from handlers.conversation.routes import Routes
from handlers.joining import join
from handlers.messages import Answer, Button, Message
from handlers.people.locking import hold
from handlers.people.role_notices import TakenBy
from storage import audit_log
from storage.members import members, roles
from storage.models import Member, MemberState, Purpose, Role

routes = Routes()


@routes.action("offer", role=Role.OWNER)
async def offer(turn: Context) -> Answer:
    """Asks the member, through the outbox; who takes no announcements is not written to."""
    member = (await hold(turn, turn.number(), Role.OWNER)).concerned
    if member.role is not Role.MEMBER or member.state is not MemberState.ACTIVE:
        raise UserError("people-changed")
    made = await roles.offer(turn.tx, member, turn.who)
    await audit_log.record(turn.tx, turn.who, "role offered", member=member.actor)

    def write(say: Speech) -> Message:
        yes = Button(say.plain("people-offer-yes"), f"offer-yes:{made.id}")
        no = Button(say.plain("people-offer-no"), f"offer-no:{made.id}")
        return Message(say("people-offered", club=turn.club.name), ((yes,), (no,)))

    subject, purpose = f"offer {turn.tx.ids.number()}", Purpose.ANNOUNCEMENTS
    await notifications.tell(
        turn.tx, turn.club, [member], subject, write, about=None, purpose=purpose
    )
    name = members.name_of(turn.tx, member)
    return [turn.instead(turn.say("people-offer-made", name=name))]


@routes.action("offer-yes")
async def accept(turn: Context) -> Answer:
    """They are an officer now; whether they are told of duties stays their choice."""
    asker = await roles.take_offer(turn.tx, turn.number(), turn.member_id)
    if asker is None:
        return [turn.instead(turn.say("people-offer-over"))]
    await audit_log.record(turn.tx, turn.who, "role taken", role=Role.OFFICER.value)
    return await join.take_up(turn, Role.OFFICER, TakenBy.OFFER)


@routes.action("offer-no")
async def decline(turn: Context) -> Answer:
    """No is an answer, and needs no reason."""
    asker = await roles.take_offer(turn.tx, turn.number(), turn.member_id)
    if asker is None:
        return [turn.instead(turn.say("people-offer-over"))]
    await _tell_refused(turn, asker)
    return [turn.instead(turn.say("people-offer-declined"))]


async def _tell_refused(turn: Context, asker: Member) -> None:
    """The owner who asked hears that the answer was no; a yes is told to every owner."""
    name = members.name_of(turn.tx, turn.who)

    def write(say: Speech) -> Message:
        return Message(say("people-offer-refused", name=name))

    subject = f"offer answered {turn.tx.ids.number()}"
    await notifications.tell_officers(turn.tx, turn.club, [asker], subject, write, about=turn.who)
