"""Questions: a member asks, one officer answers, and useful answers are published.

ask.py      `/hoi`, or a reply to an announcement
desk.py     `/cauhoi`: waiting and answered questions; card.py shows one question
assign.py   an officer takes a question, returns it, or closes it
answer.py   the answer, previewed, then sent without the officer's name
publish.py  publishes an answer in general words in *Hỏi – đáp*
public.py   *Hỏi – đáp* as members read it
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
