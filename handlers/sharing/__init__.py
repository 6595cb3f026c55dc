"""What a member can do with an announcement: pass it on, say so, take it back, be reminded of it.

kit.py        what helps to pass it on in one's own words; kit_menu.py gives it out
card.py      what is on the picture made for feeds (drawn by handlers.rendering)
draft_helper.py    two questions that help to write a post
confirm.py one tap says it was shared, or not; closing.py says until when
proof/add_proof.py    takes what a member chooses to add; proof/evidence.py looks at it
proof/proof_or_flag.py  where it was shared, or something to be checked
proof/review.py   what officers see of it, without a name, and may ask about it
inline_query.py    the bot's name typed in another chat
reminders.py  once more, at a time the member chose
"""

from handlers.sharing import confirm, draft_helper, inline_query, kit_menu, reminders
from handlers.sharing.proof import add_proof, proof_or_flag, review

ROUTES = (
    kit_menu.routes,
    draft_helper.routes,
    inline_query.routes,
    confirm.routes,
    add_proof.routes,
    proof_or_flag.routes,
    review.routes,
    reminders.routes,
)
