# Two stages: the first builds wheels, the second holds Python, the wheels' contents and the knowledge, nothing else.
FROM python:3.13-slim AS build
WORKDIR /build
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
RUN pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin advisor
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links /wheels career-advisor && rm -rf /wheels
WORKDIR /app
COPY knowledge knowledge
# A read-only root file system works: the only thing that is written is matplotlib's font list, to /tmp.
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MPLCONFIGDIR=/tmp
USER advisor
# The bot beats once a minute while Discord's gateway answers; an old or missing heartbeat is unhealthy.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s CMD ["python", "-m", "bot.heartbeat"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
