# warroom with only what it needs to run: no compiler, no test tools, no root.
#   docker build -t warroom .
#   docker run --env-file .env -e DATABASE_URL=… -p 8080:8080 warroom

# Any image with Python 3.11 or newer, venv and useradd; give another with --build-arg BASE=…
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
WORKDIR /src
RUN python -m venv /opt/warroom
COPY requirements-run.lock ./
RUN /opt/warroom/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r requirements-run.lock
COPY pyproject.toml README.md LICENSE manifest.yml ./
COPY templates templates
COPY bot bot
RUN /opt/warroom/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .
RUN /opt/warroom/bin/pip check

FROM ${BASE}
RUN useradd --system --uid 10001 --create-home --home-dir /data warroom
COPY --from=build /opt/warroom /opt/warroom
USER warroom
# With SQLite the database is here: keep it in a volume.
WORKDIR /data
ENV PATH=/opt/warroom/bin:$PATH PORT=8080 LOG_FORMAT=json PYTHONUNBUFFERED=1
EXPOSE 8080
# Liveness, not readiness: a bot that waits for Slack must not be killed. No proxy is used for 127.0.0.1.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.build_opener(r.ProxyHandler({})).open('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=2)"]
STOPSIGNAL SIGTERM
CMD ["warroom", "run"]
