// <gbaqa-widget>: in a shadow root, so that neither the page's styles nor its ids meet ours. Attributes: host, language,
// theme, position (right, left, inline, page), heading.

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(GIVEN.style);
const SMALL = matchMedia("(max-width: 32rem), (max-height: 26rem)"); // also a desktop's window at 200 % and more
const DARK = matchMedia("(prefers-color-scheme: dark)");
const NAME = "gbaqa-widget";

class GbaqaWidget extends HTMLElement {
  static observedAttributes = ["theme"];
  static service = ""; // address of the service whose script this is

  connectedCallback() {
    this.refit ??= () => this.fit();
    this.repaint ??= () => this.paint();
    SMALL.addEventListener("change", this.refit);
    DARK.addEventListener("change", this.repaint);
    if (!this.shadowRoot) this.build();
    this.paint();
  }

  disconnectedCallback() {
    SMALL.removeEventListener("change", this.refit);
    DARK.removeEventListener("change", this.repaint);
  }

  attributeChangedCallback() {
    if (this.shadowRoot) this.paint();
  }

  /** Open the widget. */
  open() {
    if (!this.dialog || this.dialog.open) return;
    for (const other of widgets()) other.close(); // they open in the same corner
    if (SMALL.matches) this.dialog.showModal();
    else this.dialog.show();
    this.button.setAttribute("aria-expanded", "true");
    this.panel.box.focus();
  }

  /** Close the widget; the conversation stays. */
  close() {
    this.dialog?.close();
  }

  /** Open the widget and ask a question. */
  ask(question) {
    this.open();
    return this.panel.ask(String(question));
  }

  build() {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [STYLE];
    const script = this.script();
    const isInline = ["inline", "page"].includes(this.getAttribute("position"));
    this.panel = new Panel(this.host(), script, this.getAttribute("heading"), isInline ? null : () => this.close());
    if (isInline) root.append(el("section", { class: "inline", lang: script, "aria-labelledby": "title" }, this.panel.element));
    else this.buildDialog(root, script);
  }

  buildDialog(root, script) {
    const words = GIVEN.texts[script];
    this.dialog = el("dialog", { id: "dialog", lang: script, "aria-labelledby": "title", close: () => this.closed(), keydown: (event) => this.escape(event) });
    this.dialog.append(this.panel.element);
    this.button = el(
      "button",
      { type: "button", class: "launch", lang: script, "aria-haspopup": "dialog", "aria-expanded": "false", "aria-controls": "dialog", click: () => this.toggle() },
      icon("M4 5h16v11H9l-5 4z"),
      el("span", {}, words.open),
    );
    root.append(this.button, this.dialog);
    const before = widgets().filter((other) => other !== this && other.button && other.isLeft === this.isLeft);
    this.style.setProperty("--slot", String(before.length)); // several on a page stand one above the other
  }

  get isLeft() {
    return this.getAttribute("position") === "left";
  }

  toggle() {
    if (this.dialog.open) this.close();
    else this.open();
  }

  escape(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation(); // or a dialog of the page would close as well
    this.close();
  }

  closed() {
    if (this.dialog.open) return; // only changed to be modal, or no longer so
    this.button.setAttribute("aria-expanded", "false");
    if (document.activeElement === document.body || document.activeElement === this) this.button.focus();
  }

  /** Turning a phone or zooming makes an open dialog modal, or frees it. */
  fit() {
    if (!this.dialog?.open) return;
    const focused = this.shadowRoot.activeElement;
    this.dialog.close();
    if (SMALL.matches) this.dialog.showModal();
    else this.dialog.show();
    (focused ?? this.panel.box).focus();
  }

  paint() {
    const theme = this.getAttribute("theme");
    const isDark = theme === "dark" || (theme !== "light" && DARK.matches);
    for (const part of this.shadowRoot.children) part.classList.toggle("dark", isDark);
  }

  host() {
    return (this.getAttribute("host") || GbaqaWidget.service).replace(/\/+$/, "");
  }

  /** The first of: the one asked for, the page's own, the reader's, that the interface speaks. */
  script() {
    const wanted = [this.getAttribute("language"), document.documentElement.lang, ...navigator.languages];
    return wanted.map((tag) => tag && scriptOf(tag)).find(Boolean) ?? "en";
  }
}

/** All widgets of the page, those of other services too, whose elements have a number after the name. */
function widgets() {
  return [...document.body.querySelectorAll("*")].filter((node) => node.localName.startsWith(NAME) && node.shadowRoot);
}
