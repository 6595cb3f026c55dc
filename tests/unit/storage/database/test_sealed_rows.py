"""What is sealed opens in its own row alone: moved to somebody else's, it is nobody's."""

import pytest
from sqlalchemy import UniqueConstraint, update
from sqlmodel import SQLModel, col

from storage.database.engine import Tx
from storage.database.sealing import BOUND_TO
from storage.database.vault import SealBroken, link_key
from storage.maintenance import key_rotation
from storage.maintenance.key_rotation import SEALED_COLUMNS, SealedColumn
from storage.members import members
from storage.models import Delivery, DeliveryState
from storage.privacy.data_inventory_types import plain_name
from tests.conftest import KEY
from tests.support import ClubInATest, OneRowPerTable, Outbox, Phone

NEW = bytes(range(1, 33))
TABLES = SQLModel.metadata.tables
BOUND = {name: BOUND_TO[name] for name in sorted({place.table.name for place in SEALED_COLUMNS})}


async def two_lives(club: ClubInATest) -> None:
    """Each sealed column holds something in two rows at least, of different people."""
    for names, mark in ((("Lan", "Bình"), ""), (("Mai", "Hoà"), "2")):
        lan, binh = [await club.officer(name) for name in names]
        await club.in_write(OneRowPerTable(club, lan, binh, mark=mark).write)


async def opens(tx: Tx, place: SealedColumn) -> list[bool]:
    """Whether each value of the column opens where it stands."""
    query = place.select().where(place.column.is_not(None)).order_by(place.key)
    found = []
    for row in (await tx.execute(query)).mappings().all():
        try:
            place.open(tx, row)
        except SealBroken:
            found.append(False)
        else:
            found.append(True)
    return found


async def swapped(tx: Tx, place: SealedColumn) -> None:
    """The first value stands in the last row, and the last in the first."""
    query = place.select().where(place.column.is_not(None)).order_by(place.key)
    rows = (await tx.execute(query)).mappings().all()
    for row, other in ((rows[0], rows[-1]), (rows[-1], rows[0])):
        here = update(place.table).where(place.key == row["key"])
        await tx.execute(here.values({place.column: other["sealed"]}))


async def moved_values_that_open(club: ClubInATest) -> list[str]:
    """The fields whose values open in each other's rows; every value opened before."""
    found = []
    async with club.store.write() as tx:
        for place in SEALED_COLUMNS:
            before = await opens(tx, place)
            assert len(before) >= 2, place.field
            assert all(before), place.field
            await swapped(tx, place)
            if await opens(tx, place) != [False, *before[1:-1], False]:
                found.append(place.field)
    return found


async def test_no_value_opens_in_another_row(club: ClubInATest) -> None:
    await two_lives(club)
    assert await moved_values_that_open(club) == []


async def test_after_a_change_of_key_every_value_is_bound_to_its_row_as_before(
    club: ClubInATest,
) -> None:
    await two_lives(club)
    club.store.vault.hold(NEW, KEY)
    assert await key_rotation.rekey(club.store) == 0
    club.store.vault.hold(NEW, links=[link_key(KEY)])
    assert await moved_values_that_open(club) == []


def test_every_table_with_a_sealed_column_says_what_it_is_bound_to() -> None:
    sealed = {
        table.name
        for table in TABLES.values()
        if any(column.name != plain_name(column.name) for column in table.columns)
    }
    assert set(BOUND_TO) == sealed


@pytest.mark.parametrize("table", BOUND)
def test_no_two_rows_are_bound_to_the_same(table: str) -> None:
    bound = set(BOUND_TO[table])
    unique = [
        {column.name for column in constraint.columns}
        for constraint in TABLES[table].constraints
        if isinstance(constraint, UniqueConstraint) or constraint is TABLES[table].primary_key
    ]
    assert any(columns <= bound for columns in unique)


@pytest.mark.parametrize("table", BOUND)
def test_a_row_is_bound_to_its_owner_unless_it_changes_owners(table: str) -> None:
    """What a row has of `member_id`, `contact_id`, the hash of a chat and the like, but for posts."""
    owners = {"member_id", "contact_id", "share_id", "suspension_id", "lookup", "post_id"}
    bound, columns = set(BOUND_TO[table]), set(TABLES[table].columns.keys())
    lookups = {"lookup"} if table == "contact" else set()  # it is what is sealed, hashed
    assert (owners & columns) - lookups <= bound


def test_a_table_bound_to_the_hash_of_a_chat_has_one_sealed_column() -> None:
    """A change of key seals it anew together with the hash; a second one would open no more."""
    tables = [one.table.name for one in SEALED_COLUMNS if "lookup" in BOUND_TO[one.table.name]]
    assert sorted(tables) == ["choicelist", "generatedfile", "step"]


async def test_a_row_given_to_somebody_else_opens_no_more(
    club: ClubInATest, lan: Phone, mai: Phone
) -> None:
    async with club.store.write() as tx:
        contact = await members.contact_of(tx, lan.member_id)
        assert contact is not None
        contact.member_id = mai.member_id
        await tx.session.flush()
        with pytest.raises(SealBroken):
            members.chat_of(tx, contact)


async def test_nobody_takes_the_name_of_another_by_a_copy(
    club: ClubInATest, lan: Phone, mai: Phone
) -> None:
    async with club.store.write() as tx:
        names = [(await members.get(tx, one.member_id)) for one in (lan, mai)]
        names[0].name_sealed = names[1].name_sealed
        with pytest.raises(SealBroken):
            members.name_of(tx, names[0])
        assert members.name_of(tx, names[1]) == "Mai"


async def test_what_waits_for_one_member_is_not_sent_to_another(club: ClubInATest) -> None:
    lan, mai = await club.officer("Lan", owner=True), await club.member("Mai")
    await lan.opens(f"/hoivien {mai.name}", mai.name, "Mời làm cán bộ")
    async with club.store.write() as tx:
        given = update(Delivery).where(col(Delivery.member_id) == mai.member_id)
        await tx.session.exec(given.values(member_id=lan.member_id))
    box = Outbox(club.store)
    assert await box.claim() == []
    assert await box.states() == [DeliveryState.FAILED]
