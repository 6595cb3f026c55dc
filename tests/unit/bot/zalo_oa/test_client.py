"""What each answer of the platform means, and what the client does about it by itself."""

import asyncio
from datetime import datetime

import pytest

from bot.zalo_oa.client import SEND_PATH, OaClient
from handlers.messages import (
    BalanceSpent,
    DeliveryUncertain,
    Message,
    MessengerError,
    QuotaSpent,
    RateLimited,
    RecipientGone,
    Refused,
    ServerError,
    TemporarilyRejected,
    TokenRefused,
    Unreachable,
    WindowClosed,
)
from scheduler.pacing.limiter import INTERACTIVE
from tests.integration.conftest import free_port
from tests.support.oa_setup import PERSON, ZONE, OaSetup
from tests.support.scripted_oa_server import OLD_SEND, SEND, OaServer

TEXT = {"text": "Lịch họp tổ 4"}
MEANINGS: list[tuple[int, type[MessengerError]]] = [
    *((code, RateLimited) for code in (-32,)),
    *((code, DeliveryUncertain) for code in (-200, -9999, 7)),
    *((code, Refused) for code in (-100, -201, -210, -233, -248, -249, -238, -241)),
    *((code, Refused) for code in (-1340, -1341)),
    *((code, WindowClosed) for code in (-213, -217, -218, -230, -232)),
    *((code, BalanceSpent) for code in (-320, -321)),
    *((code, RecipientGone) for code in (-227, -244, -237, -403)),
    *((code, TokenRefused) for code in (-204, -205, -209, -212, -219, -221, -223, -224)),
    *((code, TokenRefused) for code in (-240, -242)),
    (-211, QuotaSpent),
    (-214, ServerError),
    (-234, TemporarilyRejected),
]


@pytest.mark.parametrize(("code", "meaning"), MEANINGS)
async def test_every_code_of_the_platform_says_whether_trying_again_can_help(
    oa: OaSetup, server: OaServer, code: int, meaning: type[MessengerError]
) -> None:
    server.will_answer(code)
    with pytest.raises(MessengerError) as failed:
        await oa.messenger.send(oa.to, Message("Lịch họp tổ 4"))
    assert type(failed.value) is meaning
    assert PERSON not in str(failed.value)
    assert "as scripted" not in str(failed.value)


@pytest.mark.parametrize("code", [-216, -220, 401, -401, 216])
async def test_a_token_that_is_not_accepted_is_renewed_once(
    oa: OaSetup, server: OaServer, code: int
) -> None:
    server.will_answer(code)
    assert await oa.client.send(PERSON, TEXT)
    assert [one.token for one in server.sent] == ["token-1", "token-2"]
    assert oa.tokens.renewals == ["token-1"]


@pytest.mark.parametrize("code", [-216, -220, 401, -401, 216])
async def test_a_second_token_that_is_not_accepted_is_an_error(
    oa: OaSetup, server: OaServer, code: int
) -> None:
    server.will_answer(code, code)
    with pytest.raises(TokenRefused):
        await oa.client.send(PERSON, TEXT)
    assert len(server.sent) == 2


async def test_without_another_token_nothing_is_sent_again(oa: OaSetup, server: OaServer) -> None:
    oa.tokens.left = 0
    server.will_answer(-216)
    with pytest.raises(TokenRefused, match="anew"):
        await oa.client.send(PERSON, TEXT)
    assert len(server.sent) == 1


async def test_an_account_of_a_state_body_is_written_to_by_the_older_call_from_then_on(
    oa: OaSetup, server: OaServer
) -> None:
    server.will_answer(-235, 0, 0)
    await oa.client.send(PERSON, TEXT)
    await oa.client.send(PERSON, TEXT)
    assert [one.path for one in server.sent] == [SEND, OLD_SEND, OLD_SEND]
    assert len({str(one.body) for one in server.sent}) == 1


async def test_an_account_that_takes_neither_call_is_refused(oa: OaSetup, server: OaServer) -> None:
    server.will_answer(-235, -235, -235, -235)
    for _ in range(2):
        with pytest.raises(TokenRefused) as failed:
            await oa.client.send(PERSON, TEXT)
        assert type(failed.value) is TokenRefused
    assert [one.path for one in server.sent] == [SEND, OLD_SEND, SEND, OLD_SEND]


async def test_the_older_call_is_not_remembered_when_it_failed(
    oa: OaSetup, server: OaServer
) -> None:
    server.will_answer(-235, -230, 0)
    with pytest.raises(WindowClosed):
        await oa.client.send(PERSON, TEXT)
    await oa.client.send(PERSON, TEXT)
    assert [one.path for one in server.sent] == [SEND, OLD_SEND, SEND]


async def test_too_many_calls_halt_the_whole_account_at_once(oa: OaSetup, server: OaServer) -> None:
    server.will_answer(-32)
    with pytest.raises(RateLimited) as failed:
        await oa.client.send(PERSON, TEXT)
    assert failed.value.retry_after_s == 60
    assert oa.limiter.halted_for_s == 60


async def test_the_remaining_calls_of_this_minute_set_the_pace(
    oa: OaSetup, server: OaServer
) -> None:
    server.will_answer(0, X_RateLimit_Limit="100", X_RateLimit_Remain="1")
    await oa.client.send(PERSON, TEXT)
    start = oa.time()
    await oa.limiter.acquire(INTERACTIVE, "a")
    assert oa.time() == start
    await oa.limiter.acquire(INTERACTIVE, "b")
    assert oa.time() >= start + 60


@pytest.mark.parametrize("header", ["", "-1", "many", "１"])
async def test_a_remainder_that_is_no_number_changes_nothing(
    oa: OaSetup, server: OaServer, header: str
) -> None:
    server.will_answer(0, X_RateLimit_Remain=header.encode("unicode_escape").decode())
    await oa.client.send(PERSON, TEXT)
    start = oa.time()
    await oa.limiter.acquire(INTERACTIVE, "a")
    assert oa.time() == start


async def test_a_quota_is_tried_again_after_midnight(oa: OaSetup, server: OaServer) -> None:
    server.will_answer(-211)
    with pytest.raises(QuotaSpent) as failed:
        await oa.client.send(PERSON, TEXT)
    assert failed.value.at == datetime(2026, 12, 2, tzinfo=ZONE)


async def test_a_connection_that_was_never_made_left_nothing_behind(
    oa: OaSetup, server: OaServer
) -> None:
    nowhere = OaClient(f"http://127.0.0.1:{free_port()}", oa.tokens, oa.limiter, oa.clock, ZONE)
    with pytest.raises(Unreachable):
        await nowhere.send(PERSON, TEXT)
    await nowhere.close()


NONSENSE: list[tuple[bytes, type[MessengerError], type[MessengerError]]] = [
    (
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>",
        DeliveryUncertain,
        ServerError,
    ),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", DeliveryUncertain, ServerError),
    (
        b'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{"error":1e999}',
        DeliveryUncertain,
        ServerError,
    ),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n{", DeliveryUncertain, ServerError),
    (b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}', DeliveryUncertain, ServerError),
    (
        b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",
        DeliveryUncertain,
        ServerError,
    ),
    (b"HTTP/1.1 429 Slow\r\nContent-Length: 6\r\n\r\n<html>", RateLimited, RateLimited),
    (b"HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\n{}", Refused, Refused),
    (
        b"HTTP/1.1 401 No\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}",
        TokenRefused,
        TokenRefused,
    ),
    (b"", DeliveryUncertain, ServerError),
]


@pytest.mark.parametrize(("answer", "of_a_message", "of_a_question"), NONSENSE)
async def test_a_server_in_between_that_answers_nonsense_is_understood(
    oa: OaSetup,
    answer: bytes,
    of_a_message: type[MessengerError],
    of_a_question: type[MessengerError],
) -> None:
    """Nobody knows whether the message was passed on; a question can be asked again."""

    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(x for x in head.split(b"\r\n") if x.lower().startswith(b"content-length"))
        await reader.readexactly(int(length.partition(b":")[2]))
        writer.write(answer)
        await writer.drain()
        writer.close()

    port = free_port()
    async with await asyncio.start_server(reply, "127.0.0.1", port):
        client = OaClient(f"http://127.0.0.1:{port}", oa.tokens, oa.limiter, oa.clock, ZONE)
        oa.tokens.left = 9
        with pytest.raises(MessengerError) as failed:
            await client.send(PERSON, TEXT)
        assert type(failed.value) is of_a_message
        await client.close()
        with pytest.raises(MessengerError) as failed:
            await client.ask(SEND_PATH, {})
        assert type(failed.value) is of_a_question
        assert failed.value.__cause__ is None
        await client.close()


async def test_a_question_is_one_parameter(oa: OaSetup, server: OaServer) -> None:
    server.will_say({"display_name": "  Lê Thị\nMai "})
    assert await oa.messenger.display_name(oa.to) == "Lê Thị Mai"
    assert server.requests[0].body == {"user_id": PERSON}
