# 文枢 in a container: the same two steps as on a bare machine, without what tests need.
FROM python:3.13-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements requirements
RUN python -m venv /app/.venv \
    && /app/.venv/bin/pip install --no-cache-dir --require-hashes -r requirements/bootstrap.txt \
    && /app/.venv/bin/uv pip install --python /app/.venv/bin/python --compile-bytecode --require-hashes -r requirements/runtime.txt -r requirements/recognition.txt \
    && /app/.venv/bin/uv pip install --python /app/.venv/bin/python --no-deps --require-hashes -r requirements/recognition-models.txt
COPY . .
RUN /app/.venv/bin/uv pip install --python /app/.venv/bin/python --no-deps --editable . \
    && /app/.venv/bin/python -m tools.install_assets

FROM python:3.13-slim-bookworm
RUN useradd --uid 10001 --create-home wenshu && install -d -o wenshu /data
COPY --from=build /app /app
USER wenshu
# Workers of the sandbox share /tmp where a container may not make namespaces; ours lies elsewhere.
ENV PATH=/app/.venv/bin:$PATH WENSHU_DATA=/data WENSHU_LOG=json TMPDIR=/var/tmp
VOLUME /data
EXPOSE 8000
CMD ["wenshu", "serve", "--host", "0.0.0.0"]
