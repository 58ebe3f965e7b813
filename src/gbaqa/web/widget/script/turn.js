// One turn of the conversation: a question and what became of it.

/** Shows a question at once, its answer as it grows, its sources at the end, or why there is none and a way to retry. */
class Turn {
  constructor(question, words, host) {
    this.question = question;
    this.host = host;
    this.words = words; // of the reader; an answer brings its own, in the language it is written in
    this.body = el("div", { class: "body" });
    const asked = el("h3", {}, el("span", { class: "unseen" }, `${words.asked} `), question);
    this.element = el("article", {}, asked, this.body);
  }

  pending() {
    this.show(el("p", { class: "pending" }, this.words.pending));
  }

  grown(text) {
    const mark = (number) => el("sup", {}, String(number)); // leads nowhere yet: the sources come with the whole answer
    this.show(el("div", { class: "answer" }, ...prose({ answer: text, mode: "extractive" }, mark, this.words)));
  }

  /** The whole answer; what is said of it to a screen reader. */
  complete(answer) {
    const words = GIVEN.texts[answer.language];
    const refused = answer.status === "refused";
    const cards = sourceCards(answer, words, this.host);
    const mark = (number) => (cards.has(number) ? markOf(number, cards.get(number), words) : null);
    const text = el("div", { class: refused ? "answer refused" : "answer" }, ...prose(answer, mark, words));
    if (answer.table) text.querySelector("ul")?.replaceWith(figures(answer.table, mark)); // the same list, easier to compare
    if (refused) text.append(el("p", { class: "hint" }, words.refused_hint), ...[nearest(answer, words, this.host)].filter(Boolean));
    const understood = answer.understood_as
      ? el("p", { class: "understood" }, fill(words.understood_as, { question: answer.understood_as }))
      : null;
    const sources = cards.size
      ? el("section", { class: "sources", "aria-label": words.sources }, el("h4", {}, words.sources), ...cards.values())
      : null;
    this.show(el("div", { lang: answer.language }, ...[understood, text, sources].filter(Boolean)));
    const spoken = answer.answer.replaceAll(new RegExp(MARK, "g"), "");
    return cards.size ? `${fill(words.answer_ready, { count: cards.size })} ${spoken}` : spoken;
  }

  /** Why there is no answer, with a button where asking again may help. */
  failed(message, retry) {
    const button = retry ? el("button", { type: "button", class: "retry", click: retry }, this.words.retry) : null;
    this.show(el("div", { class: "problem" }, el("p", {}, message), button));
  }

  /** Says that the reader stopped the answer; what had come of it stays. */
  stopped(retry) {
    const had = this.body.querySelector(".answer");
    const button = el("button", { type: "button", class: "retry", click: retry }, this.words.retry);
    this.show(...[had].filter(Boolean), el("p", { class: "hint" }, this.words.stopped), button);
  }

  show(...content) {
    this.body.replaceChildren(...content);
  }
}

/** A mark opens its source and goes there. */
function markOf(number, source, words) {
  const go = () => {
    source.open = true;
    reveal(source);
    source.querySelector("summary").focus({ preventScroll: true });
  };
  return el("button", { type: "button", class: "mark", "aria-label": fill(words.source, { mark: number }), click: go }, String(number));
}
