"""Very many members at once, each as joining leaves them."""

from typing import Any

from sqlalchemy import insert

from storage import people
from storage.engine import Tx
from storage.models import Consent, Contact, Member, MemberState, Purpose, Role
from tests.bench.durable import memory

_AT_ONCE = 10_000
_FIRST_CHAT = 1_000_000


def chat_of(member: int) -> str:
    """The chat of one of them."""
    return str(_FIRST_CHAT + member)


async def gather(database: str, size: int) -> None:
    """Members 1 to `size` of an empty club, who agreed to announcements."""
    async with memory(database) as store:
        for first in range(1, size + 1, _AT_ONCE):
            async with store.write() as tx:
                await _add(tx, range(first, min(first + _AT_ONCE, size + 1)))


async def _add(tx: Tx, numbers: range) -> None:
    name, now = tx.vault.seal("member.name", "Nguyễn Thị Lan"), tx.clock.now()
    members = [
        {
            "id": number,
            "name_sealed": name,
            "role": Role.MEMBER,
            "state": MemberState.ACTIVE,
            "language": "vi",
            "actor": number,
            "joined_at": now,
        }
        for number in numbers
    ]
    consents = [
        {
            "member_id": number,
            "purpose": Purpose.ANNOUNCEMENTS,
            "text_version": "1",
            "language": "vi",
            "given_at": now,
        }
        for number in numbers
    ]
    contacts = [_contact(tx, number, chat_of(number)) for number in numbers]
    connection = await tx.session.connection()
    for table, rows in ((Member, members), (Contact, contacts), (Consent, consents)):
        await connection.execute(insert(table), rows)


def _contact(tx: Tx, member_id: int, chat: str) -> dict[str, Any]:
    return {
        "member_id": member_id,
        "messenger": "telegram",
        "lookup": people.lookup_of(tx, "telegram", chat),
        "chat_sealed": people.seal_chat(tx, chat),
    }
