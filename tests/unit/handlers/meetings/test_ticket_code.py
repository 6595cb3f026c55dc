"""The digits of a ticket, however an officer types them or a phone scans them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.meetings import ticket_code
from storage.database import as_code
from storage.members.invites import CODE_LENGTH
from tests.support import SETTINGS

DIGITS = st.text("0123456789", min_size=6, max_size=6)


@pytest.mark.parametrize(
    "typed",
    ["482913", "482 913", "482-913", " 4 8 2 9 1 3 ", "Vé 482.913", "４８２９１３", "482 913 ạ"],
)
def test_the_digits_are_read_however_they_are_grouped(typed: str) -> None:
    assert ticket_code.typed_digits(typed) == "482913"


@pytest.mark.parametrize(
    "typed", ["", "48291", "4829133", "chào bạn", "0912 345 678", "482913 " + "x" * 60]
)
def test_another_number_is_no_ticket(typed: str) -> None:
    assert ticket_code.typed_digits(typed) == ""


@given(st.integers(1, 999_999_999), DIGITS)
def test_what_a_camera_reads_is_the_ticket(meeting_id: int, digits: str) -> None:
    link = ticket_code.link_to(SETTINGS, meeting_id, digits)
    payload = link.partition("?start=")[2]
    assert len(payload) <= 64
    assert ticket_code.is_payload(payload)
    assert ticket_code.read_payload(payload) == (meeting_id, digits)
    assert ticket_code.typed_digits(ticket_code.grouped(digits)) == digits


@given(st.text())
def test_no_payload_of_something_else_is_read_as_a_ticket(payload: str) -> None:
    if ticket_code.read_payload(payload) is not None:
        assert ticket_code.is_payload(payload)
        assert len(as_code(payload)) != CODE_LENGTH or "-" in payload
