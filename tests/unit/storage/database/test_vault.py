"""What the vault seals opens only with its key, in its field and in its row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.database.vault import Part, SealBroken, Vault, new_key

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


@given(st.text())
def test_what_was_sealed_opens(text: str) -> None:
    vault = Vault(KEY)
    assert vault.open("member.name", vault.seal("member.name", text, 1), 1) == text


def test_sealing_the_same_twice_gives_different_bytes() -> None:
    assert Vault(KEY).seal("f", "Lan", 1) != Vault(KEY).seal("f", "Lan", 1)


def test_a_value_moved_to_another_field_does_not_open() -> None:
    vault = Vault(KEY)
    with pytest.raises(SealBroken):
        vault.open("contact.chat", vault.seal("member.name", "Lan", 1), 1)


@pytest.mark.parametrize(
    "row", [(2,), (1, "telegram"), ("1",), (b"1",), (1, 2, "zalo"), (12, "zalo"), (1, "2", "zalo")]
)
def test_a_value_moved_to_another_row_does_not_open(row: tuple[Part, *tuple[Part, ...]]) -> None:
    vault = Vault(KEY)
    sealed = vault.seal("contact.chat", "77", 1, "2zalo")
    assert vault.open("contact.chat", sealed, 1, "2zalo") == "77"
    with pytest.raises(SealBroken):
        vault.open("contact.chat", sealed, *row)


def test_nothing_is_sealed_for_a_row_of_nobody() -> None:
    with pytest.raises(TypeError):
        Vault(KEY).seal("delivery.body", "Lan", 1, None)  # type: ignore[arg-type]


def test_a_row_that_lost_its_owner_opens_nothing() -> None:
    vault = Vault(KEY)
    with pytest.raises(SealBroken):
        vault.open("f", vault.seal("f", "Lan", 1, 2), 1, None)  # type: ignore[arg-type]


def test_another_key_does_not_open() -> None:
    with pytest.raises(SealBroken):
        Vault(OTHER).open("f", Vault(KEY).seal("f", "Lan", 1), 1)


@given(st.integers(min_value=0, max_value=34))
def test_a_flipped_bit_anywhere_is_noticed(position: int) -> None:
    sealed = bytearray(Vault(KEY).seal("f", "Lan", 1))
    assert len(sealed) == 35
    sealed[position] ^= 1
    with pytest.raises(SealBroken):
        Vault(KEY).open("f", bytes(sealed), 1)


@pytest.mark.parametrize("length", [0, 1, 4, 15, 16, 31])
def test_a_shortened_value_does_not_open(length: int) -> None:
    with pytest.raises(SealBroken):
        Vault(KEY).open("f", Vault(KEY).seal("f", "Lan", 1)[:length], 1)


def test_an_older_key_still_opens_what_it_sealed() -> None:
    rotated = Vault(OTHER, KEY)
    assert rotated.open("f", Vault(KEY).seal("f", "Lan", 1), 1) == "Lan"
    with pytest.raises(SealBroken):
        Vault(KEY).open("f", rotated.seal("f", "Lan", 1), 1)


def test_look_ups_agree_with_themselves_and_with_nothing_else() -> None:
    vault = Vault(KEY)
    assert vault.lookup("contact", "telegram", "1") == vault.lookup("contact", "telegram", "1")
    others = [
        vault.lookup("invite", "telegram", "1"),
        vault.lookup("contact", "telegra", "m1"),
        vault.lookup("contact", "telegram1"),
        Vault(OTHER).lookup("contact", "telegram", "1"),
    ]
    assert vault.lookup("contact", "telegram", "1") not in others


def test_nothing_of_the_key_shows() -> None:
    assert repr(Vault(KEY)) == "Vault(…)"
    assert len(new_key()) == 32
    assert new_key() != new_key()
