"""`recognise` and `reindex` on the command line: recognition without a messenger."""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.options import CONFIG, ConfigPath
from bot.config.settings import Settings, load
from bot.store.open_store import open_store
from handlers.flagging import matching
from handlers.flagging.post import FlaggedPost
from handlers.flagging.reindex import reindex
from handlers.recognition.ranking import SIMILAR_FROM, RankedPost, Relation
from handlers.worker_tasks import at_once
from storage.cases import match_keys, posts
from storage.cases.posts import Flagged
from storage.cases.search.similar_posts import CANDIDATES
from storage.database import (
    DatabaseSettings,
    RandomIds,
    Store,
    SystemClock,
    Tx,
    Vault,
    id_of,
    new_key,
    open_engine,
)
from storage.database.schema import upgrade
from storage.models import CasePost, Category

Name = str | int
"""The caller's id of a post."""

recognition = typer.Typer()


class NotALine(Exception):
    """A line of the input is invalid; the text says which one and why."""


@recognition.command()
def recognise(
    queries: Annotated[
        Path | None, typer.Argument(help="Lines of JSON; without it, standard input.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="Posts known beforehand; the queries are not added.")
    ] = None,
) -> None:
    """Tells which posts are the same or similar, as if they were flagged one after another.

    Reads {"id", "text"} or {"id", "url"} per line. Prints a JSON line for each, in order: relation,
    match, score, candidates and what differs. Nothing is stored, and no link is opened.
    """
    with ExitStack() as files:
        lines = files.enter_context(queries.open(encoding="utf-8")) if queries else sys.stdin
        known = files.enter_context(against.open(encoding="utf-8")) if against else None
        asyncio.run(_recognise(lines, known))


@recognition.command("reindex")
def make_index(config: ConfigPath = CONFIG) -> None:
    """Rebuilds the search index of flagged posts from the stored posts."""
    found = asyncio.run(_reindex(load(config, os.environ)))
    typer.echo(f"The index is made anew: {found} posts are found by their words.")


async def _reindex(settings: Settings) -> int:
    store = open_store(settings, SystemClock())
    try:
        await upgrade(store.engine)
        return await reindex(store)
    finally:
        await store.close()


async def _recognise(lines: Iterable[str], known: Iterable[str] | None) -> None:
    async with temporary_database() as tx:
        history = History(tx)
        for name, post in read(known or ()):
            await history.join(name, post)
        for name, post in read(lines):
            typer.echo(json.dumps(await history.answer(name, post), ensure_ascii=False))
            sys.stdout.flush()
            if known is None:
                await history.join(name, post)


@asynccontextmanager
async def temporary_database() -> AsyncIterator[Tx]:
    """A temporary database with a key of its own."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(DatabaseSettings(f"sqlite:///{folder}/posts.sqlite3"))
        try:
            await upgrade(engine)
            async with Store(engine, Vault(new_key()), SystemClock(), RandomIds()).write() as tx:
                yield tx
        finally:
            await engine.dispose()


class History:
    """The earlier posts, with the caller's ids of each."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._names: dict[int, list[Name]] = {}
        """The caller's ids of each stored post, by its row id."""

    async def join(self, name: Name, post: FlaggedPost) -> None:
        """Adds a post: to a known one that is the same, or as a new one."""
        same, _ = await matching.same_as(self._tx, post)
        if same is None:
            keys = await match_keys.untaken(self._tx, post.keys)
            opened = await posts.open_case(
                self._tx, Flagged(keys, Category.SCAM, "", datetime.now(UTC).date(), post.reading)
            )
            same = opened[1] if opened else None
        if same is not None:
            self._names.setdefault(id_of(same), []).append(name)
        self._tx.session.expunge_all()

    async def answer(self, name: Name, post: FlaggedPost) -> dict[str, Any]:
        """Compares a post with the earlier ones; returns the fields of one output line."""
        same, shown = await matching.same_as(self._tx, post)
        ranked = await matching.ranked(self._tx, post, at_once, shown)
        wanted = same or shown
        best = next((one for one in ranked if not wanted or one.known.id == wanted.id), None)
        score = 1.0 if same else best.score if best else 0.0
        relation = _relation(post, score, is_same=same is not None, is_shown=shown is not None)
        found = best.known.id if best and relation is Relation.SIMILAR else None
        found = id_of(same) if same else found
        return {
            "id": name,
            "key": post.identity.url_key or post.identity.fingerprint,
            "relation": relation.value,
            "match": self._names[found][0] if found else None,
            "score": score,
            "candidates": self._candidates(same, ranked),
            "differs": [list(pair) for pair in best.differs] if best and not same else [],
        }

    def _candidates(
        self, same: CasePost | None, ranked: Sequence[RankedPost]
    ) -> list[list[Name | float]]:
        """The caller's ids of similar posts with their scores, the highest first."""
        first = {id_of(same): 1.0} if same else {}
        scored = first | {one.known.id: one.score for one in ranked if one.known.id not in first}
        everyone = [[name, score] for post, score in scored.items() for name in self._names[post]]
        return everyone[:CANDIDATES]


def _relation(post: FlaggedPost, score: float, *, is_same: bool, is_shown: bool) -> Relation:
    if is_same:
        return Relation.SAME
    if is_shown or score >= SIMILAR_FROM:
        return Relation.SIMILAR
    return Relation.UNRESOLVED if post.identity.unresolved else Relation.NEW


def read(lines: Iterable[str]) -> Iterator[tuple[Name, FlaggedPost]]:
    """The posts of the input, with the caller's ids.

    Raises:
        NotALine: at the first invalid line.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _post_in(line, number)


def _post_in(line: str, number: int) -> tuple[Name, FlaggedPost]:
    try:
        said = json.loads(line)
    except ValueError:
        raise NotALine(f"Line {number} is not JSON.") from None
    if not isinstance(said, dict) or not isinstance(said.get("id"), str | int):
        raise NotALine(f'Line {number} has no "id" that is a text or a number.')
    text, url = said.get("text") or "", said.get("url") or ""
    if not (isinstance(text, str) and isinstance(url, str)) or not {"text", "url"} & said.keys():
        raise NotALine(f'Line {number} needs a "text" or a "url" beside its "id".')
    return said["id"], FlaggedPost(text=text, links=(url,) if url else ())
