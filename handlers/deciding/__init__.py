"""Officers work through what members sent in: take a case, decide it, tell everyone who asked."""

from handlers.deciding import handling, publishing, queue, writing

ROUTES = (queue.routes, handling.routes, writing.routes, publishing.routes)
