"""Management of members by owners and officers: search, roles, suspensions, appeals."""

from handlers.people import appeal, appeal_decision, card, members, officers, role_change, suspend

ROUTES = (
    officers.routes,
    members.routes,
    card.routes,
    role_change.routes,
    suspend.routes,
    appeal.routes,
    appeal_decision.routes,
)
