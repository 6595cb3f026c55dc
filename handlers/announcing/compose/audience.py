"""Whom an announcement is for, and how many people that is at this moment."""

from collections.abc import Collection

from handlers.conversation import ClubSettings, Context, Html, Speech
from handlers.views.small_counts import alone
from storage.reports import batch_totals


def places(club: ClubSettings, areas: Collection[str], say: Speech) -> str:
    """`Huyện Sông Ngọc, Thị xã Hoà An`, or everyone."""
    names = [area.name for area in club.areas if area.id in areas]
    return ", ".join(names) if areas else say.plain("announcing-everyone")


async def audience(context: Context, areas: Collection[str]) -> Html:
    """Who would get it now: how many people, and where."""
    return context.say(
        "announcing-audience",
        people=alone(await batch_totals.audience(context.tx, areas)).said(context.say),
        places=places(context.club, areas, context.say),
    )
