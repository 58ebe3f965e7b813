"""What leaves gbaqa: citations in each style, files that other programs read, conversations, and facts as tables."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pytest
import rispy
from pybtex.database import parse_string

from gbaqa.answering.answer import Answer, Citation, Footnote, Twin
from gbaqa.corpus.document import Block, Document, Metadata, Page
from gbaqa.errors import ExportError
from gbaqa.language.script import Script
from gbaqa.publishing.citations import CITATION_FORMATS, CitationFormat, export_citations
from gbaqa.publishing.conversation import export_conversation
from gbaqa.publishing.facts import facts_of
from gbaqa.publishing.files import write_atomically
from gbaqa.publishing.references import script_of
from gbaqa.publishing.sheets import export_facts

_HARBOUR = "https://harbour.heron.example/passengers?year=2031&lang=en"


def document(**changes: object) -> Document:
    given: dict[str, object] = {
        "title": {"en": "Heron outlook", "zh": "白鹭展望"},
        "subtitle": {"en": "Ferries and fares", "zh": "渡轮与票价"},
        "publishers": {"en": ["Kite Institute", "Salt & Co"], "zh": ["纸鸢研究所", "盐业公司"]},
        "year": 2031,
    }
    return Document("heron", Metadata(**(given | changes)), [Page("3", ("en",))], [], [])  # type: ignore[arg-type]


def citation(**changes: object) -> Citation:
    given: dict[str, object] = {
        "mark": 1,
        "document": "heron",
        "title": "Heron outlook",
        "page": "3",
        "language": "en",
        "quote": "The fleet has 26 ships.",
    }
    return Citation.model_validate(given | changes)


def note(**changes: object) -> Footnote:
    return Footnote.model_validate({"number": 7, "text": "Harbour Office", "url": _HARBOUR, "language": "en"} | changes)


def written(how: CitationFormat, *citations: Citation, script: Script = "en", of: Document | None = None, sources: bool = False) -> str:
    known = of or document()
    return export_citations(citations, {known.id: known}, how, script, sources=sources).content.decode()


def test_an_english_footnote_is_chicagos_with_the_notes_behind_it() -> None:
    assert written("footnote", citation(footnotes=[note()])) == (
        f"1. Kite Institute and Salt & Co, Heron Outlook: Ferries and Fares (2031), 3 (note 7: Harbour Office, {_HARBOUR}).\n"
    )


def test_a_chinese_footnote_is_gbt_7714s_with_chinese_punctuation() -> None:
    known = note(text="港务处", url="https://harbour.heron.example/zh", language="zh")
    assert written("footnote", citation(language="zh", page="4", footnotes=[known]), script="zh-Hans") == (
        "1. 纸鸢研究所, 盐业公司. 白鹭展望：渡轮与票价[R]. 2031: 4（注7：港务处，https://harbour.heron.example/zh）.\n"
    )


def test_a_traditional_answer_is_cited_in_traditional_characters() -> None:
    text = written("gbt7714", citation(page="4"), script="zh-Hant")
    assert text == "[1] 紙鳶研究所, 鹽業公司. 白鷺展望：渡輪與票價[R]. 2031: 4.\n"


@pytest.mark.parametrize(
    ("changes", "apa", "chicago", "gbt7714"),
    [
        ({}, "2031, p. 3)", "(2031), 3.", "2031: 3."),
        ({"page_certain": False}, "2031, about p. 3)", "(2031), about p. 3.", "2031: about p. 3."),
        ({"is_digest": True}, "2031, digest of p. 3)", "[digest] (2031), digest of p. 3.", "2031: digest of p. 3."),
        (
            {"is_digest": True, "page_certain": False},
            "2031, digest of about p. 3)",
            "(2031), digest of about p. 3.",
            "digest of about p. 3.",
        ),
        ({"page": None, "sheet": 15}, "2031, PDF sheet 15)", "(2031), PDF sheet 15.", "2031: PDF sheet 15."),
        ({"page": None}, "Salt & Co, 2031)", "(2031).", "[R]. 2031."),
        ({"page": "iv"}, "2031, p. iv)", "(2031), iv.", "2031: iv."),
    ],
)
def test_a_page_is_cited_as_what_it_is(changes: dict[str, object], apa: str, chicago: str, gbt7714: str) -> None:
    cited = citation(**changes)
    assert written("apa", cited).splitlines()[1].endswith(apa)
    assert written("chicago", cited).splitlines()[1].endswith(chicago)
    assert written("gbt7714", cited).rstrip().endswith(gbt7714)


def test_apa_names_the_source_behind_the_work_and_lists_the_work() -> None:
    assert written("apa", citation(footnotes=[note()])).splitlines() == [
        "In the text",
        "[1] (Harbour Office, as cited in Kite Institute & Salt & Co, 2031, p. 3)",
        "",
        "References",
        "Kite Institute, & Salt & Co. (2031). Heron outlook: Ferries and fares.",
    ]


def test_a_digest_is_never_cited_as_the_work_itself() -> None:
    digest = citation(is_digest=True)
    for how in ("apa", "chicago", "gbt7714"):
        assert "[digest]" in written(how, digest)
    for how in ("bibtex", "ris", "csl-json"):
        assert "not the publication's text" in written(how, digest)
    assert "（摘要）" in written("footnote", digest, script="zh-Hans")


@pytest.mark.parametrize(
    ("how", "entry"), [("apa", "Tide survey. (n.d.)."), ("chicago", "Tide survey. n.d."), ("footnote", "1. Tide Survey (n.d.), 3.")]
)
def test_a_work_whose_publishers_are_not_known_is_listed_by_its_title_once(how: CitationFormat, entry: str) -> None:
    unsigned = document(title={"en": "Tide survey"}, subtitle={}, publishers={}, year=None)
    assert written(how, citation(), of=unsigned).splitlines()[-1] == entry


def test_a_document_that_is_not_at_hand_is_cited_by_what_the_citation_says() -> None:
    text = written("footnote", citation(document="elsewhere", title="Gull outlook"))
    assert text == "1. Gull Outlook (n.d.), 3.\n"


def test_works_are_listed_once_and_citations_numbered_through() -> None:
    text = written("chicago", citation(), citation(page="9"), citation(mark=2, page="12"))
    assert [line[:2] for line in text.splitlines()[1:4]] == ["1.", "2.", "3."]
    assert text.count("Kite Institute, and Salt & Co.") == 1


def test_sources_of_notes_are_works_of_their_own_when_asked_for() -> None:
    explanation = note(
        number=8, text="The seven kinds of ships are those that the harbour's statute of 2009 names in its second part.", url=None
    )
    cited = citation(footnotes=[note(), explanation])
    items = json.loads(written("csl-json", cited, sources=True))
    assert [(item["type"], item["title"], item.get("URL")) for item in items] == [
        ("report", "Heron outlook: Ferries and fares", None),
        ("webpage", "Harbour Office", _HARBOUR),
    ]
    assert written("apa", cited, sources=True).endswith(f"Sources named in the notes\nHarbour Office. (n.d.). {_HARBOUR}\n")
    assert written("gbt7714", cited, sources=True).endswith(f"Harbour Office[EB/OL]. {_HARBOUR}.\n")
    assert len(json.loads(written("csl-json", cited))) == 1


def test_an_address_that_is_none_of_the_webs_is_no_link_of_a_work() -> None:
    items = json.loads(written("csl-json", citation(footnotes=[note(url="javascript:alert(1)")]), sources=True))
    assert "URL" not in items[1]


def test_bibtex_is_read_back_whatever_stands_in_a_title() -> None:
    odd = document(title={"en": "50% of {R&D} #1_a \\ ~^$"}, subtitle={}, publishers={"en": ["A and B Ltd"]})
    data = parse_string(written("bibtex", citation(footnotes=[note()]), citation(page="9"), of=odd, sources=True), "bibtex")
    work, source = data.entries["heron"], next(entry for key, entry in data.entries.items() if key.startswith("source-"))
    assert [str(person) for person in work.persons["author"]] == ["{A and B Ltd}"]
    assert (work.fields["year"], work.fields["note"]) == ("2031", "p. 3, p. 9.")
    assert work.fields["title"] == r"{50\% of \{R\&D\} \#1\_a \textbackslash{} \textasciitilde{}\textasciicircum{}\$}"
    assert source.fields["url"] == _HARBOUR


def test_ris_is_read_back() -> None:
    work, source = rispy.loads(written("ris", citation(footnotes=[note()]), sources=True))
    assert (work["type_of_reference"], work["authors"], work["year"]) == ("RPRT", ["Kite Institute", "Salt & Co"], "2031")
    assert (work["title"], work["notes"], work["language"]) == ("Heron outlook: Ferries and fares", ["p. 3."], "en")
    assert source["urls"] == [_HARBOUR]


@pytest.mark.parametrize("how", CITATION_FORMATS)
@pytest.mark.parametrize("title", ["", " ", "\x00\ue000\ue001", '<span class="nocase">x', "}{", "—", "'", "a\nER  - \nTY  - JOUR"])
def test_no_title_breaks_a_format(how: CitationFormat, title: str) -> None:
    known = document(title={"en": title}, subtitle={}, publishers={"en": [title]})
    text = written(how, citation(page=title, footnotes=[note(text=title)]), of=known, sources=True)
    assert text.strip()
    if how == "ris":
        assert [entry["type_of_reference"] for entry in rispy.loads(text)][:1] == ["RPRT"]
        assert text.count("\nER  -") == text.count("TY  - RPRT") + text.count("TY  - ELEC")


def test_the_script_of_an_export_is_that_of_the_first_answer_else_of_the_first_citation() -> None:
    assert script_of([answer("x", language="zh-Hant")], []) == "zh-Hant"
    assert script_of([], [citation(language="zh")]) == "zh-Hans"
    assert script_of([], []) == "en"


# Facts


def facts(quote: str, *, script: Script = "en", **changes: object) -> list[tuple[float | None, str, str, str]]:
    found = facts_of([citation(quote=quote, **changes)], {"heron": document()}, script)
    return [(fact.value, fact.unit, fact.period, fact.place) for fact in found]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        (
            "In Q1 2031, Zhuhai's ferries earned RMB77.2 billion, up 6.5% YoY.",
            [(77.2e9, "CNY", "2031-Q1", "Zhuhai"), (6.5, "%", "2031-Q1", "Zhuhai")],
        ),
        ("2031年5月，澳门的渡轮运送1.2万人次。", [(12_000, "", "2031-05", "Macau")]),
        ("The bridge is 11.3 km long and cost HK$12 billion.", [(11.3, "km", "", ""), (12e9, "HKD", "", "")]),
        ("2031年的船票为15澳门元。", [(15, "MOP", "2031", "")]),
        ("In 2031, fares fell by 9.7% compared with the same period in 2019.", [(9.7, "%", "2031", "")]),
        ("2031年的票价比2019年上升3%。", [(3, "%", "2031", "")]),
        ("The seventh of three piers has one-stop service for 26 ships.", [(26, "", "", "")]),
        ("From 2015 to 2020 the fleet grew by 3 percentage points.", [(3, "pp", "2015/2020", "")]),
        ("Foshan has 12 piers in 2030, and Macau has 9 piers in 2031.", [(12, "", "2030", "Foshan"), (9, "", "2031", "Macau")]),
        ("Fares rose, said the harbour master.", [(None, "", "", "")]),
    ],
)
def test_a_fact_has_its_value_unit_period_and_place(quote: str, expected: list[tuple[float | None, str, str, str]]) -> None:
    assert facts(quote) == expected


def test_a_place_is_taken_from_a_heading_that_names_one_only() -> None:
    assert facts("It has 12 piers.", section=["Ports", "Foshan: piers"]) == [(12, "", "", "Foshan")]
    assert facts("It has 12 piers.", section=["Foshan and Macau"]) == [(12, "", "", "")]
    assert facts("它有12个码头。", section=["佛山"], script="zh-Hant") == [(12, "", "", "佛山")]


def test_a_row_has_the_year_that_its_section_names() -> None:
    def block(kind: str, text: str) -> Block:
        return Block(kind, text, "en", ("Foshan",), ((0, "3"),), (0, 1))  # type: ignore[arg-type]

    known = document()
    known.blocks += [
        block("row", "Piers | 12"),
        block("source", "Source: Harbour Office, data of 2030"),
        block("paragraph", "It has 12 piers."),
    ]
    row, sentence = (
        facts_of([citation(quote=quote, section=["Foshan"])], {"heron": known}, "en")[0] for quote in ("Piers | 12", "It has 12 piers.")
    )
    assert (row.period, sentence.period) == ("2030", "")


def test_a_table_of_facts_names_page_notes_address_and_twin() -> None:
    twin = Twin(page="4", language="zh", quote="船队有27艘船。", agrees=False, disagreement="The Chinese text has 27.")
    content = export_facts([citation(footnotes=[note()], twin=twin)], {"heron": document()}, "csv", "en").content
    assert content.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert head[:5] == ["value", "unit", "as written", "period", "place"]
    assert row == [
        "26",
        "",
        "26",
        "",
        "",
        "The fleet has 26 ships.",
        "Heron outlook: Ferries and fares",
        "3",
        "7",
        "Harbour Office",
        _HARBOUR,
        "4",
        twin.disagreement,
    ]


def test_a_fact_keeps_the_words_that_qualify_its_number() -> None:
    fact = facts_of([citation(quote="The fleet has more than 26 ships.")], {"heron": document()}, "en")[0]
    assert (fact.value, fact.as_written) == (26, "more than 26")


def test_both_pages_of_a_digest_are_said_to_be_a_digests() -> None:
    twin = Twin(page="4", language="zh", quote="船队有26艘船。")
    fact = facts_of([citation(is_digest=True, twin=twin)], {"heron": document()}, "en")[0]
    assert (fact.page, fact.twin_page) == ("digest of p. 3", "digest of p. 4")


def test_the_same_quote_cited_twice_is_one_fact() -> None:
    assert len(facts_of([citation(), citation(mark=2)], {"heron": document()}, "en")) == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝"])
def test_no_quote_becomes_a_formula(start: str) -> None:
    attack = f'{start}HYPERLINK("https://evil.example","x")'
    cited = citation(quote=attack, footnotes=[note(text=attack, url="https://harbour.example/=1+1")])
    content = export_facts([cited], {"heron": document(title={"en": attack})}, "csv", "en").content
    for cell in list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    workbook = zipfile.ZipFile(io.BytesIO(export_facts([cited], {"heron": document()}, "xlsx", "en").content))
    sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert set(re.findall(r'<c [^>]*t="(\w+)"', sheet)) == {"s"}


def test_a_workbook_has_numbers_as_numbers_and_addresses_as_links() -> None:
    content = export_facts([citation(footnotes=[note()])], {"heron": document()}, "xlsx", "zh-Hans").content
    workbook = zipfile.ZipFile(io.BytesIO(content))
    assert re.search(r'<c r="A2"(?: s="\d+")?><v>26</v></c>', workbook.read("xl/worksheets/sheet1.xml").decode())
    assert "harbour.heron.example" in workbook.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert "数值" in workbook.read("xl/sharedStrings.xml").decode()


# Conversations


def answer(text: str, *citations: Citation, **changes: object) -> Answer:
    given: dict[str, object] = {"question": "How many ships?", "language": "en", "status": "answered", "answer": text, "confidence": 1}
    return Answer.model_validate(given | {"citations": list(citations)} | changes)


def conversation(how: str, *answers: Answer) -> bytes:
    return export_conversation(answers, {"heron": document()}, how, "en").content  # type: ignore[arg-type]


def test_a_conversation_in_markdown_has_one_list_of_references() -> None:
    text = conversation(
        "markdown", answer("26 ships[1]", citation()), answer("- nine[1]\n- *ten*[2]", citation(page="4"), citation(mark=2, page="5"))
    ).decode()
    assert "26 ships[^1]" in text
    assert "- nine[^2]\n- \\*ten\\*[^3]" in text
    assert re.findall(r"^\[\^(\d)\]: .*\), (\d)", text, re.MULTILINE) == [("1", "3"), ("2", "4"), ("3", "5")]
    assert "*Heron Outlook: Ferries and Fares*" in text
    assert "“The fleet has 26 ships.”" in text


def test_a_digests_words_are_not_put_in_quotation_marks() -> None:
    text = conversation("markdown", answer("26 ships[1]", citation(is_digest=True))).decode()
    assert "digest of p. 3. The fleet has 26 ships." in text


def test_what_a_document_prints_is_no_markdown() -> None:
    text = conversation("markdown", answer("# 1_a <b> [x](y) [9][1]", citation()), answer("1. first", question="*why*")).decode()
    assert "\\# 1\\_a \\<b\\> \\[x\\](y) \\[9\\][^1]" in text
    assert "## \\*why\\*" in text
    assert "1\\. first" in text


def test_a_models_markdown_stays_markdown() -> None:
    text = conversation("markdown", answer("**26** ships[1] and [2]", citation(), mode="generative")).decode()
    assert "**26** ships[^1] and [2]" in text


def test_a_word_document_has_marks_lists_tables_and_references() -> None:
    generated = "## Fleet\n\n**26** ships[1]\n\n1. one\n2. two\n\n| ship | age |\n|---|---|\n| Heron | 9[1] |\n"
    refused = answer("It does not say.", status="refused", understood_as="How old are the ships?")
    opened = docx.Document(
        io.BytesIO(
            conversation(
                "docx", answer("- nine[1]", citation(footnotes=[note()])), answer(generated, citation(page="4"), mode="generative"), refused
            )
        )
    )
    styled = [(paragraph.style.name, paragraph.text) for paragraph in opened.paragraphs]
    assert ("List Bullet", "nine[1]") in styled
    assert ("Heading 3", "Fleet") in styled
    assert ("List Number", "two") in styled
    assert [[cell.text for cell in row.cells] for row in opened.tables[0].rows] == [["ship", "age"], ["Heron", "9[2]"]]
    assert any(text == "Understood as: How old are the ships?" for _, text in styled)
    references = [text for _, text in styled if re.match(r"\[\d\] ", text)]
    assert [reference[:3] for reference in references] == ["[1]", "[2]"]
    assert f"note 7: Harbour Office, {_HARBOUR}" in references[0]
    links = [link.address for paragraph in opened.paragraphs for link in paragraph.hyperlinks]
    assert links == [_HARBOUR]
    marks = [run.text for paragraph in opened.paragraphs for run in paragraph.runs if run.font.superscript]
    assert marks == ["[1]", "[2]"]


def test_characters_that_no_document_may_hold_are_left_out() -> None:
    odd = answer("a\x00\x0bb\ufffe[1]", citation(quote="x\x01y"), question="q\x02\ud800")
    opened = docx.Document(io.BytesIO(conversation("docx", odd)))
    assert "a b[1]" in [paragraph.text for paragraph in opened.paragraphs]
    assert "a b[^1]" in conversation("markdown", odd).decode()


# Files


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new" / "facts.csv"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]
    with pytest.raises(ExportError, match=r"^.*new: the export cannot be written \(it is a folder\); .*--output\.$"):
        write_atomically(path.parent, b"x")
