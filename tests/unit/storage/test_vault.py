"""What the vault seals opens only with its key and in its field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.vault import SealBroken, Vault, new_key

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


@given(st.text())
def test_what_was_sealed_opens(text: str) -> None:
    vault = Vault(KEY)
    assert vault.open("member.name", vault.seal("member.name", text)) == text


def test_sealing_the_same_twice_gives_different_bytes() -> None:
    assert Vault(KEY).seal("f", "Lan") != Vault(KEY).seal("f", "Lan")


def test_a_value_moved_to_another_field_does_not_open() -> None:
    vault = Vault(KEY)
    with pytest.raises(SealBroken):
        vault.open("contact.chat", vault.seal("member.name", "Lan"))


def test_another_key_does_not_open() -> None:
    with pytest.raises(SealBroken):
        Vault(OTHER).open("f", Vault(KEY).seal("f", "Lan"))


@given(st.integers(min_value=0, max_value=34))
def test_a_flipped_bit_anywhere_is_noticed(position: int) -> None:
    sealed = bytearray(Vault(KEY).seal("f", "Lan"))
    assert len(sealed) == 35
    sealed[position] ^= 1
    with pytest.raises(SealBroken):
        Vault(KEY).open("f", bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 4, 15, 16, 31])
def test_a_shortened_value_does_not_open(length: int) -> None:
    with pytest.raises(SealBroken):
        Vault(KEY).open("f", Vault(KEY).seal("f", "Lan")[:length])


def test_an_older_key_still_opens_what_it_sealed() -> None:
    rotated = Vault(OTHER, KEY)
    assert rotated.open("f", Vault(KEY).seal("f", "Lan")) == "Lan"
    with pytest.raises(SealBroken):
        Vault(KEY).open("f", rotated.seal("f", "Lan"))


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
