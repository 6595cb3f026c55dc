"""Payment codes: whom one pays, and nothing from a text that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.recognition.digit_groups import MASK
from handlers.recognition.pictures.payment_code import PaymentCode, checksum_of, payment_in
from tests.support.made_codes import payment, signed, tlv

ACCOUNT = "0123456789"
ACCOUNTS = st.text("0123456789ABCXYZ", min_size=1, max_size=19)
BANKS = st.text("0123456789", min_size=6, max_size=6)


def test_the_checksum_is_that_of_the_specification() -> None:
    # The check value of CRC-16/IBM-3740, as catalogues of checksums list it.
    assert checksum_of("123456789") == "29B1"


def test_a_code_of_a_bank_app_is_read() -> None:
    code = "00020101021138540010A00000072701240006970436011001234567890208QRIBFTTA53037045802VN6304"
    assert payment_in(code + checksum_of(code)) == PaymentCode("970436", ACCOUNT)
    assert PaymentCode("970436", ACCOUNT).bank_name == "Vietcombank"
    assert PaymentCode("000000", ACCOUNT).bank_name == "000000"


@given(bank=BANKS, account=ACCOUNTS, service=st.sampled_from(["QRIBFTTA", "QRIBFTTC"]))
def test_every_code_says_whom_it_pays(bank: str, account: str, service: str) -> None:
    text = payment(bank, account, service=service, t54="500000", t62=tlv("08", "Ủng hộ"))
    assert payment_in(text) == PaymentCode(bank, account)


@given(at=st.integers(0), sign=st.characters(codec="ascii"))
def test_a_code_with_one_sign_changed_pays_nobody(at: int, sign: str) -> None:
    text = payment()
    at %= len(text)
    changed = text[:at] + sign + text[at + 1 :]
    if changed.upper() != text:
        assert payment_in(changed) is None


@given(
    st.text() | st.text().map(signed) | st.text("0123456789").map(lambda t: signed(f"000201{t}"))
)
def test_no_text_breaks_the_reader(text: str) -> None:
    assert payment_in(text) is None


@pytest.mark.parametrize(
    "napas",
    [
        "",
        tlv("00", "A000000775") + tlv("01", "970436") + tlv("02", "QRIBFTTA"),
        tlv("00", "A000000727") + tlv("01", tlv("00", "97043")) + tlv("02", "QRIBFTTA"),
        tlv("00", "A000000727")
        + tlv("01", tlv("00", "970436") + tlv("01", "<b>1</b>"))
        + tlv("02", "QRIBFTTA"),
        tlv("00", "A000000727")
        + tlv("01", tlv("00", "970436") + tlv("01", "1") + tlv("01", "2"))
        + tlv("02", "QRIBFTTA"),
        tlv("00", "A000000727") + tlv("01", tlv("00", "970436") + tlv("01", "1")),
        "0010A0000007270199",
        "٠٠10A000000727",
    ],
)
def test_a_payee_that_violates_the_format_is_none(napas: str) -> None:
    assert payment_in(signed("000201" + tlv("38", napas) + tlv("58", "VN"))) is None


def test_two_payees_in_one_code_are_none() -> None:
    one, other = payment(account="1")[6:-8], payment(account="2")[6:-8]
    assert payment_in(signed("000201" + one + other)) is None


def test_a_code_of_thousands_of_objects_is_read_like_any_other() -> None:
    assert payment_in(signed("000201" + "0000" * 1000)) is None


@given(bank=BANKS, account=ACCOUNTS)
def test_a_masked_account_shows_two_signs_at_each_end(bank: str, account: str) -> None:
    masked = PaymentCode(bank, account).masked
    assert masked.masked == masked
    assert len(masked.account) == len(account)
    shown = masked.account.replace(MASK, "")
    assert shown == (account[:2] + account[-2:] if len(account) > 4 else "")
