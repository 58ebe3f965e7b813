"""Names in running text: what one language calls by another name than the other is listed, what it says in other words is not."""

from pathlib import Path

import pytest

from gbaqa.bilingual.disagreements import Disagreements
from gbaqa.config import Settings
from gbaqa.index.store import build_index, open_index

ZH = [
    "鹭磯的渡輪每日開六班。",
    "楣角的燈塔建於十九世紀。",
    "鹭磯的魚市在清晨開門。",
    "楣角的學校有兩座操場。",
    "鹭磯的碼頭可停大船。",
    "楣角的蘋果園佔地很廣。",
    "鹭磯的圖書館藏有海圖。",
    "楣角的鐘樓走得很準。",
    "第一艘電動漁船去年在鹭磯下水。",
    "這座小城的帆會今年搬了家。",
    "鹭磯和楣角合辦帆船賽。",
]
EN = [
    "The ferries of Heronrock leave six times a day.",
    "The lighthouse of Lintel Point was built in the nineteenth century.",
    "The fish market of Heronrock opens at dawn.",
    "The school of Lintel Point has two playgrounds.",
    "The quay of Heronrock takes large ships.",
    "The orchards of Lintel Point cover much ground.",
    "The library of Heronrock keeps sea charts.",
    "The clock tower of Lintel Point keeps good time.",
    "The first electric fishing boat was launched at Lintel Point last year.",
    "The sailing club of Heronrock moved house this year.",
    "Heronrock and Lintel Point hold a regatta together.",
]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str | None, str | None]]:
    folder: Path = tmp_path_factory.mktemp("names")
    pages = ("<!-- page: 1 zh -->", *ZH, "<!-- page: 2 en -->", *EN)
    (folder / "names.md").write_text("# 兩座小城 Two Small Towns\n\n" + "\n\n".join(pages) + "\n", "utf-8")
    settings = Settings(corpus=folder / "names.md", index=folder / "index", _env_file=None)
    build_index(settings)
    found = Disagreements(open_index(settings)).all()
    return [(one.zh and one.zh.value, one.en and one.en.value) for one in found if one.kind == "name"]


def test_another_towns_name_is_listed_as_printed_and_nothing_else_is(listed: list[tuple[str | None, str | None]]) -> None:
    # The sailing club's "this small town" is the same in other words.
    assert listed == [("鹭磯", "Lintel Point")]
