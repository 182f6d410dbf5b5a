"""Argon2id at the cost that OWASP names for servers: 19 MiB, two rounds, one lane.

Django's own choice (100 MiB, eight lanes) takes 0.3 s of processor time a sign-in. On a Monday at
nine that is everybody's pages; bin/bench measures them during a storm of sign-ins.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
