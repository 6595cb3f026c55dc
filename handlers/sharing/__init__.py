"""What a member can do with an announcement: pass it on, say so, take it back, be reminded of it."""

from handlers.sharing import confirming, proving, reminding

ROUTES = (confirming.routes, proving.routes, reminding.routes)
