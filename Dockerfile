# The image holds the program, the corpus of this folder and its index, so that it answers as soon as it is started.
# docs/deploy.md tells how to answer from documents that are mounted instead.

ARG PYTHON=3.12-slim

FROM python:${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/gbaqa
# The locked dependencies are a layer of their own: a change of our code does not install them again.
COPY requirements.lock /src/
RUN /opt/gbaqa/bin/pip install --requirement /src/requirements.lock
COPY LICENSE README.md pyproject.toml /src/
COPY corpus /src/corpus
COPY src /src/src
# --build-arg EXTRAS=… names extras of pyproject.toml, with commas between them.
ARG EXTRAS=
RUN /opt/gbaqa/bin/pip install --constraint /src/requirements.lock "/src${EXTRAS:+[${EXTRAS}]}"

FROM python:${PYTHON} AS index
COPY --from=build /opt/gbaqa /opt/gbaqa
COPY corpus /corpus
RUN /opt/gbaqa/bin/gbaqa index --corpus /corpus --index /data/index

FROM python:${PYTHON}
# A user by number, so that Kubernetes can see that it is not root.
RUN groupadd --gid 10001 gbaqa && useradd --uid 10001 --gid gbaqa --no-create-home --home-dir /tmp gbaqa
COPY --from=build /opt/gbaqa /opt/gbaqa
COPY corpus /corpus
# What the user may write: the index, which is built anew where other documents are mounted, and what readers send.
COPY --from=index --chown=10001:10001 /data /data
ENV PATH=/opt/gbaqa/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    GBAQA_CORPUS=/corpus \
    GBAQA_INDEX=/data/index \
    GBAQA_HOST=0.0.0.0 \
    GBAQA_PORT=7860
USER 10001:10001
WORKDIR /tmp
EXPOSE 7860
# The first start with other documents embeds them before it answers, which may take minutes.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10m --start-interval=2s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"GBAQA_PORT\"]}/readyz', timeout=4)"]
CMD ["gbaqa", "serve"]
