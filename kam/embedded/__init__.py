"""PostgreSQL, Valkey and the product's own processes, started and stopped as one.

Knows nothing of Django: it talks to the product through the environment and manage.py.
"""
