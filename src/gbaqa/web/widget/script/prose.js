// The text of an answer as elements. An extractive answer is the document's own words in paragraphs and lists of ours: an
// asterisk in it was printed like that. A model writes Markdown and means it; of that, what answers use is typeset.

const MARK = /\[(\d{1,3})\]/;
const INLINE = /(\*\*.+?\*\*|`[^`]+`|\[[^\]]+\]\([^()\s]+\)|\*[^*\s][^*]*\*)/;
const ITEM = /^\s*(?:[-*+]|(\d{1,3})[.)])\s+/;
const RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** Blocks of the answer's text. `mark` makes the element of a mark, or gives null where the number is none. */
function prose(answer, mark, words) {
  const paragraphs = answer.answer.split(/\n{2,}/).filter((paragraph) => paragraph.trim());
  if (answer.mode === "generative") return paragraphs.flatMap((paragraph) => markdownBlocks(paragraph, mark, words));
  return paragraphs.flatMap((paragraph) => plainBlocks(paragraph.split("\n"), mark));
}

/** Lines as a paragraph, lines that begin with "- " as a list; one line alone makes no list. */
function plainBlocks(lines, mark) {
  return runs(lines, (line) => line.startsWith("- ")).map(([isBulleted, run]) =>
    isBulleted && run.length > 1
      ? el("ul", {}, ...run.map((line) => el("li", {}, ...withMarks(line.slice(2), mark))))
      : el("p", {}, ...withBreaks(run.map((line) => withMarks(isBulleted ? line.slice(2) : line, mark)))),
  );
}

function markdownBlocks(paragraph, mark, words) {
  const lines = paragraph.split("\n");
  const typeset = (text) => inline(text, mark, words);
  if (lines.length > 1 && lines[0].includes("|") && RULE.test(lines[1])) return [markdownTable(lines, typeset)];
  return runs(lines, (line) => ITEM.test(line)).map(([isList, run]) => {
    if (!isList) return el("p", {}, ...withBreaks(run.map((line) => typeset(line.replace(/^#{1,6}\s+(.*)/, "**$1**")))));
    const first = ITEM.exec(run[0])[1];
    const items = run.map((line) => el("li", {}, ...typeset(line.replace(ITEM, ""))));
    return first ? el("ol", { start: first }, ...items) : el("ul", {}, ...items);
  });
}

/** A table of Markdown: its lines are the head, a rule and the rows. */
function markdownTable([head, , ...rows], typeset) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => typeset(cell.trim()));
  return table(
    cells(head),
    rows.map((line) => el("tr", {}, ...cells(line).map((cell) => el("td", {}, ...cell)))),
  );
}

/** The table of an answer that compares: a row a place, each figure with its mark. */
function figures({ columns, rows }, mark) {
  const figure = (cell) => el("td", {}, ...(cell ? withMarks(`${cell.text}[${cell.mark}]`, mark) : ["–"]));
  return table(
    ["", ...columns].map((name) => [name]),
    rows.map(({ name, cells }) => el("tr", {}, el("th", { scope: "row" }, name), ...cells.map(figure))),
  );
}

/** A table that scrolls within itself; a keyboard reaches it to scroll. */
function table(head, rows) {
  const header = head.map((cell) => (cell.join("") ? el("th", { scope: "col" }, ...cell) : el("td")));
  const body = [el("thead", {}, el("tr", {}, ...header)), el("tbody", {}, ...rows)];
  return el("div", { class: "table", tabindex: "0" }, el("table", {}, ...body));
}

function inline(text, mark, words) {
  return text.split(INLINE).flatMap((piece, at) => {
    if (at % 2 === 0) return withMarks(piece, mark);
    if (piece.startsWith("**")) return el("strong", {}, ...inline(piece.slice(2, -2), mark, words));
    if (piece.startsWith("`")) return el("code", {}, piece.slice(1, -1));
    if (piece.startsWith("*")) return el("em", {}, ...inline(piece.slice(1, -1), mark, words));
    const [, shown, url] = /^\[([^\]]+)\]\((.+)\)$/.exec(piece);
    return outsideLink(url, words, shown) ?? shown;
  });
}

/** Text in which marks are elements, each kept on the line of what it backs: with the last character before it. */
function withMarks(text, mark) {
  const pieces = [];
  text.split(MARK).forEach((piece, at) => {
    const element = at % 2 ? mark(Number(piece)) : null;
    if (!element) {
      pieces.push(at % 2 ? `[${piece}]` : piece);
      return;
    }
    const before = pieces.pop(); // the text before the mark, perhaps empty
    const [last] = /\S?\s*$/u.exec(before);
    pieces.push(before.slice(0, before.length - last.length), el("span", { class: "kept" }, last, element));
  });
  return pieces;
}

function withBreaks(lines) {
  return lines.flatMap((line, at) => (at ? [el("br"), ...line] : line));
}

/** Neighbours for which `test` says the same, as [result, items] each. */
function runs(items, test) {
  const found = [];
  for (const item of items) {
    const result = test(item);
    if (found.length && found.at(-1)[0] === result) found.at(-1)[1].push(item);
    else found.push([result, [item]]);
  }
  return found;
}
