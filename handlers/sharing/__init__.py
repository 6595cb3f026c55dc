"""What a member can do with an announcement: pass it on, say so, take it back, be reminded of it."""

from handlers.sharing import confirming, proving, reminding
from handlers.sharing.reminding import send_due_reminders

__all__ = ["ROUTES", "send_due_reminders"]

ROUTES = (confirming.routes, proving.routes, reminding.routes)
