"""Multipart bodies as the libraries of other languages write them."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.hypothesis_profiles import examples
from tests.support.sandbox_server import SandboxServer

BOUNDARY = "----------x1"
PDF = b"%PDF-1.7\r\n--not a boundary\r\n\r\n\0\xff"


def part(disposition: str, content: bytes, *more: str) -> bytes:
    head = "\r\n".join([f"content-disposition:form-data;{disposition}", *more])
    return f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + content + b"\r\n"


def body(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


async def post(
    sandbox: SandboxServer, method: str, content: bytes, boundary: str = BOUNDARY
) -> Any:
    url = f"{sandbox.address.url}/bot{sandbox.token}/{method}"
    kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    async with sandbox.http.post(url, data=content, headers=kind) as answer:
        return await answer.json()


async def send_document(sandbox: SandboxServer, chat: int, disposition: str) -> Any:
    place = part('name="chat_id"', str(chat).encode())
    file = part(f'name="document";{disposition}', PDF, "Content-Type: application/pdf")
    answer = await post(sandbox, "sendDocument", body(place, file))
    return answer["result"]["document"] if answer["ok"] else answer


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("filename=Thông báo.pdf", "Thông báo.pdf"),
        (" filename = Thông báo (2).pdf ; size=3", "Thông báo (2).pdf"),
        ('filename="Thông báo.pdf"', "Thông báo.pdf"),
        (r'filename="a \"b\"; c.pdf"', 'a "b"; c.pdf'),
        ("filename=Th%C3%B4ng%20b%C3%A1o.pdf", "Thông báo.pdf"),
        ("filename=100% xong.pdf", "100% xong.pdf"),
        ("filename*=utf-8''Th%C3%B4ng%20b%C3%A1o.pdf", "Thông báo.pdf"),
        ("filename=a.pdf; filename*=utf-8''b.pdf", "a.pdf"),
        ('filename=""', ""),
    ],
)
async def test_a_file_keeps_its_name_however_it_is_written(
    sandbox: SandboxServer, chat: int, disposition: str, name: str
) -> None:
    document = await send_document(sandbox, chat, disposition)
    assert (document["file_name"], document["mime_type"]) == (name, "application/pdf")
    assert document["file_size"] == len(PDF)


async def test_a_file_may_be_the_first_part(sandbox: SandboxServer, chat: int) -> None:
    file = part("name=document;filename=Tổ 5.pdf", PDF)
    answer = await post(sandbox, "sendDocument", body(file, part("name=chat_id", b"%d" % chat)))
    assert answer["result"]["document"]["file_name"] == "Tổ 5.pdf"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing",
        part('name="text"', b"x"),
        body(part('filename="x"', b"x")),
        body(part('name="text', b"x")),
        body(part('name="text"x', b"x")),
        body(part("name=text", b"\xff")),
        body(b"--" + BOUNDARY.encode() + b"\r\nno header\r\n"),
        body(*[part(f"name=a{number}", b"") for number in range(1001)]),
        body(part("name=" + "a" * 8192, b"x")),
    ],
    ids=range(10),
)
async def test_a_malformed_body_is_refused(sandbox: SandboxServer, content: bytes) -> None:
    answer = await post(sandbox, "getMe", content)
    assert answer["description"] == "Bad Request: can't parse multipart body"


async def test_a_body_without_a_boundary_is_refused(sandbox: SandboxServer) -> None:
    answer = await post(sandbox, "getMe", body(part("name=text", b"x")), boundary="")
    assert answer["description"] == "Bad Request: can't parse multipart body"


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*'=;"\\ %*aệ', "name", "filename"]), max_size=20).map("".join))
async def test_no_disposition_breaks_the_server(sandbox: SandboxServer, disposition: str) -> None:
    answer = await post(sandbox, "getMe", body(part(disposition, PDF)))
    assert answer["ok"] or answer["error_code"] == 400
