// The conversation: a head, the turns, and the box for a question. It keeps the questions that were answered, since the
// service keeps nothing: with them it understands a follow-up.

const REMEMBERED = 10; // earlier questions sent along, the most that the service takes
const ICONS = { restart: "M4 5v5h5M4.6 15a8 8 0 1 0 .4-7L4 10", full: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6", close: "M6 6l12 12M18 6L6 18" };

class Panel {
  /** `close` is null where there is nothing to close, as on a page of its own. */
  constructor(host, script, title, close) {
    this.host = host;
    this.words = GIVEN.texts[script];
    this.asked = [];
    this.current = null; // AbortController of the question that is being answered
    this.heading = el("h2", { id: "title" }, title || GIVEN.titles[script]);
    this.turns = el("div", { class: "turns", role: "log", "aria-live": "off", "aria-label": this.heading.textContent, tabindex: "0" });
    this.status = el("div", { class: "unseen", role: "status" });
    this.box = this.makeBox();
    this.send = el("button", { type: "submit", class: "send" }, this.words.ask);
    const form = el("form", { submit: (event) => this.submit(event) }, this.box, this.send);
    this.element = el("div", { class: "panel", lang: script }, this.makeHead(close), this.turns, this.status, form);
    this.restart();
  }

  makeHead(close) {
    const full = el("a", { class: "tool", href: `${this.host}/`, target: "_blank", rel: "noopener", title: this.words.full });
    full.append(icon(ICONS.full), el("span", { class: "unseen" }, `${this.words.full} (${this.words.new_tab})`));
    const restart = tool("restart", this.words.restart, () => (this.restart(), this.box.focus()));
    return el("header", {}, this.heading, restart, full, close ? tool("close", this.words.close, close) : null);
  }

  makeBox() {
    return el("textarea", {
      rows: "1",
      maxlength: String(GIVEN.longestQuestion),
      "aria-label": this.words.question,
      placeholder: this.words.placeholder,
      keydown: (event) => {
        // Enter also ends a word that an input method is composing: that is not the end of the question.
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) this.submit(event);
      },
      input: () => this.fitBox(),
    });
  }

  fitBox() {
    this.box.style.height = "auto"; // through the object model, which no policy on styles forbids
    this.box.style.height = `${this.box.scrollHeight}px`;
  }

  /** Begin a new conversation. */
  restart() {
    this.current?.abort();
    this.asked = [];
    const notice = GIVEN.isDigest ? el("p", { class: "hint" }, this.words.digest_notice) : null;
    this.turns.replaceChildren(el("div", { class: "welcome" }, el("p", {}, this.words.welcome), notice, ...this.makeExamples()));
    this.status.textContent = "";
  }

  /** Questions to begin with; none where the service had found none when the script was fetched. */
  makeExamples() {
    const examples = GIVEN.examples[this.element.lang];
    if (!examples.length) return [];
    const button = ([lang, text]) => el("button", { type: "button", lang, click: () => (this.turns.focus(), this.ask(text)) }, text);
    const items = examples.map((example) => el("li", {}, button(example)));
    return [el("h3", { id: "examples" }, this.words.examples), el("ul", { class: "examples", "aria-labelledby": "examples" }, ...items)];
  }

  submit(event) {
    event.preventDefault();
    if (this.current) {
      this.current.abort();
      return;
    }
    const question = this.box.value.trim();
    if (!question) return;
    this.box.value = "";
    this.fitBox();
    if (matchMedia("(pointer: coarse)").matches) this.box.blur(); // a phone's keyboard would cover the answer
    this.ask(question);
  }

  /** Ask a question; it takes its place at the end of the conversation. */
  async ask(question) {
    const turn = new Turn(question, this.words, this.host);
    this.turns.querySelector(".welcome")?.remove();
    this.turns.append(turn.element);
    await this.answer(turn);
  }

  async answer(turn) {
    this.current?.abort();
    const mine = new AbortController();
    this.current = mine;
    this.say(this.words.pending);
    this.send.textContent = this.words.stop;
    turn.pending();
    reveal(turn.element, { atTop: true });
    const again = () => (this.box.focus(), this.answer(turn));
    try {
      const asked = { question: turn.question, history: this.asked.slice(-REMEMBERED), language: this.element.lang };
      const answer = await askService(this.host, asked, mine.signal, (text) => turn.grown(text));
      if (mine.signal.aborted) return; // the conversation began anew meanwhile
      this.say(turn.complete(answer));
      this.asked.push(turn.question);
    } catch (error) {
      if (mine.signal.aborted) turn.stopped(again);
      else this.fail(turn, error, again);
    } finally {
      if (this.current === mine) {
        this.current = null;
        this.send.textContent = this.words.ask;
      }
    }
  }

  fail(turn, error, again) {
    if (!(error instanceof Failure)) console.error("gbaqa:", error); // a mistake of ours: its place is worth knowing
    const kind = error instanceof Failure ? error.kind : "trouble";
    const said = kind === "refused" ? error.detail || this.words.trouble : fill(this.words[kind], { host: this.host, origin: location.origin });
    turn.failed(said, kind === "refused" ? null : again);
    this.say(said);
  }

  /** Tell a screen reader, which does not read along while an answer grows. */
  say(text) {
    this.status.textContent = text;
  }
}

function tool(name, label, click) {
  return el("button", { type: "button", class: `tool ${name}`, "aria-label": label, title: label, click }, icon(ICONS[name]));
}
