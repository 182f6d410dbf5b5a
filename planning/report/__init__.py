"""The plan as pages: everything a report says, read from a snapshot and never from live rows.

`objectives`, `people`, `client` and `worth` each read their part of the data; `pages` joins them;
`withheld` takes out who is not to be named before anything is read; `drawing` makes the file.
"""
