"""Links that a verdict marks as fraudulent: they match a post whatever its text is.

Stored as keyed hashes beside the sealed URL, as long as the verdict.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import col, delete, select

from storage.cases import cases
from storage.database import Tx, sealing
from storage.models import Case, VerdictLink

_ADDRESS = "verdictlink.address"
_LOOKUPS_MAX = 400
"""Most keyed hashes in one query, below SQLite's limit of bind parameters."""


@dataclass(frozen=True)
class FraudLink:
    """The key of a URL (`handlers.recognition.addresses`), and its site."""

    key: str
    site: str = ""
    """The domain, if one owner holds all of it; empty for platforms, drives and shorteners."""


async def replace(tx: Tx, case_id: int, links: Iterable[FraudLink]) -> None:
    """Replaces the fraudulent links of a case."""
    await tx.session.exec(delete(VerdictLink).where(col(VerdictLink.case_id) == case_id))
    for link in links:
        address, site = _lookups(tx, link)
        row = VerdictLink(case_id=case_id, address_lookup=address, site_lookup=site)
        await sealing.add(tx, row, address=_packed(link))


async def of_case(tx: Tx, case_id: int) -> list[FraudLink]:
    """The fraudulent links of a case."""
    rows = await tx.all(
        select(VerdictLink).where(VerdictLink.case_id == case_id).order_by(col(VerdictLink.id))
    )
    return [_opened(tx, row) for row in rows]


async def case_with_address(tx: Tx, keys: Collection[str]) -> Case | None:
    """The case whose verdict marks one of these URLs, or the one it was merged into.

    Of several cases, the one with the newest verdict.
    """
    lookups = [one for key in keys for one in tx.vault.lookups("fraud link", key)]
    if not lookups:
        return None
    query = (
        select(VerdictLink.case_id)
        .where(col(VerdictLink.address_lookup).in_(lookups[:_LOOKUPS_MAX]))
        .order_by(col(VerdictLink.id).desc())
    )
    number = await tx.first(query.limit(1))
    return None if number is None else await cases.numbered(tx, number)


async def cases_at_sites(tx: Tx, sites: Collection[str]) -> Sequence[int]:
    """The cases whose verdicts mark another URL of these sites, newest first."""
    lookups = [one for site in sites for one in tx.vault.lookups("fraud site", site)]
    if not lookups:
        return ()
    rows = await tx.all(
        select(VerdictLink.case_id)
        .where(col(VerdictLink.site_lookup).in_(lookups[:_LOOKUPS_MAX]))
        .order_by(col(VerdictLink.id).desc())
    )
    return tuple(dict.fromkeys(rows))


async def rekey(tx: Tx, *, after: int, many: int) -> int | None:
    """Rotates a batch of rows after the id `after`; returns the last id, None when done."""
    query = select(VerdictLink).where(col(VerdictLink.id) > after)
    rows = await tx.all(query.order_by(col(VerdictLink.id)).limit(many))
    for row in rows:
        link = _opened(tx, row)
        row.address_sealed = sealing.seal(tx, _ADDRESS, _packed(link), row)
        row.address_lookup, row.site_lookup = _lookups(tx, link)
    await tx.session.flush()
    return rows[-1].id if rows else None


def _lookups(tx: Tx, link: FraudLink) -> tuple[bytes, bytes | None]:
    """The keyed hashes of the URL and the site under the newest key."""
    site = tx.vault.lookup("fraud site", link.site) if link.site else None
    return tx.vault.lookup("fraud link", link.key), site


def _packed(link: FraudLink) -> str:
    return f"{link.site}\n{link.key}"


def _opened(tx: Tx, row: VerdictLink) -> FraudLink:
    site, _, key = sealing.opened(tx, _ADDRESS, row.address_sealed, row).partition("\n")
    return FraudLink(key, site)
