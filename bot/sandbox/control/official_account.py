"""The control API of the Official Account: console, quota, tokens, events, and what people do with it."""

from dataclasses import fields

from aiohttp import web

from bot.sandbox.chats.people import ZALO_OA, Chat, Person
from bot.sandbox.control.people_and_groups import chat_in, owner_of
from bot.sandbox.control.requests import Body, WrongRequest, query_number, read_body
from bot.sandbox.official_account.settings import BUSINESS, STATE_BODY, OaSettings
from bot.sandbox.phones import oa_actions
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import JsonObject, respond
from bot.sandbox.updates.oa_webhook import OaEvent
from bot.sandbox.updates.webhook_delivery import read_url

_SETTINGS = tuple(one.name for one in fields(OaSettings))
_WEBHOOK = ("webhook_url", "events_off", "repeats_refused")


class OfficialAccountControl:
    """`/oa…` and `/chats/{chat}/follow`, `/unfollow`, `/seen`, `/withdraw`."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self._oa = state.oa

    def routes(self) -> list[web.RouteDef]:
        """The routes below `/sandbox`."""
        return [
            web.get("/oa", self.read),
            web.post("/oa", self.change),
            web.post("/oa/tokens", self.issue_tokens),
            web.post("/oa/revoke", self.revoke),
            web.get("/oa/sent", self.sent),
            web.get("/oa/events", self.events),
            web.post("/oa/events", self.push_event),
            web.post("/oa/events/repeat", self.repeat_event),
            web.post("/chats/{chat}/follow", self.follow),
            web.post("/chats/{chat}/unfollow", self.unfollow),
            web.post("/chats/{chat}/seen", self.open_chat),
            web.post("/chats/{chat}/withdraw", self.withdraw),
        ]

    async def read(self, _: web.Request) -> web.Response:
        """Answers with the settings, the webhook, what is left to send, and what was sent."""
        return respond(self._as_json())

    async def change(self, request: web.Request) -> web.Response:
        """Changes the settings and the webhook that the body names; the rest stays."""
        body = await read_body(request)
        if unknown := set(body.fields) - {*_SETTINGS, *_WEBHOOK}:
            raise WrongRequest(
                f"The account has no “{min(unknown)}”; it has {', '.join((*_SETTINGS, *_WEBHOOK))}"
            )
        changes, webhook = _changes(body), _webhook_changes(body)
        for name, value in changes.items():
            setattr(self._oa.settings, name, value)
        for name, value in webhook.items():
            setattr(self._oa.webhook, name, value)
        return respond(self._as_json())

    async def issue_tokens(self, _: web.Request) -> web.Response:
        """Answers with a new pair of tokens, as the console's API Explorer does; the old one ends."""
        return respond(self._oa.tokens.issue().as_json())

    async def revoke(self, _: web.Request) -> web.Response:
        """Withdraws the app's permission; its tokens end and it gets `permission_revoked`."""
        self._oa.revoke()
        return respond(self._as_json())

    async def sent(self, request: web.Request) -> web.Response:
        """Answers with the record of messages with their charge, past the first `after`."""
        after = int(query_number(request, "after", 0))
        return respond([one.as_json() for one in self._oa.charging.sent[max(0, after) :]])

    async def events(self, request: web.Request) -> web.Response:
        """Answers with the events past sequence number `after`, and how their delivery went."""
        after = int(query_number(request, "after", 0))
        return respond([one.as_json() for one in self._oa.webhook.record if one.seq > after])

    async def push_event(self, request: web.Request) -> web.Response:
        """Delivers an event with this content unchecked; `signed` false leaves out the signature.

        So does the console's “Kiểm tra”: `{"event": {"event_name": "test"}, "signed": false}`.
        """
        body = await read_body(request)
        event = body.structure("event")
        if event is None:
            raise WrongRequest("“event” is missing")
        is_signed = body.flag("signed") if "signed" in body.fields else True
        return respond(self._oa.events.push_raw(event, is_signed=is_signed).as_json())

    async def repeat_event(self, request: web.Request) -> web.Response:
        """Delivers the event `seq`, or else the latest, once more."""
        wanted = (await read_body(request)).integer("seq")
        return respond(self._oa.webhook.repeat(self._event(wanted)).as_json())

    async def follow(self, request: web.Request) -> web.Response:
        """Follows the account."""
        return self._set_following(request, follows=True)

    async def unfollow(self, request: web.Request) -> web.Response:
        """Unfollows the account; the window stays as it is."""
        return self._set_following(request, follows=False)

    async def open_chat(self, request: web.Request) -> web.Response:
        """Opens the chat, so that the account learns which of its messages were seen."""
        chat, person = self._chat_on_oa(request)
        oa_actions.open_chat(self._state, chat, person)
        return respond(person.as_json())

    async def withdraw(self, request: web.Request) -> web.Response:
        """Asks that the person's data be deleted."""
        _, person = self._chat_on_oa(request)
        oa_actions.withdraw(self._state, person)
        return respond(person.as_json())

    def _set_following(self, request: web.Request, *, follows: bool) -> web.Response:
        _, person = self._chat_on_oa(request)
        oa_actions.set_following(self._state, person, follows=follows)
        return respond(person.as_json())

    def _chat_on_oa(self, request: web.Request) -> tuple[Chat, Person]:
        chat = chat_in(self._state, request)
        if chat.messenger != ZALO_OA:
            raise WrongRequest("This works on phones with the Official Account only")
        return chat, owner_of(chat)

    def _event(self, seq: int | None) -> OaEvent:
        for event in reversed(self._oa.webhook.record):
            if seq in (None, event.seq):
                return event
        raise WrongRequest("There is no such event")

    def _as_json(self) -> JsonObject:
        oa, webhook = self._oa, self._oa.webhook
        return {
            **{name: getattr(oa.settings, name) for name in _SETTINGS},
            "oa_id": oa.identity.oa_id,
            "app_id": oa.identity.app_id,
            "webhook_url": webhook.url,
            "events_off": sorted(webhook.events_off),
            "repeats_refused": webhook.repeats_refused,
            "is_subscribed": webhook.is_subscribed,
            "quota_left": oa.charging.quota_left,
            "sent": oa.charging.totals(),
        }


def _changes(body: Body) -> JsonObject:
    """The new values of settings. Raises WrongRequest for one of a wrong type or size."""
    changes: JsonObject = {}
    for name in _SETTINGS:
        if name not in body.fields:
            continue
        if name == "signs_with_app_secret":
            changes[name] = body.flag(name)
        elif name == "signature_prefix":
            changes[name] = body.text(name)
        else:
            changes[name] = _number(body, name)
    if changes.get("oa_type", BUSINESS) not in (BUSINESS, STATE_BODY):
        raise WrongRequest(f"“oa_type” is {BUSINESS} (business) or {STATE_BODY} (state body)")
    return changes


def _webhook_changes(body: Body) -> JsonObject:
    """The new values of the webhook; a new address also subscribes the app again."""
    changes: JsonObject = {}
    if "webhook_url" in body.fields:
        url = body.text("webhook_url")
        changes |= {"url": read_url(url) if url else "", "is_subscribed": True}
    if "events_off" in body.fields:
        names = body.fields["events_off"]
        if not isinstance(names, list):
            raise WrongRequest("“events_off” is a list of events' names")
        changes["events_off"] = frozenset(map(str, names))
    if "repeats_refused" in body.fields:
        changes["repeats_refused"] = body.flag("repeats_refused")
    return changes


def _number(body: Body, name: str) -> int | None:
    if name == "balance_dong" and body.fields[name] is None:
        return None
    number = body.required_integer(name)
    if number < 0:
        raise WrongRequest(f"“{name}” must not be negative")
    return number
