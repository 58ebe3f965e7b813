"""A document whose title, headings, figures and notes are scripts: no page, export or report runs them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.store import build_index
from gbaqa.web.conversation import turn_html
from gbaqa.web.server import create_app

EVIL = "<img src=x onerror=alert(7)><script>alert(7)</script>\"' onmouseover=alert(7) x='"
DOCUMENT = f"""\
# 磨坊{EVIL} Mill {EVIL}

<!-- page: 1 zh -->

## 谷物{EVIL}

=HYPERLINK("https://evil.example","磨坊")每年磨120吨大麦{EVIL}[^1]。

[^1]: 统计处{EVIL}，[年报](javascript:alert(7))

<!-- page: 2 en -->

## Grain {EVIL}

=HYPERLINK("https://evil.example","mill") grinds 130 tonnes of barley a year {EVIL}[^1].

[^1]: Office {EVIL}, [yearbook](javascript:alert(7)), <https://mill.example/"onmouseover="alert(7)>
"""
ASK = "How many tonnes of barley does the mill grind a year?"
ASK_EVIL = f"{ASK} {EVIL}"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("evil")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "mill.md").write_text(DOCUMENT, "utf-8")
    settings = Settings(corpus=folder / "corpus", index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(assistant, Settings(rate_limit=0, _env_file=None))) as client:
        yield client


class Page(HTMLParser):
    """What a browser would make of HTML: elements with their attributes, and the text of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.elements and self.cdata_elem == "script":
            self.scripts.append(data)


def harmless(html: str) -> None:
    """Tags and attributes of the document's own are text, and no link runs anything."""
    page = Page(html)
    assert "alert(7)" not in [text.strip() for text in page.scripts]
    for tag, attributes in page.elements:
        assert not (tag == "img" and attributes.get("src") == "x")
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        targets = [attributes.get(name, "") for name in ("href", "src", "action", "formaction")]
        assert not [target for target in targets if re.match(r"\s*(?:javascript|data:text|vbscript):?", target, re.IGNORECASE)]


PATHS = ["/", "/pages/mill/1", "/pages/mill/2", "/pages/mill/%3Cscript%3Ealert(7)", "/discrepancies", "/cities", "/embed"]


@pytest.mark.parametrize("script", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("path", PATHS)
def test_no_page_runs_what_a_document_says(client: TestClient, path: str, script: str) -> None:
    response = client.get(path, params={"lang": script, "q": EVIL, "kind": EVIL, "sort": EVIL})
    harmless(response.text)
    assert "content-security-policy" in response.headers


def test_no_answer_runs_what_a_question_or_a_document_says(assistant: Assistant) -> None:
    answer = assistant.ask(ASK)
    assert answer.citations
    harmless(turn_html(ASK_EVIL, answer, 1))
    answer = assistant.ask(ASK_EVIL)  # which may be refused
    harmless(turn_html(answer.question, answer, 1))


def test_a_page_that_is_not_allowed_may_not_ask_nor_frame(client: TestClient) -> None:
    foreign = {"origin": "https://evil.example", "content-type": "text/plain"}
    response = client.post("/api/ask", content=b'{"question": "What?"}', headers=foreign)
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers
    assert "frame-ancestors 'self'" in client.get("/").headers["content-security-policy"]


def test_no_export_holds_a_formula(client: TestClient, assistant: Assistant) -> None:
    citations = [citation.model_dump(mode="json") for citation in assistant.ask(ASK).citations]
    response = client.post("/api/facts/export", json={"citations": citations, "format": "csv"})
    assert response.status_code == 200, response.text
    assert not re.search(r"(?:^|,)\"?[=+@]", response.text, re.MULTILINE)
