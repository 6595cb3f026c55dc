"""Pictures and files as bytes, made in a worker process: pure, and without what a worker must not know.

charts.py   bar charts, drawn by matplotlib
cards.py    an announcement's picture; layout.py says where its lines stand, typesetting.py breaks them
files.py    tables as CSV and XLSX
"""
