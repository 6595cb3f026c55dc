"""What officers see of announcements: totals, as a picture and as the same numbers in words.

statistics.py    `/thongke`
charts.py    the charts
announcement_figures.py    the words beside them
small_areas.py   areas too small to be told apart
reach.py      how far a public share went, noted by hand
"""

from handlers.reports import export, reach, statistics

ROUTES = (statistics.routes, reach.routes, export.routes)
