"""The control API of people and groups."""

from aiohttp import web

from bot.sandbox.chats.people import MESSENGERS, TELEGRAM, Chat, Person, id_from_text
from bot.sandbox.control.requests import WrongRequest, read_body
from bot.sandbox.phones.user_actions import UserActions
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import respond

DEFAULT_LANGUAGE = "vi"


class PeopleControl:
    """`/users`, `/groups`, `/chats/{chat}/block` and `/unblock`."""

    def __init__(self, state: SandboxState, phones: UserActions) -> None:
        self._state = state
        self._phones = phones

    def routes(self) -> list[web.RouteDef]:
        """The routes below `/sandbox`."""
        return [
            web.get("/users", self.list_people),
            web.post("/users", self.add_person),
            web.post("/groups", self.add_group),
            web.post("/chats/{chat}/block", self.block),
            web.post("/chats/{chat}/unblock", self.unblock),
        ]

    async def list_people(self, _: web.Request) -> web.Response:
        """Answers with all people."""
        return respond([person.as_json() for person in self._state.directory.people.values()])

    async def add_person(self, request: web.Request) -> web.Response:
        """Creates a person on one of the messengers, and tells open pages."""
        body = await read_body(request)
        messenger = body.text("messenger") or TELEGRAM
        if messenger not in MESSENGERS:
            raise WrongRequest(f"“{messenger}” is not played here; use {' or '.join(MESSENGERS)}")
        language = body.optional_text("language_code")
        person = self._state.directory.add_person(
            first_name=body.required_text("first_name"),
            language_code=DEFAULT_LANGUAGE if language is None else language,
            note=body.text("note"),
            username=body.text("username") or None,
            messenger=messenger,
        )
        self._state.events.publish("user", user=person.as_json())
        return respond(person.as_json())

    async def add_group(self, request: web.Request) -> web.Response:
        """Creates a group of existing people and the bot."""
        body = await read_body(request)
        title = body.required_text("title")
        ids = body.fields.get("members")
        if not isinstance(ids, list) or not ids:
            raise WrongRequest("“members” must be a list with at least one user id")
        return respond(
            self._phones.create_group(title, [self._person(one) for one in ids]).identity
        )

    def _person(self, given: object) -> Person:
        person = self._state.directory.people.get(given) if isinstance(given, int | str) else None
        if person is None:
            raise WrongRequest(f"There is no user {given}")
        return person

    async def block(self, request: web.Request) -> web.Response:
        """Blocks the bot, as the owner of a private chat."""
        return self._set_blocked(request, blocked=True)

    async def unblock(self, request: web.Request) -> web.Response:
        """Unblocks the bot, as the owner of a private chat."""
        return self._set_blocked(request, blocked=False)

    def _set_blocked(self, request: web.Request, *, blocked: bool) -> web.Response:
        person = owner_of(chat_in(self._state, request))
        self._phones.set_blocked(person, blocked=blocked)
        return respond(person.as_json())


def chat_in(state: SandboxState, request: web.Request) -> Chat:
    """The chat of the request's path. Raises WrongRequest when there is none."""
    given = request.match_info["chat"]
    chat = state.directory.chats.get(id_from_text(given))
    if chat is None:
        raise WrongRequest(f"There is no chat {given}")
    return chat


def owner_of(chat: Chat) -> Person:
    """The person of a private chat. Raises WrongRequest for a group."""
    if chat.owner is None:
        raise WrongRequest("This works in private chats only")
    return chat.owner
