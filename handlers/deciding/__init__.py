"""Officers work through what members sent in: take a case, decide it, tell everyone who asked."""

from handlers.deciding import (
    announcing,
    approving,
    figures,
    handling,
    link_choice,
    merging,
    noting,
    publishing,
    queue,
    writing,
)

ROUTES = (
    queue.routes,
    handling.routes,
    noting.routes,
    merging.routes,
    writing.routes,
    link_choice.routes,
    publishing.routes,
    approving.routes,
    announcing.routes,
    figures.routes,
)
