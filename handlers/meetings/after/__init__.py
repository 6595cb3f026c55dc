"""After a meeting: its papers, feedback, and an announcement of what was decided.

papers.py              documents and minutes, approved by another officer; open_papers.py who reads them
meeting_feedback.py    three questions and words, without names
mailing.py             who is told of papers and asked for feedback
decision.py            a draft of an announcement with one button
"""

from handlers.meetings.after import decision, meeting_feedback, open_papers, papers

ROUTES = (papers.routes, open_papers.routes, meeting_feedback.routes, decision.routes)
