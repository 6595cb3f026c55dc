"""The control API of chats: read, send, forward, press buttons, use inline mode."""

from aiohttp import web

from bot.sandbox.chats.messages import DESCRIBED
from bot.sandbox.chats.people import TELEGRAM, ZALO, ZALO_OA, Chat, Person
from bot.sandbox.content import media, stickers, text_splitter, texts
from bot.sandbox.control.people_and_groups import chat_in, owner_of
from bot.sandbox.control.requests import Body, WrongRequest, query_number, read_body
from bot.sandbox.phones import oa_actions, zalo_actions
from bot.sandbox.phones.user_actions import Pressed, UserActions
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import JsonObject, respond
from bot.sandbox.zalo.methods import TEXT_LIMIT as ZALO_TEXT_LIMIT

ANSWER_WAIT_S = 30.0
_NAMED_CONTENTS = ("sticker", "voice", "unsupported")
"""Contents of Zalo's Bot Platform that are given by a name, which the page shows. Elsewhere only a sticker
is, by its emoji; a voice message is a file."""


class ChatControl:
    """`/chats/{chat}/…`: what a person reads and does in a chat."""

    def __init__(self, state: SandboxState, phones: UserActions) -> None:
        self._state = state
        self._phones = phones

    def routes(self) -> list[web.RouteDef]:
        """The routes below `/sandbox`."""
        return [
            web.get("/chats/{chat}/messages", self.messages),
            web.get("/chats/{chat}/pinned", self.pinned),
            web.get("/chats/{chat}/reactions", self.reactions),
            web.get("/chats/{chat}/commands", self.commands),
            web.post("/chats/{chat}/send", self.send),
            web.post("/chats/{chat}/start", self.start),
            web.post("/chats/{chat}/press", self.press),
            web.post("/chats/{chat}/inline", self.look_up),
        ]

    async def messages(self, request: web.Request) -> web.Response:
        """Answers with the chat's messages in order, edits applied."""
        return respond(list(chat_in(self._state, request).messages.values()))

    async def pinned(self, request: web.Request) -> web.Response:
        """Answers with the ids of pinned messages, the latest last."""
        return respond(chat_in(self._state, request).pinned)

    async def reactions(self, request: web.Request) -> web.Response:
        """Answers with the bot's reactions by the id of their message."""
        return respond(chat_in(self._state, request).reactions)

    async def commands(self, request: web.Request) -> web.Response:
        """Answers with the command menu of the chat's owner; empty on Zalo."""
        person = owner_of(chat_in(self._state, request))
        if person.messenger != TELEGRAM:
            return respond([])  # Zalo has no command menu.
        return respond(self._state.commands.shown_to(person))

    async def send(self, request: web.Request) -> web.Response:
        """Sends the message in the request body; its sender is the chat's owner, or the person `as`."""
        chat = chat_in(self._state, request)
        body = await read_body(request)
        contents = self._contents(chat, body)
        if chat.owner is not None and chat.messenger == ZALO:
            return _sent_messages(zalo_actions.say(self._state, chat, chat.owner, contents))
        contents = [_with_sticker(content) for content in contents]
        if chat.owner is not None and chat.messenger == ZALO_OA:
            quoted = body.optional_text("reply_to")
            return _sent_messages(oa_actions.say(self._state, chat, chat.owner, contents, quoted))
        if (reply_to := body.integer("reply_to")) is not None:
            reply = self._phones.reply(chat, reply_to)
            contents = [content | reply for content in contents]
        return _sent_messages(self._phones.say(chat, _acting_person(chat, body), contents))

    async def start(self, request: web.Request) -> web.Response:
        """Presses START with an optional `payload`; not on Zalo."""
        person = owner_of(chat_in(self._state, request))
        if person.messenger != TELEGRAM:
            raise WrongRequest("Zalo has no START; write something to the bot instead")
        return respond(self._phones.start(person, (await read_body(request)).text("payload")))

    async def press(self, request: web.Request) -> web.Response:
        """Presses a button; `wait` waits for the bot's answer, up to `timeout` seconds."""
        chat = chat_in(self._state, request)
        body = await read_body(request)
        label, data = body.optional_text("label"), body.optional_text("data")
        if label is None and data is None:
            raise WrongRequest("“label” or “data” must say which button")
        person, message_id = _acting_person(chat, body), body.required_id("message_id")
        if chat.messenger == ZALO_OA:
            pressed = oa_actions.press(
                self._state, chat, person, message_id, label=label, data=data
            )
        else:
            pressed = self._phones.press(chat, person, message_id, label=label, data=data)
        timeout_s = query_number(request, "timeout", ANSWER_WAIT_S) if body.flag("wait") else 0
        return respond(await _outcome(pressed, timeout_s))

    async def look_up(self, request: web.Request) -> web.Response:
        """Answers with the bot's inline results for `query`; none when it does not answer."""
        query = self._phones.look_up(
            owner_of(chat_in(self._state, request)), (await read_body(request)).text("query")
        )
        if query.answer is None:
            await query.answered.wait(query_number(request, "timeout", ANSWER_WAIT_S))
        return respond({"inline_query_id": query.id, "results": query.answer or []})

    def _contents(self, chat: Chat, body: Body) -> list[JsonObject]:
        forward = body.structure("forward")
        if forward is None:
            return self._written(
                body, split_at=texts.TEXT_LIMIT if chat.messenger == TELEGRAM else ZALO_TEXT_LIMIT
            )
        if "from_chat" in forward:
            return [self._forwarded(Body(forward))]
        origin = self._phones.outside_origin(forward)
        return [
            {"forward_origin": origin, **content}
            for content in self._written(Body(forward, body.files))
        ]

    def _forwarded(self, forward: Body) -> JsonObject:
        source = self._state.directory.chats.get(forward.required_id("from_chat"))
        if source is None:
            raise WrongRequest(f"There is no chat {forward.fields['from_chat']}")
        return self._phones.forward(source, forward.required_id("message_id"))

    def _written(self, body: Body, *, split_at: int | None = None) -> list[JsonObject]:
        if (fileless := _without_file(body)) is not None:
            return [fileless]
        if (other := next((name for name in _NAMED_CONTENTS if name in body.fields), "")) != "":
            return [{other: body.text(other)}]
        pictures = self._media(body)
        if not pictures:
            return _texts(body, split_at)
        return [pictures[0] | _caption(body), *pictures[1:]]

    def _media(self, body: Body) -> list[JsonObject]:
        """The files; a `thumbnail` belongs to the video in front of it."""
        names = [name for name, _ in body.files if name != media.THUMBNAIL]
        if len(names) >= media.ALBUM_LIMITS.stop:
            raise WrongRequest(f"An album holds at most {media.ALBUM_LIMITS[-1]} files")
        for name in names:
            if name not in media.KINDS:
                kinds = ", ".join(f"“{kind}”" for kind in media.KINDS)
                raise WrongRequest(f"A file is sent as one of {kinds}, not as “{name}”")
        store = self._state.files
        taken: list[JsonObject] = []
        for name, upload in body.files:
            if name != media.THUMBNAIL:
                taken.append(media.store_upload(store, upload, name))
            elif taken:
                media.add_thumbnail(store, taken[-1], upload)
            else:
                raise WrongRequest("“thumbnail” follows the video that it belongs to")
        if file_id := body.text("photo"):
            taken.append(self._known_photo(file_id))
        return taken

    def _known_photo(self, file_id: str) -> JsonObject:
        known = self._state.files.media(file_id)
        if known is None or "photo" not in known:
            raise WrongRequest("“photo” must be a picture, or the file_id of one")
        return known


def _sent_messages(sent: list[JsonObject]) -> web.Response:
    return respond(sent[0] if len(sent) == 1 else {"messages": sent})


def _acting_person(chat: Chat, body: Body) -> Person:
    """Who acts: the owner of a private chat, or the group's member named by `as`."""
    if chat.owner is not None:
        return chat.owner
    wanted = body.required_integer("as")
    for member in chat.members:
        if member.id == wanted:
            return member
    raise WrongRequest(f"User {wanted} is not in this group")


def _without_file(body: Body) -> JsonObject | None:
    """The content of a kind that needs no file, given as its Bot API object; else None."""
    for kind in DESCRIBED:
        if (described := body.structure(kind)) is not None:
            return {kind: described}
    return None


def _with_sticker(content: JsonObject) -> JsonObject:
    """The content with a sticker as an object. Raises WrongRequest for kinds of the Bot Platform."""
    if "unsupported" in content or isinstance(content.get("voice"), str):
        raise WrongRequest("Only a phone of Zalo's Bot Platform sends that; here a sound is a file")
    if not isinstance(content.get("sticker"), str):
        return content
    return content | {"sticker": stickers.sticker(content["sticker"])}


def _texts(body: Body, split_at: int | None) -> list[JsonObject]:
    """One message, or several when typed text is longer than one may be."""
    written, mode = body.required_text("text"), _parse_mode(body)
    pieces = text_splitter.split(written, split_at) if split_at and not mode else [written]
    return [_text(piece, mode) for piece in pieces]


def _text(written: str, parse_mode: str) -> JsonObject:
    formatted = texts.parse(written, parse_mode)
    if not formatted[0]:
        raise WrongRequest("“text” is missing or empty")
    return texts.text_fields(formatted)


def _caption(body: Body) -> JsonObject:
    return texts.caption_fields(
        texts.parse(body.text("caption") or body.text("text"), _parse_mode(body))
    )


def _parse_mode(body: Body) -> str:
    mode = body.text("parse_mode").lower()
    if mode not in ("", "html"):
        raise WrongRequest("“parse_mode” is HTML or missing")
    return mode


async def _outcome(pressed: Pressed, timeout_s: float) -> JsonObject:
    if pressed.url is not None:
        return {"url": pressed.url}
    if pressed.copied is not None:
        return {"copied": pressed.copied}
    if pressed.typed is not None:
        return {"typed": pressed.typed}
    if pressed.query is None:
        return {}
    outcome: JsonObject = {"callback_query_id": pressed.query.id}
    if timeout_s > 0:
        if pressed.query.answer is None:
            await pressed.query.answered.wait(timeout_s)
        outcome["answer"] = pressed.query.answer
    return outcome
