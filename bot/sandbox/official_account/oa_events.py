"""The events that the account's webhook gets.

Shapes: https://developers.zalo.me/docs/official-account/webhook. Those of `user_withdraw` and
`permission_revoked` are not published; they are the sandbox's own.
"""

import hashlib

from bot.sandbox.chats.people import Person
from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.official_account.settings import OaIdentity
from bot.sandbox.transport import JsonObject
from bot.sandbox.updates.oa_webhook import OaEvent, OaWebhook

_APP_ID_DIGITS = 18


class OaEvents:
    """Builds events and hands them to the webhook."""

    def __init__(self, identity: OaIdentity, clock: Clock, webhook: OaWebhook) -> None:
        self._identity = identity
        self._clock = clock
        self._webhook = webhook

    def from_person(self, person: Person, name: str, message: JsonObject) -> None:
        """`user_send_text` and its kin: a person writes or presses a button."""
        self._push(person, name, _from(person.id, self._identity.oa_id) | {"message": message})

    def echo(self, person: Person, name: str, message: JsonObject) -> None:
        """`oa_send_text` and its kin: the account wrote to somebody, here through the API."""
        self._push(person, name, _from(self._identity.oa_id, person.id) | {"message": message})

    def received(self, person: Person, message_id: str) -> None:
        """`user_received_message`: the phone has the message."""
        self.from_person(person, "user_received_message", {"msg_id": message_id})

    def seen(self, person: Person, message_ids: list[str]) -> None:
        """`user_seen_message`: the person has opened the chat."""
        self.from_person(person, "user_seen_message", {"msg_ids": message_ids})

    def follow(self, person: Person) -> None:
        """`follow` or `unfollow`, by what the person does now."""
        name = "follow" if person.follows else "unfollow"
        fields = {
            "oa_id": self._identity.oa_id,
            "follower": {"id": person.id},
            "source": "oa_profile",
        }
        self._push(person, name, fields)

    def withdraw(self, person: Person) -> None:
        """`user_withdraw`: the person asks that their data be deleted."""
        fields = _from(person.id, self._identity.oa_id) | {"oa_id": self._identity.oa_id}
        self._push(person, "user_withdraw", fields)

    def permission_revoked(self) -> None:
        """`permission_revoked`: the account no longer authorises the app."""
        self.push_raw({"event_name": "permission_revoked", "oa_id": self._identity.oa_id})

    def push_raw(self, fields: JsonObject, *, is_signed: bool = True) -> OaEvent:
        """An event with these fields; the app's id and the time are added where they are missing."""
        body = {"app_id": self._identity.app_id, "timestamp": self._timestamp, **fields}
        return self._webhook.push(str(body.get("oa_id", "")), body, is_signed=is_signed)

    def _push(self, person: Person, name: str, fields: JsonObject) -> None:
        body = {
            "app_id": self._identity.app_id,
            **fields,
            "user_id_by_app": id_by_app(person),
            "event_name": name,
            "timestamp": self._timestamp,
        }
        self._webhook.push(person.id, body)

    @property
    def _timestamp(self) -> str:
        return str(int(self._clock.now_s() * 1000))


def id_by_app(person: Person) -> str:
    """The person's id for this app, which differs from the one for the account."""
    digest = hashlib.sha256(f"app {person.id}".encode()).hexdigest()
    return str(8 * 10**_APP_ID_DIGITS + int(digest, 16) % 10**_APP_ID_DIGITS)


def _from(sender: object, recipient: object) -> JsonObject:
    return {"sender": {"id": sender}, "recipient": {"id": recipient}}
