"""The data for others: everything published here as files, and a page that says what is in them.

dictionary.toml   what every table and column means     columns.py    the columns of bills and changes
tables.py         CSV and JSON lines                    files.py      the files about everything
bill_file.py      bill.json in each bill's folder       page.py       the page /data/

The SQLite file is copied out of the store by `reading/database.py`.
"""
