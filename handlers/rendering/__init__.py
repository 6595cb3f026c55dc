"""Pictures and files as bytes, made in a worker process: pure, and without what a worker must not know.

bar_chart.py   bar charts, drawn by matplotlib
card_image.py    the picture of an announcement or a verdict; card_layout.py says where its lines stand,
                 card_frame.py those of head and foot, card_sheet.py is the result, typesetting.py breaks lines
spreadsheets.py    tables as CSV and XLSX
"""
