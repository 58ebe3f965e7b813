"""The city board: figures of the documents' tables, sorted within a currency, drawn, linked, and absent where there are none."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.store import build_index
from gbaqa.web import board
from gbaqa.web.board_texts import BOARD_TEXTS

_CITIES = [
    ("Foshan", "佛山", "RMB 41 billion", "410亿元人民币", "1.2 million", "120万"),
    ("Zhuhai", "珠海", "RMB 9 billion", "90亿元人民币", "2 million", "200万"),
    ("Macau", "澳门", "MOP 77 billion", "770亿澳门元", "340,000", "35万"),
]


def _document() -> str:
    pages = ["# 三城手册 Three cities\n"]
    for number, (en, zh, gdp_en, gdp_zh, people_en, people_zh) in enumerate(_CITIES):
        chinese = (
            f"| 指标 | 数值 |\n| --- | --- |\n| 人口 | {people_zh} |\n| 地区生产总值 | {gdp_zh} |\n\n数据来源：纸鸢研究所，2031年数据\n"
        )
        english = f"| Indicator | Value |\n| --- | --- |\n| Population | {people_en} |\n| GDP | {gdp_en} |\n\nSource: Kites, data of 2031\n"
        pages.append(f"<!-- page: {2 * number + 1} zh -->\n\n## {zh}\n\n{chinese}")
        pages.append(f"<!-- page: {2 * number + 2} en -->\n\n## {en}\n\n{english}")
    return "\n".join(pages)


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant that knows three cities."""
    folder = tmp_path_factory.mktemp("cities")
    (folder / "three-cities.md").write_text(_document(), "utf-8")
    settings = Settings(corpus=folder / "three-cities.md", index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


def app_of(assistant: Assistant) -> FastAPI:
    app = FastAPI()
    app.include_router(board.router(assistant))
    return app


@pytest.fixture
def client(cities: Assistant) -> Iterator[TestClient]:
    with TestClient(app_of(cities)) as client:
        yield client


def table(html: str) -> list[list[str]]:
    """The words of the table's cells, a list a row."""
    inside = html.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in inside.split("</tr>") if row]
    return [[unescape(re.sub(r"<[^>]+>", " ", cell)).strip() for cell in row] for row in rows]


def order(html: str) -> list[str]:
    return [row[0] for row in table(html)]


def test_each_figure_stands_as_printed_and_leads_to_its_page(client: TestClient) -> None:
    response = client.get("/cities")
    assert response.status_code == 200
    assert table(response.text)[1:] == [
        ["Zhuhai", "2 million", "RMB 9 billion", "p. 4"],
        ["Foshan", "1.2 million", "RMB 41 billion", "p. 2"],
    ]
    assert '<a href="pages/three-cities/4?q=GDP+%7C+RMB+9+billion#quote" lang="en">RMB 9 billion</a>' in response.text
    assert "Data of 2031." in response.text


def test_a_figure_that_the_other_language_gives_differently_is_pointed_out(client: TestClient) -> None:
    macau = table(client.get("/cities").text)[0]
    assert "340,000" in macau[1]
    assert "The Chinese text has 35万, p. 5" in macau[1]
    assert client.get("/cities").text.count('class="differs"') == 1


@pytest.mark.parametrize(
    ("sort", "expected", "state"),
    [
        ("", ["Macau", "Zhuhai", "Foshan"], ""),
        ("city", ["Foshan", "Macau", "Zhuhai"], "ascending"),
        ("-city", ["Zhuhai", "Macau", "Foshan"], "descending"),
        ("population", ["Macau", "Foshan", "Zhuhai"], "ascending"),
        ("-population", ["Zhuhai", "Foshan", "Macau"], "descending"),
        ("-gdp", ["Foshan", "Zhuhai", "Macau"], "descending"),  # 77 billion patacas are not more than 41 billion yuan
        ("gdp", ["Zhuhai", "Foshan", "Macau"], "ascending"),
        ("trade", ["Macau", "Zhuhai", "Foshan"], ""),
        ("<script>", ["Macau", "Zhuhai", "Foshan"], ""),
    ],
)
def test_the_table_is_sorted_within_a_currency(client: TestClient, sort: str, expected: list[str], state: str) -> None:
    html = client.get("/cities", params={"sort": sort}).text
    assert order(html) == expected
    assert re.findall(r'<th scope="col" aria-sort="(\w+)"', html) == (
        [state] if state in ("ascending", "descending") and sort != "trade" else []
    )


def test_a_head_is_a_button_that_turns_the_order_round(client: TestClient) -> None:
    def values(sort: str) -> list[str]:
        return re.findall(r'<button name="sort" value="([^"]*)"', client.get(f"/cities?sort={sort}").text)

    assert values("") == ["city", "-population", "-gdp"]
    assert values("-gdp") == ["city", "-population", "gdp"]
    assert values("city") == ["-city", "-population", "-gdp"]


def test_currencies_are_drawn_apart_and_it_is_said(client: TestClient) -> None:
    html = client.get("/cities").text
    assert BOARD_TEXTS["en"].currencies_apart in html
    chart = html.partition("<h2>GDP</h2>")[2].partition("</section>")[0]
    assert re.findall(r"<h3>(.*?)</h3>", chart) == ["In RMB", "In Macau patacas"]
    assert re.findall(r'rect width="([\d.]+)"', chart) == ["100.0", "22.0"]
    assert BOARD_TEXTS["en"].alone in chart


@pytest.mark.parametrize(("language", "script", "row"), [("zh-CN", "zh-Hans", "佛山"), ("zh-HK", "zh-Hant", "佛山")])
def test_the_board_speaks_the_readers_script(client: TestClient, language: str, script: str, row: str) -> None:
    html = client.get("/cities?sort=-gdp", headers={"accept-language": language}).text
    assert f'<html lang="{script}">' in html
    assert f"<h1>{BOARD_TEXTS[script].title}</h1>" in html  # type: ignore[index]
    assert table(html)[0][:3] == [
        row,
        "120万" if script == "zh-Hans" else "120萬",
        "410亿元人民币" if script == "zh-Hans" else "410億元人民幣",
    ]


def test_a_new_order_keeps_the_language_of_the_address(client: TestClient) -> None:
    assert '<input type="hidden" name="lang" value="zh-Hant">' in client.get("/cities?lang=zh-Hant").text


def test_the_figures_are_there_as_a_file(client: TestClient) -> None:
    response = client.get("/cities.csv", headers={"accept-language": "en"})
    assert response.headers["content-disposition"] == 'attachment; filename="gbaqa-cities.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    foshan = next(row for row in rows if row["as written"] == "RMB 41 billion")
    assert (foshan["value"], foshan["unit"], foshan["period"], foshan["place"], foshan["page"]) == (
        "41000000000",
        "CNY",
        "2031",
        "Foshan",
        "2",
    )
    assert client.get("/cities.xlsx").content.startswith(b"PK")
    assert client.get("/cities.pdf").status_code == 404


def test_documents_without_a_table_of_cities_have_no_board(ferries: Assistant) -> None:
    with TestClient(app_of(ferries)) as client:
        response = client.get("/cities", headers={"accept-language": "zh-HK"})
        assert response.status_code == 404
        assert BOARD_TEXTS["zh-Hant"].absent in response.text
        assert client.get("/cities.csv").status_code == 404


def test_the_page_asks_no_other_host_and_runs_no_other_script(client: TestClient) -> None:
    response = client.get("/cities")
    assert not re.findall(r"(?:src|href|action)=\"?(?:https?:)?//|url\(|@import", response.text)
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.text.count("<script") == 1


# In a real browser

_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.mark.browser
@pytest.mark.skipif(_CHROMIUM is None, reason="no Chromium on this machine; apt-get install chromium fonts-noto-cjk")
@pytest.mark.parametrize("script_runs", [True, False])
def test_a_press_on_a_head_sorts_the_table_with_and_without_script(cities: Assistant, script_runs: bool) -> None:
    playwright_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed; pip install --group test")
    with _served(app_of(cities)) as address, playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(locale="en-GB", java_script_enabled=script_runs, viewport={"width": 390, "height": 800}).new_page()
        page.goto(f"{address}/cities")
        expect = playwright_api.expect
        expect(page.get_by_role("table")).to_be_visible()
        page.get_by_role("columnheader", name="GDP").get_by_role("button").focus()
        page.keyboard.press("Enter")
        expect(page.locator("tbody th")).to_have_text(["Foshan", "Zhuhai", "Macau"])
        expect(page.get_by_role("columnheader", name="GDP")).to_have_attribute("aria-sort", "descending")
        expect(page.get_by_role("columnheader", name="GDP").get_by_role("button")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("tbody th")).to_have_text(["Zhuhai", "Foshan", "Macau"])
        assert page.evaluate("document.documentElement.scrollWidth") <= 390 if script_runs else True
        browser.close()


class _served:  # noqa: N801 - reads as a verb where it is used
    """Serves an app in a thread for as long as it is entered; gives its address."""

    def __init__(self, app: FastAPI) -> None:
        import threading

        import uvicorn

        self._server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
        self._thread = threading.Thread(target=self._server.run)

    def __enter__(self) -> str:
        import time

        self._thread.start()
        deadline = time.monotonic() + 30
        while not self._server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.05)
        return f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
