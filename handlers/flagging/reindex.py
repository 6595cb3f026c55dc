"""Rebuilds the indexes of flagged posts and of official texts when the normalisation rules have changed.

See docs/decisions/0023-layered-recognition.md.
"""

from dataclasses import replace

import structlog

from handlers.authenticity import record
from handlers.flagging.post import FlaggedPost, unpack
from handlers.recognition.normalization import RULES
from storage.cases import match_keys
from storage.cases.match_keys import Keys
from storage.cases.search import similar_posts
from storage.database import Store, Tx, id_of
from storage.models import CasePost

_BATCH = 500

log = structlog.stdlib.get_logger()


async def keep_current(store: Store) -> None:
    """Rebuilds the index if it was built with other rules than those of this release."""
    async with store.read() as tx:
        stored_rules = await similar_posts.rules_version(tx)
        is_empty = stored_rules is None and await similar_posts.count(tx) == 0
    if is_empty:
        async with store.write() as tx:
            await similar_posts.set_rules_version(tx, RULES)
    elif stored_rules != RULES:
        log.info("rebuilt the index of flagged posts", posts=await reindex(store))


async def reindex(store: Store) -> int:
    """Normalises and indexes every stored post again; returns the number of indexed posts.

    Posts whose content was erased keep their match keys: the same text still matches, if the new
    rules normalise it as the old ones did.
    """
    async with store.write() as tx:
        await similar_posts.clear(tx)
        last = 0
        while batch := await similar_posts.with_content(tx, after=last, many=_BATCH):
            for post, content in batch:
                await _index_again(tx, post, unpack(content))
                last = id_of(post)
        await record.reindex(tx)
        await similar_posts.set_rules_version(tx, RULES)
        return await similar_posts.count(tx)


async def _index_again(tx: Tx, post: CasePost, content: FlaggedPost) -> None:
    keys = match_keys.of_post(tx, post)
    if keys.are_none:
        return  # no match keys: it was answered with the verdict of another case
    fingerprint = content.keys.fingerprint
    if keys.fingerprint != fingerprint:
        free = await match_keys.untaken(tx, Keys(None, fingerprint, None))
        await match_keys.replace(tx, post, replace(keys, fingerprint=free.fingerprint))
    if content.reading:
        await similar_posts.add(tx, id_of(post), content.reading)
