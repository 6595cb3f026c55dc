"""Questions: a member asks, one officer answers, and what helps everybody stands under the announcement.

asking.py      `/hoi`, or a reply to an announcement
desk.py        `/cauhoi`: what waits and what was answered; card.py is one question
handling.py    an officer takes one, gives it back, or closes it
answering.py   the answer, seen as the member will, then sent without the officer's name
publishing.py  in general words, into the announcement's *Hỏi – đáp*
public.py      *Hỏi – đáp* as members read it
"""

from handlers.questions import answer, ask, assign, desk, public, publish

ROUTES = (
    ask.routes,
    public.routes,
    desk.routes,
    assign.routes,
    answer.routes,
    publish.routes,
)
