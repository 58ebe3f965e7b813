"""What a server did, for Prometheus. A registry for each app, so that several in one process do not mix."""

from fastapi import APIRouter, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, GCCollector, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.exposition import choose_encoder

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant
from gbaqa.web.api.capacity import Capacity

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"})


class Metrics:
    """Counts requests and answers. Nothing of a question is kept."""

    def __init__(self, assistant: Assistant, capacity: Capacity) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        self._requests = Counter("gbaqa_http_requests", "Requests served.", ["method", "route", "status"], registry=self.registry)
        self._seconds = Histogram(
            "gbaqa_http_request_seconds",
            "Seconds from a request to the end of its response.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._answers = Counter("gbaqa_answers", "Answers given.", ["door", "status", "language", "mode"], registry=self.registry)
        self._answer_seconds = Histogram(
            "gbaqa_answer_seconds", "Seconds an answer took to make.", ["mode"], buckets=_SECONDS, registry=self.registry
        )
        for name, what, value in (
            ("gbaqa_questions_in_progress", "Questions being worked on.", lambda: capacity.busy),
            ("gbaqa_questions_waiting", "Questions that wait for a place.", lambda: capacity.waiting),
            ("gbaqa_documents", "Documents of the index.", lambda: len(assistant.index.documents)),
            ("gbaqa_statements", "Statements of the index.", lambda: len(assistant.index.statements)),
            ("gbaqa_index_built_timestamp_seconds", "When the index was built.", lambda: assistant.index.manifest.built_at),
        ):
            Gauge(name, what, registry=self.registry).set_function(value)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request by its route, which is a pattern: addresses people make up must not each become a series."""
        self._requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answer(self, door: str, answer: Answer) -> None:
        """Count an answer given through "api", "stream", "openai" or "mcp"."""
        self._answers.labels(door, answer.status, answer.language, answer.mode).inc()
        self._answer_seconds.labels(answer.mode).observe(answer.elapsed_ms / 1000)


def router(metrics: Metrics) -> APIRouter:
    """GET /metrics."""
    routes = APIRouter()

    @routes.get("/metrics", include_in_schema=False)
    def read() -> Response:
        """What this server did."""
        encode, content_type = choose_encoder("")
        return Response(encode(metrics.registry), headers={"Content-Type": content_type})

    return routes
