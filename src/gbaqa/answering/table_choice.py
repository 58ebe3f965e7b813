"""Which table and which column of it a question is about, told by its words, its years and the sort of figure it asks for."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from gbaqa.answering.row_order import ordered
from gbaqa.answering.superlatives import Wish
from gbaqa.answering.value_tables import ValueTable
from gbaqa.language.meanings import Meaning, literal, meanings, with_concepts
from gbaqa.language.naming import proper_names
from gbaqa.language.script import HAN, to_simplified
from gbaqa.language.words import search_terms
from gbaqa.retrieval.question import Question

RarityOf = Callable[[Question], dict[Meaning, float]]

_PLAIN = 0.3  # share of the question's words, by rarity, that table and column have; those for the kind of its rows aside
_PLAIN_UNNAMED = 0.5  # where the column itself is not named
_PLAIN_BESIDE = 0.75  # where no superlative is asked for: the ranked statements often answer that too
_STANDS_FOR = 0.8  # a word that stands for the same, to the word itself
_LONGEST_FORM = 4  # words that mean something together
_CLEARLY = 0.1  # by so much of all words one column or table must be nearer than the next
_PEOPLE = re.compile(r"\b(?:most|fewest|least) (?:people|inhabitants|residents)\b|\bpopulous\b|人(?:口)?最[多少]", re.IGNORECASE)
_POPULATION = frozenset(with_concepts("population"))
_KIND_ASKED = re.compile(
    r"\b(?:which|what) (?:(?:of|are|is|the|our|its|their|these|other|single|top|\d+|two|three|four|five|six|seven|eight|nine|ten) )*(?P<en>[\w-]+(?: [\w-]+)?)|哪[一几两二三四五]?+[个座间家种类条项位份处些样]?+(?P<zh>[\u4e00-\u9fff]{1,4})",
    re.IGNORECASE,
)
_ITSELF = re.compile(r"\bwho\b|谁|\bwhat(?:['’]s| is| was| are| were) the (?!\w+ with\b)|(?:是|有)多[少大长高]|是几|几多$", re.IGNORECASE)
_DEAR_WORDS = r"\b(?:dearest|costliest|priciest|cheapest|most expensive|least expensive)\b|最(?:贵|便宜|平)"
_DEAR = re.compile(_DEAR_WORDS, re.IGNORECASE)
_PER = re.compile(
    r"\bper[ -](?!cent\b|annum\b|(?:day|week|month|year|hour)s?\b)\w|人均|户均|每(?![年月日天周季小])[\u4e00-\u9fff]|比$", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\s*[（(][^（）()]*[)）]\s*$")
# What a superlative measures, where nothing else names the column.
_MEASURES = tuple(
    (re.compile(pattern, re.IGNORECASE), frozenset(search_terms(names)))
    for pattern, names in (
        (r"\b(?:longest|shortest)\b|最[长短]", "length 长度 全长"),
        (r"\b(?:heaviest|lightest)\b|最[重轻]", "weight tonnage 重量"),
        (r"\b(?:deepest|shallowest)\b|最[深浅]", "depth 深度"),
        (r"\b(?:widest|narrowest)\b|最[宽阔窄]", "width 宽度"),
        (r"\b(?:tallest|highest|lowest)\b|最[高低]", "height elevation 高度 海拔"),
        (_DEAR_WORDS, "price cost fee fare rent 价格 费用 售价 票价 租金"),
    )
)
_COUNTED = re.compile(r"\b(?:most|fewest) (\w+)|(?:人次|[数量额])最[多少]", re.IGNORECASE)
_SHARE = re.compile(r"\bshare\b(?! price)|\bproportion|\bpercent|\bper cent\b|比例|占比|比重|百分", re.IGNORECASE)
_MARKS = re.compile(r"score|rating|\bmarks?\b|points|satisf|grade|评分|得分|分数|满意|评级|成绩", re.IGNORECASE)
_YEAR_ASKED = re.compile(r"\b(?:which|what|in which|in what) (?:\w+ )?years?\b|\bwhen\b|哪[一]?年|什么时候|何时|哪个年", re.IGNORECASE)
_CHANGE_NAMED = re.compile(r"growth|change|increase|decrease|增长|增幅|增速|变化|升幅|跌幅|同比", re.IGNORECASE)
_SUFFIX = re.compile("[区县市省镇村厂馆站州岛港级]$")
_GENERAL = frozenset(
    search_terms(
        "number figure value amount size total people person ones place places thing things kind get got go come put take make show see between true still"
        " respectively exactly actually currently year years time average per overall start starts left compare together since before after across within during"
        " two three four five six seven eight nine ten entry entries item items row rows table overview order date month"
        " 数 数字 数量 数值 人 地方 东西 年 年度 些 去 来 做 得 同 我们 他们 这么 那么 究竟 到底 各 各自 按 样 之间 时间 目前 现在 平均 起 大 小 多 少 高 低 钱 有多 两个 三个 一类 各类 座 间 家 表 表格 一览表 条目 顺序 日期 点 入面"
    )
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A column of a table, or two to be subtracted, with how well it meets the question's words.

    Attributes:
        columns: of two, the later one first.
        covered: share of the question's words, by rarity, that table and column have; those for the kind of the rows aside.
        named: share that the column's own name has.
    """

    table: ValueTable
    columns: tuple[int, ...]
    covered: float
    named: float

    def is_plain(self, wish: Wish) -> bool:
        """Whether it has as many of the question's words as there must be."""
        if wish.beside:
            return self.covered >= _PLAIN_BESIDE
        return self.covered >= (_PLAIN if self.named and self.table.measure(self.columns[0]) else _PLAIN_UNNAMED)


def best_choice(tables: Sequence[ValueTable], question: Question, wish: Wish, words: Mapping[Meaning, float]) -> Choice | None:
    """The column that a question means; None where another meets its words nearly as well."""
    choices = [choice for table in tables for choice in _choices(table, question, wish, words)]
    choices.sort(key=lambda choice: (-choice.covered, -choice.named))
    if len(choices) < 2:
        return choices[0] if choices else None
    first, second = choices[:2]
    is_nearer = first.covered - second.covered >= _CLEARLY
    return first if is_nearer or (first.covered == second.covered and first.named - second.named >= _CLEARLY) else None


def weights_of_words(question: Question, wish: Wish, rarity_of: RarityOf) -> dict[Meaning, float]:
    """The words that say of what the question asks, with their weights: neither those of the wish itself nor general ones."""
    rarity = rarity_of(replace(question, meanings=tuple(meaning for part in wish.rest for meaning in meanings(part))))

    def says_something(meaning: Meaning) -> bool:
        of_sort = any(_SHARE.search(term) or (wish.good and _MARKS.search(term)) for term in meaning)
        return not meaning & _GENERAL and not of_sort and not any(term[0].isdigit() for term in meaning)

    terms = [term for part in wish.rest for term in search_terms(part)]
    kept = {_spelt(meaning, terms): weight for meaning, weight in rarity.items() if says_something(meaning)}
    return kept | ({_POPULATION: max(rarity.values(), default=1.0)} if _PEOPLE.search(question.normalized) else {})


def _spelt(meaning: Meaning, terms: Sequence[str]) -> Meaning:
    """A meaning with the words that have it, where it takes several: "number of passengers" is about passengers."""
    if literal(meaning):
        return meaning
    runs = (terms[at : at + length] for length in range(2, _LONGEST_FORM + 1) for at in range(len(terms) - length + 1))
    found = next((run for run in runs if meaning <= frozenset(with_concepts(" ".join(run)))), [])
    return meaning | frozenset(found) - _GENERAL


def _choices(table: ValueTable, question: Question, wish: Wish, words: Mapping[Meaning, float]) -> list[Choice]:
    """The columns of a table that the question may mean."""
    if not _is_of_kind(table, question, wish, words) or (wish.among and wish.among != len(table.rows)):
        return []
    named = named_rows(table, question)
    english = [name for name in proper_names(question.text) if not HAN.search(name)]
    names = frozenset(term for name in english for term in search_terms(name) if not term[0].isdigit())
    if not names <= table.context.union(table.place, *table.names, *table.labels):
        return []  # it is about somebody or something else
    of_rows = names & table.place | _kind_asked(question, table) | frozenset().union(*(table.label_terms[at] for at in named))
    labels = "\n".join(to_simplified(table.rows[at].label) for at in named)

    def is_of_rows(meaning: Meaning) -> bool:
        spelt = literal(meaning)
        return bool(spelt & of_rows) or any(HAN.match(term) and term in labels for term in spelt) or _is_kind(meaning, table)

    left = {meaning: weight for meaning, weight in words.items() if not is_of_rows(meaning)}
    columns = _column_choices(table, question, wish, left)
    if not left:  # nothing is said but of what kind the rows are
        meant = frozenset().union(*(names for pattern, names in _MEASURES if pattern.search(question.normalized)))
        return [Choice(table, each, 1, float(bool(table.names[each[0]] & meant))) for each in columns] if words else []
    total = sum(left.values())

    def share(column: int, *, own: bool) -> float:
        return sum(weight * _likeness(meaning, table, column, own=own) for meaning, weight in left.items()) / total

    choices = [Choice(table, each, share(each[0], own=False), share(each[0], own=True)) for each in columns]
    totals = [choice for choice in choices if table.is_total(choice.columns[0])]
    if len(totals) == 1 and not any(choice.covered > totals[0].covered for choice in choices):
        return totals  # parts and their sum, and no part is named
    return choices


def _likeness(meaning: Meaning, table: ValueTable, column: int, *, own: bool) -> float:
    """How well a column's name, or with it what the table is about, has a word: as it is, or only what it stands for.

    A word that names a column as it is means no other column.
    """
    names = table.names[column] if own else table.names[column] | table.context
    spelt = literal(meaning)
    others = (table.names[other] for other in range(1, len(table.header)) if table.measure(other))
    if not spelt & names and any(spelt & other for other in others):
        return 0.0
    return 1.0 if spelt and spelt <= names else _STANDS_FOR if (meaning - spelt) & names else 0.0


def _kind_asked(question: Question, table: ValueTable) -> frozenset[str]:
    """The word for what is asked for ("which branch"), where the table is about that."""
    kind = _KIND_ASKED.search(question.normalized)
    named = meanings(kind["en"] or kind["zh"]) if kind else []
    return literal(named[0]) if named and literal(named[0]) & table.context else frozenset()


def _is_kind(meaning: Meaning, table: ValueTable) -> bool:
    """Whether a word is the kind of the rows; in Chinese also with something in front of it or without its end: 分馆 and 馆, 园 and 园区."""
    spelt = literal(meaning)
    if spelt & table.names[0] or is_part_of_kind(meaning, table) or _ends_in_kind(spelt, table):
        return True
    return bool(meaning & table.names[0]) and not any(spelt & names for names in table.names[1:])


def _ends_in_kind(spelt: frozenset[str], table: ValueTable) -> bool:
    return any(term.endswith(kind) for kind in table.kinds for term in spelt)


def is_part_of_kind(meaning: Meaning, table: ValueTable) -> bool:
    """Whether a Chinese word is the kind of the rows or a part of it."""
    return any(term in kind for kind in table.kinds for term in meaning if HAN.match(term))


def _is_of_kind(table: ValueTable, question: Question, wish: Wish, words: Mapping[Meaning, float]) -> bool:
    """Whether the rows of a table are of the kind asked for, as far as can be told."""
    asked = question.normalized
    if table.is_by_year() != (_YEAR_ASKED.search(asked) is not None) and not wish.by_age:
        return False
    about = table.context.union(table.names[0], *table.labels)
    of_labels = frozenset().union(*table.label_terms)
    texts = [table.names[column] for column in range(1, len(table.header)) if column not in table.columns]
    if any(meaning & text and not meaning & about for meaning in words for text in texts):
        return False  # "which district has the largest works": the districts are beside the works, and may have several

    def is_met(meaning: Meaning) -> bool:
        spelt = literal(meaning)
        return bool(spelt & about or meaning & _GENERAL) or is_part_of_kind(meaning, table) or _ends_in_kind(spelt, table)

    kind = None if wish.beside else _KIND_ASKED.search(asked)
    named = meanings(kind["en"] or kind["zh"]) if kind else []
    if kind and named:
        return is_met(named[0]) or (kind["en"] is not None and any(map(is_met, named[1:])))
    return not _ITSELF.search(asked) or any(
        literal(meaning) & (table.names[0] | of_labels) or is_part_of_kind(meaning, table) for meaning in words
    )


def _column_choices(table: ValueTable, question: Question, wish: Wish, words: Mapping[Meaning, float]) -> list[tuple[int, ...]]:
    """The columns to choose from, those of several years as the one that is meant, or as the two to be subtracted."""
    series: dict[str, list[int]] = {}
    for column in table.columns:
        if table.is_of_years(column) == wish.by_age and _is_fit(table, column, question, wish, words):
            series.setdefault(table.measure(column), []).append(column)
    if _SHARE.search(question.normalized):
        shares = {measure: columns for measure, columns in series.items() if table.is_share(columns[0])}
        series = shares or series
    chosen: list[tuple[int, ...]] = []
    for measure, columns in series.items():
        dated = sorted((column for column in columns if table.years_of(column)), key=lambda column: min(table.years_of(column)))
        meant = [column for column in dated if table.years_of(column) & question.years]
        if wish.change and _CHANGE_NAMED.search(measure):
            chosen += [(column,) for column in columns]
        elif wish.change:
            chosen += _two_of(dated, meant) if len(question.years) in (0, len(meant)) else []
        elif question.years:
            chosen += [(column,) for column in meant] if dated else [(column,) for column in columns if question.years <= table.years]
        elif len(dated) > 1:
            chosen += [(dated[-1],)] if wish.latest or _is_stable(table, dated, wish) else []
        else:
            chosen += [(column,) for column in columns]
    return chosen


def _is_fit(table: ValueTable, column: int, question: Question, wish: Wish, words: Mapping[Meaning, float]) -> bool:
    """Whether the figures of a column are of a sort that can be highest in the way asked: dear, best, per head, many."""
    asked, name = question.normalized, to_simplified(table.header[column])
    if wish.good and not _MARKS.search(table.measure(column) or to_simplified(table.about)):
        return False
    if (_PER.search(asked) is None) != (_PER.search(_IN_BRACKETS.sub("", name)) is None):
        return False
    if not table.is_share(column) or _SHARE.search(asked):
        return True
    counted = _COUNTED.search(asked)
    term = search_terms(counted[1])[:1] if counted and counted[1] else []
    is_counted = counted is not None and (not counted[1] or any(set(term) & meaning for meaning in words))
    return not _DEAR.search(asked) and not (is_counted and not table.measure(column))


def _two_of(dated: Sequence[int], meant: Sequence[int]) -> list[tuple[int, ...]]:
    """The two years between which something rose or fell: those named, or else the one named (the last one) and the one before."""
    if len(meant) == 2:
        return [(meant[1], meant[0])]
    after = meant[0] if meant else dated[-1] if dated else None
    at = dated.index(after) if after is not None else 0
    return [(dated[at], dated[at - 1])] if at and len(meant) < 2 else []


def _is_stable(table: ValueTable, columns: Sequence[int], wish: Wish) -> bool:
    """Whether the same rows are chosen whichever year is meant."""
    chosen = [ordered(table.rows, (column,), wish) for column in columns]
    return bool(chosen[0]) and all(rows == chosen[0] for rows in chosen)


def named_rows(table: ValueTable, question: Question) -> list[int]:
    """Which rows the question names: whole, by what is only theirs, or else by their group."""
    return _named_themselves(table, question) or _of_groups(table, [row.groups for row in table.rows], question)


def named_by_twins(table: ValueTable, question: Question) -> list[int]:
    """Which rows the question names by their group, where that is told by the other language's table; none where it names rows themselves."""
    return [] if _named_themselves(table, question) else _of_groups(table, [(group,) for group in table.groups_by_twin], question)


def _of_groups(table: ValueTable, groups: Sequence[Sequence[str]], question: Question) -> list[int]:
    asked = question.normalized.lower()
    return [at for at in range(len(table.rows)) if any(form in asked for group in groups[at] if group for form in _forms(group))]


def _forms(label: str) -> set[str]:
    """A label in Simplified Chinese or English, in Chinese also without the ending that tells what it is of."""
    form = to_simplified(label).lower()
    return {form, _SUFFIX.sub("", form)} if len(form) > 2 and HAN.match(form) else {form}


def _named_themselves(table: ValueTable, question: Question) -> list[int]:
    asked = question.normalized.lower()
    named = []
    for at, row in enumerate(table.rows):
        forms = {form for label in (row.label, row.twin_label) if label for form in _forms(label)}
        first = row.label.split(" ")[0]
        alone = len(first) > 3 and sum(other.label.startswith(first) for other in table.rows) == 1
        if any(form in asked for form in forms) or (
            alone and first.istitle() and re.search(rf"(?<!^)\b{re.escape(first)}\b", question.text)
        ):
            named.append(at)
    return named
