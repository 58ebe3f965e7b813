"""GET /api/search, /api/pages and /api/cities."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.store import build_index
from gbaqa.web.server import create_app

# Two documents; both have a page 2. The figures are made up.
HARBOURS = """\
# 双港城市 Two harbour cities

<!-- page: 1 en -->

# Zhuhai

## Key figures

| Indicator | Value |
| --- | --- |
| Population | 3.3 million |
| GDP | RMB 777.7 billion |

Source: Office of Made-up Figures[^1], data of 2031

# Macau

## Key figures

| Indicator | Value |
| --- | --- |
| Population | 0.9 million |
| GDP | MOP 444.4 billion |

[^1]: Made-up Figures, <https://figures.example/2031>

<!-- page: 2 en -->

## Outlook

The two cities plan a shared harbour pilot service, which is to begin with six boats and to

<!-- page: 3 en -->

grow to twenty within a decade[^2].

[^2]: Pilots' Almanac
"""
OTHER = """\
# Reed island 芦岛

<!-- page: 2 en -->

## Birds

Forty pairs of herons nest on Reed island.
"""


@pytest.fixture(scope="module")
def harbours(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("harbours")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "harbours.md").write_text(HARBOURS, "utf-8")
    (folder / "corpus" / "reed.md").write_text(OTHER, "utf-8")
    settings = Settings(corpus=folder / "corpus", index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


@pytest.fixture(scope="module")
def client(harbours: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(harbours, Settings(_env_file=None, rate_limit=0))) as client:
        yield client


def test_search_gives_the_nearest_passages_first(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "herons", "k": 2}).json()
    assert found["query"] == "herons"
    assert len(found["passages"]) == 2
    assert (found["passages"][0]["document"], found["passages"][0]["page"]) == ("reed", "2")


@pytest.mark.parametrize("parameters", [{"q": "x", "k": 0}, {"q": "x", "k": 51}, {"q": "x", "k": "many"}, {}])
def test_a_search_that_does_not_fit_is_told(client: TestClient, parameters: dict[str, str]) -> None:
    response = client.get("/api/search", params=parameters)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


def test_an_empty_search_is_told(client: TestClient) -> None:
    assert client.get("/api/search", params={"q": " "}).json()["type"] == "urn:gbaqa:problem:question"


def test_the_documents_and_their_pages_are_listed(client: TestClient) -> None:
    documents = client.get("/api/pages").json()["documents"]
    assert {one["document"]: one["pages"] for one in documents} == {"harbours": ["1", "2", "3"], "reed": ["2"]}


def test_a_page_gives_its_text_under_its_headings_with_its_notes(client: TestClient) -> None:
    page = client.get("/api/pages/1").json()
    assert (page["document"], page["label"], page["previous"], page["next"]) == ("harbours", "1", None, "2")
    rows = [block["text"] for block in page["blocks"] if block["kind"] == "row"]
    assert "GDP | RMB 777.7 billion" in rows
    assert page["blocks"][0]["section"][-2:] == ["Zhuhai", "Key figures"]
    assert page["notes"] == [{"number": 1, "text": "Made-up Figures", "url": "https://figures.example/2031", "language": "en"}]


def test_a_sentence_over_two_pages_is_cut_where_the_page_ends(client: TestClient) -> None:
    before = client.get("/api/pages/2", params={"document": "harbours"}).json()
    after = client.get("/api/pages/3").json()
    assert before["blocks"][-1]["text"].endswith("six boats and to")
    assert before["blocks"][-1]["continued"] == ["after"]
    assert before["blocks"][-1]["notes"] == []
    assert after["blocks"][0]["text"].startswith("grow to twenty")
    assert (after["blocks"][0]["continued"], after["blocks"][0]["notes"]) == (["before"], [2])


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/api/pages/99", 404, "unknown-page"),
        ("/api/pages/1?document=nothing", 404, "unknown-document"),
        ("/api/pages/1?document=reed", 404, "unknown-page"),
        ("/api/pages/2", 409, "ambiguous-page"),
        ("/api/nothing", 404, "not-found"),
        ("/v1/nothing", 404, "not-found"),
    ],
)
def test_what_is_not_there_is_told(client: TestClient, address: str, status: int, kind: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    told = response.json()
    assert (told["error"]["code"] if "error" in told else told["type"].rpartition(":")[2]) == kind


def test_a_wrong_method_is_told_with_the_right_one(client: TestClient) -> None:
    response = client.request("QUERY", "/api/ask")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_city_figures_come_from_the_tables_the_largest_first(client: TestClient) -> None:
    board = client.get("/api/cities", params={"indicator": "gdp"}).json()
    assert board["years"] == ["2031"]
    assert [(one["city"], one["currency"], one["page"]) for one in board["figures"]] == [("Zhuhai", "RMB", "1"), ("Macau", "MOP", "1")]
    assert board["figures"][0]["number"] == pytest.approx(777.7e9)


@pytest.mark.parametrize("name", ["macau", "Macao", "澳门"])
def test_a_city_is_found_by_any_of_its_names(client: TestClient, name: str) -> None:
    found = client.get("/api/cities", params={"city": name}).json()["figures"]
    assert {one["city"] for one in found} == {"Macau"}


def test_a_corpus_without_tables_has_no_city_figures(ferries: Assistant) -> None:
    with TestClient(create_app(ferries, Settings(_env_file=None))) as client:
        assert client.get("/api/cities").json() == {"years": [], "figures": []}
