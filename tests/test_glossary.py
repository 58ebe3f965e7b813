"""The glossary: terms that twins render by each other, and its forms for export."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from typer.testing import CliRunner

from gbaqa.bilingual.export import glossary_csv, glossary_tbx
from gbaqa.bilingual.glossary import Glossary, _likeliest
from gbaqa.cli import app
from gbaqa.config import Settings
from gbaqa.index.embeddings import open_embeddings
from gbaqa.index.store import build_index, open_index

DUNES = """\
# 沙丘 The Dunes

<!-- page: 1 zh -->

风筝沙丘自然保护区成立于2027年。

每年有三万名游客参观风筝沙丘自然保护区。

《海岸林保护条例》禁止在沙丘上骑马。

海洋气象站测量风速。

灯塔守护人看管海洋气象站。

| 职位 | 人数 |
| --- | --- |
| 护林员 | 12 |
| 海藻采集员 | 30 |

<!-- page: 2 en -->

The Kite Dunes Nature Reserve was founded in 2027.

Each year thirty thousand people visit the Kite Dunes Nature Reserve.

The Ordinance on the Protection of Coastal Woods forbids riding on the dunes.

The marine weather station measures the speed of the wind.

The keeper of the lighthouse looks after the marine weather station.

| Post | People |
| --- | --- |
| Forest ranger | 12 |
| Kelp gatherer | 30 |
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("dunes")
    (folder / "dunes.md").write_text(DUNES, "utf-8")
    chosen = Settings(corpus=folder / "dunes.md", index=folder / "index", _env_file=None)
    build_index(chosen)
    return chosen


@pytest.fixture(scope="module")
def glossary(settings: Settings) -> Glossary:
    return Glossary.from_index(open_index(settings), open_embeddings("tuned-e5"))


def renderings_of(glossary: Glossary, zh: str) -> tuple[str, ...]:
    return next((term.en for term in glossary.terms if term.zh == zh), ())


def test_a_name_is_kept_whole(glossary: Glossary) -> None:
    assert renderings_of(glossary, "风筝沙丘自然保护区") == ("Kite Dunes Nature Reserve",)


def test_a_term_in_small_letters_is_found(glossary: Glossary) -> None:
    assert renderings_of(glossary, "海洋气象站") == ("marine weather station",)


def test_a_title_that_occurs_once_is_found(glossary: Glossary) -> None:
    assert renderings_of(glossary, "海岸林保护条例") == ("Ordinance on the Protection of Coastal Woods",)


def test_cells_of_a_table_pair_one_by_one(glossary: Glossary) -> None:
    assert renderings_of(glossary, "护林员") == ("Forest ranger",)
    assert renderings_of(glossary, "海藻采集员") == ("Kelp gatherer",)


def test_a_term_knows_its_pages(glossary: Glossary) -> None:
    term = next(term for term in glossary.terms if term.zh == "风筝沙丘自然保护区")
    assert (term.places, term.zh_pages, term.en_pages) == (2, ("1",), ("2",))


def test_a_question_is_rendered_in_the_other_language(glossary: Glossary) -> None:
    assert "Kite Dunes Nature Reserve" in glossary.renderings("风筝沙丘自然保护区在哪里？")
    assert "风筝沙丘自然保护区" in glossary.renderings("Who visits the Kite Dunes Nature Reserve?")
    assert "风筝沙丘自然保护区" in glossary.renderings("the kite dunes nature reserve")
    assert "Kite Dunes Nature Reserve" in glossary.renderings("風箏沙丘自然保護區")
    assert glossary.renderings("今天天气如何") == []


def test_tbx_is_well_formed_and_has_every_term(glossary: Glossary) -> None:
    space = {"t": "urn:iso:std:iso:30042:ed-2"}
    root = ET.fromstring(glossary_tbx(glossary.terms))
    assert len(root.findall(".//t:conceptEntry", space)) == len(glossary.terms)
    assert {term.text for term in root.findall(".//t:term", space)} >= {"风筝沙丘自然保护区", "Kite Dunes Nature Reserve"}


def test_csv_has_a_line_a_term(glossary: Glossary) -> None:
    rows = list(csv.DictReader(io.StringIO(glossary_csv(glossary.terms))))
    assert [row["zh"] for row in rows] == [term.zh for term in glossary.terms]


def test_the_command_prints_json_and_a_table(settings: Settings) -> None:
    arguments = ["glossary", "--corpus", str(settings.corpus), "--index", str(settings.index)]
    printed = json.loads(CliRunner().invoke(app, [*arguments, "--format", "json"]).stdout)
    assert {"zh", "en", "places", "sureness", "zh_pages", "en_pages"} == set(printed[0])
    table = CliRunner().invoke(app, arguments)
    assert table.exit_code == 0
    assert "Kite Dunes" in table.stdout


def test_a_document_in_one_language_has_no_terms(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("alone")
    (folder / "alone.md").write_text(DUNES.partition("<!-- page: 2 en -->")[0], "utf-8")
    chosen = Settings(corpus=folder / "alone.md", index=folder / "index", _env_file=None)
    build_index(chosen)
    assert Glossary.from_index(open_index(chosen), open_embeddings("tuned-e5")).terms == []


def test_which_pairs_are_likeliest_does_not_hang_on_the_order_in_which_they_are_found() -> None:
    dice = {("风筝", f"kite {number}"): 0.5 for number in range(20)}
    assert _likeliest(dice, 0) == _likeliest(dict(reversed(dice.items())), 0)
