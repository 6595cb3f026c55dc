"""Sharing: a member passes an announcement on, says so, takes it back, is reminded of it.

kit.py                  the share kit; kit_menu.py sends it
card.py                 the words of the picture for feeds (drawn by handlers.rendering)
draft_helper.py         two questions that help to write a post
said_in_words.py        *đã chia sẻ*, typed: asks which announcement
confirm.py              a share is counted or withdrawn; closing.py says until when
proof/add_proof.py      a member adds a proof; proof/evidence.py parses it
proof/proof_or_flag.py  moves a message between share proofs and flags
proof/review.py         officers see proofs without names and may ask about one
inline_query.py         announcements in other chats by the bot's name
reminders.py            a reminder at a time the member chose
"""

from handlers.sharing import confirm, draft_helper, inline_query, kit_menu, reminders, said_in_words
from handlers.sharing.proof import add_proof, proof_or_flag, review

ROUTES = (
    kit_menu.routes,
    draft_helper.routes,
    inline_query.routes,
    confirm.routes,
    said_in_words.routes,
    add_proof.routes,
    proof_or_flag.routes,
    review.routes,
    reminders.routes,
)
