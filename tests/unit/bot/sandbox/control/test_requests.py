"""Whatever is sent, the answer is a sentence, never an accident."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.instrumentation.calls import CallRecord
from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.telegram.methods import NAMES
from bot.sandbox.transport.parameters import Parameters
from tests.support.hypothesis_profiles import examples
from tests.support.sandbox_server import SandboxServer

NAMES_OF_FIELDS = [
    "chat_id",
    "text",
    "photo",
    "document",
    "caption",
    "message_id",
    "parse_mode",
    "entities",
    "reply_markup",
    "commands",
    "scope",
    "language_code",
    "offset",
    "limit",
    "reply_parameters",
    "link_preview_options",
    "callback_query_id",
    "url",
    "first_name",
    "title",
    "members",
    "forward",
    "as",
    "label",
    "data",
    "payload",
    "advance_s",
    "method",
    "status",
    "delay_s",
]
ACTIONS = ("send", "start", "press", "block", "unblock")
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=9), inner, max_size=2)
    ),
)
bodies = st.dictionaries(st.sampled_from(NAMES_OF_FIELDS), values, max_size=5)
patiently = settings(
    max_examples=examples(150),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@patiently
@given(method=st.sampled_from(sorted(NAMES)), body=bodies, known=st.booleans())
async def test_no_call_of_the_bot_breaks_the_server(
    sandbox: SandboxServer, method: str, body: dict[str, object], known: bool
) -> None:
    chat = await sandbox.add_started_user()
    fields = body | {"timeout": 0} | ({"chat_id": chat, "message_id": 1} if known else {})
    assert (await sandbox.post(f"/bot{sandbox.token}/{method}", fields)).status < 500


@patiently
@given(action=st.sampled_from(ACTIONS), body=bodies)
async def test_no_wish_of_a_phone_breaks_the_server(
    sandbox: SandboxServer, action: str, body: dict[str, object]
) -> None:
    chat = await sandbox.add_started_user()
    for path in (f"/sandbox/chats/{chat}/{action}", "/sandbox/groups", "/sandbox/faults"):
        answer = await sandbox.post(path, body)
        assert answer.status == 200 or answer.body["error"]
    async with sandbox.http.delete(f"{sandbox.address.url}/sandbox/faults"):
        await sandbox.do(chat, "unblock")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'"x"', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"\xff\xfe", "application/json"),
        (b'{"first_name": "\\ud83d", "chat_id": 1, "text": "\\ud83d"}', "application/json"),
        (b"text=%ff%fe", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"nothing", "multipart/form-data; boundary=x"),
        (b"nothing", "multipart/form-data"),
        (
            b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--",
            "multipart/form-data; boundary=x",
        ),
    ],
    ids=lambda value: str(value)[:30],
)
@pytest.mark.parametrize("place", ["api", "control"])
async def test_a_body_that_cannot_be_read_is_refused(
    sandbox: SandboxServer, body: bytes, content_type: str, place: str
) -> None:
    path = {"api": f"/bot{sandbox.token}/sendMessage", "control": "/sandbox/users"}[place]
    headers = {"Content-Type": content_type}
    async with sandbox.http.post(sandbox.address.url + path, data=body, headers=headers) as answer:
        assert 400 <= answer.status < 500
        assert (await answer.json()).keys() & {"error", "description"}


@pytest.mark.parametrize(
    "path",
    [
        "/sandbox/nowhere",
        "/sandbox/chats/1/messages",
        "/sandbox/chats/x/messages",
        "/sandbox/chats/²/messages",
        "/sandbox/files/x",
        "/sandbox/calls?after=x",
        "/sandbox/calls?after=nan",
        "/sandbox/clock?after=inf",
    ],
)
async def test_a_wrong_address_is_answered_with_a_sentence(
    sandbox: SandboxServer, path: str
) -> None:
    answer = await sandbox.get(path)
    assert answer.status in (400, 404)
    assert answer.body["error"]


async def test_a_wrong_token_or_method_is_told_as_telegram_tells_it(sandbox: SandboxServer) -> None:
    assert (await sandbox.post("/bot1:wrong/getMe", {})).refusal == "Unauthorized"
    assert (await sandbox.post("/bot²/getMe", {})).refusal == "Unauthorized"
    assert (await sandbox.api("getMoon")).refusal == "Not Found"
    assert (await sandbox.api("GETME")).status == 200
    missing = await sandbox.get(f"/file/bot{sandbox.token}/photos/nothing.jpg")
    assert missing.status == 404


async def test_half_of_a_character_is_refused_before_it_is_kept(
    sandbox: SandboxServer, chat: int
) -> None:
    answer = await sandbox.api("sendMessage", chat_id=chat, text="\ud83d")
    assert answer.refusal == "Bad Request: strings must be encoded in UTF-8"
    said = await sandbox.post(f"/sandbox/chats/{chat}/send", {"text": "\ud83d"})
    assert said.status == 400
    assert (await sandbox.get("/sandbox/calls")).status == 200


async def test_a_method_takes_its_parameters_from_the_address_too(
    sandbox: SandboxServer, chat: int
) -> None:
    answer = await sandbox.get(f"/bot{sandbox.token}/sendMessage?chat_id={chat}&text=Ch%C3%A0o")
    assert answer.result["text"] == "Chào"


async def test_every_call_is_on_record_in_order(sandbox: SandboxServer, chat: int) -> None:
    await sandbox.api("sendMessage", chat_id=chat, text="Chào")
    await sandbox.api("sendMessage", chat_id=1, text="Chào")
    await sandbox.api("getMe")
    calls = (await sandbox.get("/sandbox/calls?method=sendMessage")).body
    assert [call["status"] for call in calls] == [200, 400]
    assert calls[0]["parameters"] == {"chat_id": chat, "text": "Chào"}
    assert calls[0]["elapsed_s"] <= calls[1]["elapsed_s"]
    (last,) = (await sandbox.get(f"/sandbox/calls?after={calls[-1]['seq']}")).body
    assert last["method"] == "getMe"


def test_the_record_forgets_the_oldest_calls_first() -> None:
    record = CallRecord(Clock(), limit=2)
    for text in ("một", "hai", "ba"):
        record.add("sendMessage", Parameters({"text": text}))
    kept = [call.parameters.text("text") for call in record.select(method=None, after=0)]
    assert kept == ["hai", "ba"]
