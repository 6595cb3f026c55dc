"""Whether a transaction put anything into the outbox, after whose commit the workers are to be woken.

The agenda finds it as well, so a transaction that does not say so delays a delivery and loses none.
"""

from storage.database import Tx

_HAS_QUEUED = "niemtin_has_queued"


def note_queued(tx: Tx) -> None:
    """Notes that this transaction has queued a delivery, or has made a mailing run."""
    tx.session.info[_HAS_QUEUED] = True


def has_queued(tx: Tx) -> bool:
    """Whether it has."""
    return _HAS_QUEUED in tx.session.info
