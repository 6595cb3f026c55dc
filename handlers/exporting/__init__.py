"""`/xuat`: announcements, deliveries, shares and cases as tables to take along.

asking.py   which tables, of how long a time
tables.py   what stands in them (written by handlers.rendering)
"""

from handlers.exporting import asking

ROUTES = (asking.routes,)
