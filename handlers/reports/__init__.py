"""What officers see of announcements: totals, as a picture and as the same numbers in words.

showing.py    `/thongke`
picture.py    the charts
details.py    the words beside them
grouping.py   areas too small to be told apart
reach.py      how far a public share went, noted by hand
"""

from handlers.reports import export, reach, statistics

ROUTES = (statistics.routes, reach.routes, export.routes)
