"""Questions: a member asks, one officer answers, and what helps everybody stands under the announcement.

ask.py      `/hoi`, or a reply to an announcement
desk.py        `/cauhoi`: what waits and what was answered; card.py is one question
assign.py    an officer takes one, gives it back, or closes it
answer.py   the answer, seen as the member will, then sent without the officer's name
publish.py  in general words, into the announcement's *Hỏi – đáp*
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
