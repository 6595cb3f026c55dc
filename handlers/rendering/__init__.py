"""Renders pictures and files as bytes. Pure functions, without secrets: worker processes run them.

bar_chart.py         bar charts, drawn by matplotlib
card_image.py        the picture card of an announcement or a verdict; card_layout.py computes its layout,
                     card_frame.py that of header and footer, card_sheet.py defines the result,
                     typesetting.py breaks its lines
spreadsheets.py      tables as CSV and XLSX
metadata_removal.py  removes metadata from files of strangers
file_form.py         says what a file is by its first bytes
"""
