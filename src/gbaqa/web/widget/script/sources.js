// Where each statement of an answer comes from: a card for each mark, closed but for the first, with page, section, quote,
// notes and the same passage in the other language. Beside a refusal: where the documents come closest.

const NEAREST_SHOWN = 3;
const HEADINGS_SHOWN = 2; // on a closed card: several cities have a section of the same name
const QUOTE_IN_ADDRESS = 120; // characters of a quote that lead to it on its page: they begin the statement

/** The cards of an answer by mark, in order. */
function sourceCards(answer, words, host) {
  const titles = new Set(answer.citations.map((citation) => citation.title));
  const cards = answer.citations.map((citation, at) => card(citation, words, host, { isOpen: at === 0, isNamed: titles.size > 1 }));
  return new Map(answer.citations.map((citation, at) => [citation.mark, cards[at]]));
}

function card(citation, words, host, { isOpen, isNamed }) {
  const summary = el(
    "summary",
    {},
    el("span", { class: "unseen" }, fill(words.source, { mark: citation.mark }), ": "),
    el("span", { class: "number", "aria-hidden": "true" }, String(citation.mark)),
    " ",
    el("span", { class: "page" }, pageLabel(citation, words)),
    citation.section.length
      ? el("span", { class: "section", lang: citation.language }, citation.section.slice(-HEADINGS_SHOWN).join(" › "))
      : null,
  );
  return el(
    "details",
    { class: "card", open: isOpen },
    summary,
    el(
      "div",
      { class: "inside" },
      isNamed ? el("p", { class: "title" }, citation.title) : null,
      citation.section.length ? el("p", { class: "path", lang: citation.language }, citation.section.join(" › ")) : null,
      passage(citation, citation),
      onPage(citation.document, citation, words, host),
      notes(citation, words),
      citation.twin ? twin(citation, words, host) : null,
    ),
  );
}

/** A page as people cite it: "p. 13", "about p. 73", "Digest of p. 13". */
function pageLabel({ page, page_certain: certain = true, sheet = null, is_digest: isDigest = false }, words) {
  let label;
  if (page) label = fill(certain ? words.page : words.about_page, { page });
  else if (sheet) label = fill(words.sheet, { sheet });
  else return isDigest ? words.digest : words.no_page;
  if (!isDigest) return label;
  const place = fill(words.digest_of, { page: label });
  return place[0].toUpperCase() + place.slice(1);
}

/** The document's words as a quotation; a digest's words as a paragraph, since they are not the paper's. */
function passage({ quote, language }, { is_digest: isDigest }) {
  return el(isDigest ? "p" : "blockquote", { class: "quote", lang: language }, quote);
}

/** A link to the quote on its page; nothing where the document has no printed numbers. */
function onPage(document, { page, quote }, words, host) {
  const address = pageAddress(document, page, host);
  if (!address) return null;
  const query = new URLSearchParams({ q: quote.slice(0, QUOTE_IN_ADDRESS) });
  return el("p", { class: "see" }, outsideLink(`${address}?${query}#quote`, words, words.see_page));
}

function pageAddress(document, page, host) {
  return document && page ? `${host}/pages/${encodeURIComponent(document)}/${encodeURIComponent(page)}` : null;
}

function notes({ footnotes, language }, words) {
  if (!footnotes.length) return null;
  const items = footnotes.map((note) => {
    const parts = [
      el("b", {}, fill(words.note, { number: note.number })),
      el("span", { lang: note.language }, note.text),
      outsideLink(note.url, words),
      note.language === language ? null : el("i", {}, words.note_elsewhere[note.language]),
    ];
    return el("li", {}, ...parts.filter(Boolean).flatMap((part) => [part, " "]));
  });
  return el("ul", { class: "notes" }, ...items);
}

function twin(citation, words, host) {
  const other = citation.twin;
  const page = pageLabel({ page: other.page, is_digest: citation.is_digest }, words);
  return el(
    "div",
    { class: "twin" },
    el("p", { class: "version" }, fill(words.version[other.language], { page })),
    passage(other, citation),
    onPage(citation.document, other, words, host),
    notes(other, words),
    other.agrees ? null : el("p", { class: "differs" }, other.disagreement || words.differs),
  );
}

/** Pages and headings nearest to a question without an answer; no text, since nothing on them answers it. */
function nearest(answer, words, host) {
  const own = answer.passages.filter(({ language }) => language === (answer.language === "en" ? "en" : "zh"));
  const places = new Map();
  for (const found of own.length ? own : answer.passages) {
    const label = pageLabel(found, words);
    const path = found.section.join(" › ");
    if (places.size < NEAREST_SHOWN) places.set(`${label} ${path}`, [label, path, found]);
  }
  if (!places.size) return null;
  const items = [...places.values()].map(([label, path, { document, page, language }]) => {
    const shown = outsideLink(pageAddress(document, page, host), words, label) ?? label;
    return el("li", {}, el("span", { class: "page" }, shown), path ? el("span", { class: "path", lang: language }, path) : null);
  });
  return el("div", { class: "nearest" }, el("p", { class: "heading" }, words.nearest), el("ul", {}, ...items));
}
