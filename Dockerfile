# The service without a database: set DATABASE_URL_FILE. See docker-compose.yml for the whole.
FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements-serve.lock ./
RUN python -m venv /opt/kringboek \
 && /opt/kringboek/bin/pip install --no-cache-dir --no-input --require-hashes \
      --only-binary :all: -r requirements-serve.lock
COPY pyproject.toml LICENSE ./
COPY domain domain
COPY application application
COPY infrastructure infrastructure
COPY api api
COPY verifier verifier
RUN /opt/kringboek/bin/pip install --no-cache-dir --no-input --no-deps --no-build-isolation .

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Kringboek" \
      org.opencontainers.image.licenses="EUPL-1.2"
RUN useradd --system --uid 10001 --home-dir /var/lib/kringboek --create-home kringboek \
 && chmod 0755 /var/lib/kringboek
COPY --from=build /opt/kringboek /opt/kringboek
COPY LICENSE /opt/kringboek/LICENSE
ENV PATH=/opt/kringboek/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    KRINGBOEK_DATA=/var/lib/kringboek \
    KRINGBOEK_HOST=0.0.0.0 \
    KRINGBOEK_LOG_FORMAT=json
USER 10001
VOLUME /var/lib/kringboek
EXPOSE 8000
# The document of the API is public and needs no database: it says that the service answers.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/v1/openapi.json', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["kringboek"]
CMD ["serve", "--port", "8000"]
