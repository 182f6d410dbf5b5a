#!/bin/sh
# Makes the secrets of docker-compose.yml once; what is there already stays.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets

random() { head -c 48 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }
keep() { [ -s "secrets/$1" ] || printf '%s' "$2" > "secrets/$1"; }

keep secret_key "$(random)"
keep postgres_password "$(random)"
keep database_url "postgres://clave:$(cat secrets/postgres_password)@postgres:5432/clave"
# Without a mail server nothing is sent: write smtp+tls://user:password@host:587 here.
[ -e secrets/email_url ] || : > secrets/email_url
# Only the folder is closed: inside a container its own user (10001, 999) reads the mounted file.
chmod 0644 secrets/*
chmod 0700 secrets
echo "Secrets are in deploy/secrets. Keep a copy of them apart from the backups."
