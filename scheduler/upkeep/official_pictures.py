"""Draws the cards of official texts once, to recognise a picture that looks like one of them.

Only the perceptual hash of a card is stored, not the card itself. See
docs/decisions/0035-genuine-outdated-changed-quoted.md.
"""

from functools import partial

import structlog

from handlers.conversation import ClubSettings, speech_to
from handlers.deciding.verdict import picture
from handlers.recognition.pictures.perceptual_hash import card_hash
from handlers.rendering import card_image
from handlers.rendering.card_sheet import SHAPES, Card, Shape
from handlers.sharing import card
from handlers.views.announcement import unpack
from handlers.worker_tasks import Cause, WorkerFailed, Workers
from storage.announcements import official_texts, published
from storage.announcements.official_texts import KnownText
from storage.cases import cases
from storage.database import Store, Tx
from storage.models import OfficialKind

_LATER = frozenset({Cause.BUSY, Cause.STOPPING, Cause.NOT_STARTED})
"""Temporary causes: the card is drawn later."""

log = structlog.stdlib.get_logger()


class OfficialPictures:
    """Draws one card at a time, outside of any transaction."""

    def __init__(self, store: Store, club: ClubSettings, workers: Workers) -> None:
        self._store = store
        self._club = club
        self._workers = workers

    async def draw_due(self) -> int:
        """Draws and hashes the oldest card that is still to be drawn; returns the number of cards, 0 or 1.

        It is one indexed query if none is due. A card that a worker cannot draw is not tried again.
        """
        async with self._store.read() as tx:
            due = await official_texts.undrawn_picture(tx)
            drawing = await self._card(tx, due[0]) if due else None
        if due is None:
            return 0
        known, shape = due
        try:
            found = await self._hash(drawing, SHAPES[shape]) if drawing else None
        except WorkerFailed as failed:
            if failed.cause in _LATER:
                return 0
            log.warning("card of an official text not drawn", cause=failed.cause)
            found = None
        async with self._store.write() as tx:
            await official_texts.store_card_hash(tx, known.id, shape, found)
        return 1

    async def _hash(self, drawing: Card, shape: Shape) -> str:
        content = await self._workers.run(partial(card_image.draw, drawing, shape))
        return await self._workers.run(card_hash, content)

    async def _card(self, tx: Tx, known: KnownText) -> Card | None:
        say = speech_to(self._club, known.language)
        if known.kind is OfficialKind.VERDICT:
            case = await cases.numbered(tx, known.case_id or 0)
            verdict = await cases.verdict_of_version(tx, case, known.version)
            if verdict is None:
                return None
            return picture.card_of(verdict, case.code, say, self._club, known.code)
        about = known.announcement.id if known.announcement else 0
        content = await published.content_of_version(tx, about, known.version)
        return card.card_of(unpack(content), say, self._club, known.code) if content else None
