"""Reads the `message` of a sending call: which kind it is, and its content in the chat.

Shapes and limits: https://developers.zalo.me/docs/official-account/tin-nhan (text of 2,000 characters;
5 buttons; titles of 100, payloads of 1,000 and SMS of 160 characters). A shape that is wrong is
answered with -201, a size past its limit with -210: which of both is not documented.
"""

from dataclasses import dataclass
from urllib.parse import quote

from bot.sandbox.content import fetching, media, stickers
from bot.sandbox.content.entity_detection import urls_in
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import (
    ApiError,
    JsonObject,
    OaError,
    Upload,
    check_limit,
    check_shape,
    of_type,
)

TEXT_LIMIT = 2000
BUTTON_LIMIT = 5
TITLE_LIMIT = 100
PAYLOAD_LIMIT = 1000
SMS_LIMIT = 160
_QUERIES = ("oa.query.show", "oa.query.hide")
_OTHER_TEMPLATES = ("list", "request_user_info", "transaction", "promotion")


@dataclass(frozen=True)
class Outgoing:
    """A message to send; `kind` is the end of its echo's name, as in `oa_send_text`."""

    kind: str
    content: JsonObject
    echo: JsonObject
    """The fields of the echo's `message`, beside its id."""


async def read_outgoing(state: SandboxState, message: JsonObject) -> Outgoing:
    """The message of a call. Raises OaError: -201, -210, -233, or -100 for an expired upload."""
    text = _text(message)
    if "attachment" not in message:
        check_shape(text.strip(), "message.text")
        return Outgoing("text", _with_links(text), {"text": text})
    attachment = object_in(message, "attachment", "message.attachment")
    payload = object_in(attachment, "payload", "message.attachment.payload")
    kind = attachment.get("type")
    check_shape(kind in ("template", "file"), "message.attachment.type")
    if kind == "file":
        check_shape(not text, "message.text")
        return _file(state, payload)
    return await _template(state, text, payload)


def object_in(parent: JsonObject, name: str, field: str) -> JsonObject:
    """The object under this name; OaError (-201) when it is missing or of another type."""
    return of_type(parent.get(name), dict, field)


def _with_links(text: str) -> JsonObject:
    urls = urls_in(text)
    return {"text": text, "entities": urls} if urls else {"text": text}


def _text(message: JsonObject) -> str:
    text = of_type(message.get("text", ""), str, "message.text")
    check_limit(len(text) <= TEXT_LIMIT, "message.text")
    return text


async def _template(state: SandboxState, text: str, payload: JsonObject) -> Outgoing:
    template = payload.get("template_type", "button")
    if template == "media":
        return await _media(state, text, payload)
    if template in _OTHER_TEMPLATES:
        raise OaError(-233)
    check_shape(template == "button", "template_type")
    check_shape(text.strip(), "message.text")
    rows = [[button] for button in _buttons(payload)]
    return Outgoing(
        "text", _with_links(text) | {"reply_markup": {"inline_keyboard": rows}}, {"text": text}
    )


def _buttons(payload: JsonObject) -> list[JsonObject]:
    buttons = of_type(payload.get("buttons"), list, "payload.buttons")
    check_shape(buttons, "payload.buttons")
    check_limit(len(buttons) <= BUTTON_LIMIT, "payload.buttons")
    return [_button(of_type(one, dict, "payload.buttons")) for one in buttons]


def _button(button: JsonObject) -> JsonObject:
    """The button as the chat shows it; links of telephone and SMS as addresses of these kinds."""
    title = _string(button, "title", "buttons.title", TITLE_LIMIT)
    kind = button.get("type")
    if kind in _QUERIES:
        query = _string(button, "payload", "buttons.payload", PAYLOAD_LIMIT)
        return {"text": title, "callback_data": query, "type": kind}
    payload = object_in(button, "payload", "buttons.payload")
    if kind == "oa.open.url":
        address = _string(payload, "url", "payload.url", PAYLOAD_LIMIT)
        check_shape(address.startswith(("http://", "https://")), "payload.url")
        return {"text": title, "url": address, "type": kind}
    check_shape(kind in ("oa.open.phone", "oa.open.sms"), "buttons.type")
    phone = _string(payload, "phone_code", "payload.phone_code", TITLE_LIMIT)
    check_shape(phone.isdecimal(), "payload.phone_code")
    if kind == "oa.open.phone":
        return {"text": title, "url": f"tel:+{phone}", "type": kind}
    words = _string(payload, "content", "payload.content", SMS_LIMIT)
    return {"text": title, "url": f"sms:+{phone}?body={quote(words)}", "type": kind}


def _string(parent: JsonObject, name: str, field: str, limit: int) -> str:
    value = of_type(parent.get(name), str, field)
    check_shape(value.strip(), field)
    check_limit(len(value) <= limit, field)
    return value


async def _media(state: SandboxState, text: str, payload: JsonObject) -> Outgoing:
    elements = of_type(payload.get("elements"), list, "payload.elements")
    check_shape(len(elements) == 1 and "buttons" not in payload, "payload.elements")
    element: JsonObject = of_type(elements[0], dict, "payload.elements")
    kind = element.get("media_type")
    check_shape(kind in ("image", "gif", "sticker"), "media_type")
    check_shape(bool(element.get("attachment_id")) != bool(element.get("url")), "attachment_id")
    caption: JsonObject = {"caption": text} if text else {}
    echo: JsonObject = {"text": text} if text else {}
    if kind == "sticker":
        check_shape("attachment_id" in element and not text, "attachment_id")
        return Outgoing("sticker", {"sticker": stickers.sticker("🙂")}, echo)
    content = await _picture(state, str(kind), element)
    return Outgoing(str(kind), content | caption, echo)


async def _picture(state: SandboxState, kind: str, element: JsonObject) -> JsonObject:
    if upload_id := element.get("attachment_id"):
        return state.oa.attachments.content(kind, str(upload_id), "attachment_id")
    try:
        picture = await fetching.fetch(str(element["url"]))
        return media.store_upload(state.files, Upload("photo", "image/jpeg", picture), "photo")
    except ApiError:
        raise OaError(-201, "url is invalid") from None


def _file(state: SandboxState, payload: JsonObject) -> Outgoing:
    token = of_type(payload.get("token"), str, "payload.token")
    return Outgoing("file", state.oa.attachments.content("file", token, "payload.token"), {})
