"""What the officer is told before correcting or recalling: in some apps nothing that was sent can be
changed, so members read it in a message of its own."""

from handlers.turn import Turn
from storage import remedies


async def said_anew(turn: Turn, number: int) -> dict[str, str | int]:
    """In which apps (`where`) and to how many (`count`) of those who have this announcement.

    Empty when every copy can be changed.
    """
    where = turn.club.unchangeable
    count = await remedies.count_copies(turn.tx, number, via=where) if where else 0
    return {"where": ", ".join(name.title() for name in where), "count": count} if count else {}
