"""The two questions before a flag is sent: what is wrong with it, and is this it? (refusal 4)"""

from handlers.flagging.pending import Pending
from handlers.flagging.post import as_kept, names_account
from handlers.flagging.showing import in_short
from handlers.messages import Button, Reply, Rows
from handlers.speech import Html
from handlers.turn import Turn
from storage.models import Category

_SHOWN_CHARACTERS = 300


def category_question(turn: Turn, pending: Pending) -> Reply:
    """What flags are for, what is not kept, and the categories."""
    choices: Rows = tuple(
        (turn.button(f"flag-category-{category.value}", "flag-as", pending.ticket, category.value),)
        for category in Category
    )
    opinion = (turn.button("flag-opinion", "flag-drop", pending.ticket),)
    ask = ((ask_instead(turn, pending.ticket),),) if pending.post.may_be_question else ()
    return turn.instead(turn.say("flag-scope"), (*choices, opinion, *ask))


def ask_instead(turn: Turn, ticket: str) -> Button:
    """For what was typed as a question; `ticket` joins it to these words."""
    return turn.button("question-ask-club", "flag-ask", ticket)


def confirmation(turn: Turn, pending: Pending, category: Category) -> Reply:
    """What will be sent, and the tap that sends it."""
    kept = as_kept(pending.post, category)
    text = turn.say(
        "flag-confirm",
        post=in_short(kept, turn.say, characters=_SHOWN_CHARACTERS),
        category=turn.say(f"flag-category-{category.value}"),
    )
    if names_account(kept):
        text = Html(f"{text}\n\n{turn.say('flag-account-stays')}")
    send = (turn.button("flag-send", "flag-send", pending.ticket),)
    others = (
        turn.button("back", "flag-back", pending.ticket),
        turn.button("cancel", "flag-drop", pending.ticket),
    )
    return turn.instead(text, (send, others))
