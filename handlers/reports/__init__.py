"""Figures of announcements for officers: totals as a chart and as text, exports, digests.

statistics.py    `/thongke`
charts.py    the charts
announcement_figures.py    the text beside them
small_areas.py   merges areas that are too small to be shown alone
reach.py      the reach of a public share, entered by hand
"""

from handlers.reports import export, reach, statistics

ROUTES = (statistics.routes, reach.routes, export.routes)
