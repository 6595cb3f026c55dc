"""Pictures and files as bytes, made in a worker process: pure, and without what a worker must not know.

bar_chart.py   bar charts, drawn by matplotlib
card_image.py    an announcement's picture; card_layout.py says where its lines stand, typesetting.py breaks them
spreadsheets.py    tables as CSV and XLSX
"""
