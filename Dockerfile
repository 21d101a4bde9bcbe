# Two stages: the first builds wheels, the second holds Python, the wheels' contents and the knowledge, nothing else.
FROM python:3.13-slim AS build
WORKDIR /build
# With NEURAL=1 the image holds the neural embedder and its model.
ARG NEURAL
COPY .ci/requirements*.txt ./
RUN pip wheel --no-cache-dir --require-hashes --wheel-dir /wheels -r "requirements${NEURAL:+-neural}.txt"
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
RUN pip install --no-cache-dir --no-index --find-links /wheels setuptools \
    && pip wheel --no-cache-dir --no-index --no-deps --no-build-isolation --wheel-dir /wheels .

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin advisor
COPY --from=build /wheels /wheels
ARG NEURAL
RUN pip install --no-cache-dir --no-index --find-links /wheels "career-advisor[postgres${NEURAL:+,neural}]" && rm -rf /wheels
WORKDIR /app
RUN if [ -n "$NEURAL" ]; then DATA_DIR=/opt python -m bot fetch-model; fi
ENV MODEL_DIR=${NEURAL:+/opt/all-MiniLM-L6-v2} DATA_DIR=/data
RUN install -d -o advisor /data
COPY knowledge knowledge
# A read-only root file system works: written are only DATA_DIR, and matplotlib's font list in /tmp.
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MPLCONFIGDIR=/tmp
USER advisor
# On loopback, inside the container; publish it by HTTP_HOST=0.0.0.0.
ENV HTTP_PORT=8080
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s CMD ["python", "-m", "bot.health_server"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
