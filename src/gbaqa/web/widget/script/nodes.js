// Building the page: elements and text nodes only. Nothing that a document or a reader wrote is ever read as HTML, so the
// widget works where a page demands Trusted Types, and sets no style attribute and no inline handler.

const SVG = "http://www.w3.org/2000/svg";

/** An element. Attributes that are functions listen to the event of that name; those that are null or false are left out. */
function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** An icon of strokes on a 24 × 24 field, hidden from screen readers: the button around it has a name. */
function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Bring an element of the conversation into sight; only the conversation scrolls, never the page around it. */
function reveal(element, { atTop = false } = {}) {
  const frame = element.closest(".turns");
  const [inner, outer] = [element.getBoundingClientRect(), frame.getBoundingClientRect()];
  if (atTop || inner.top < outer.top) frame.scrollTop += inner.top - outer.top;
  else if (inner.bottom > outer.bottom) frame.scrollTop += Math.min(inner.bottom - outer.bottom, inner.top - outer.top);
}

/** A text whose {names} are replaced by values. */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
}

/** The address if it is one of the web's (http or https), null for anything else, such as javascript: or a path. */
function webAddress(url) {
  try {
    const { protocol, href } = new URL(String(url).trim());
    return protocol === "https:" || protocol === "http:" ? href : null;
  } catch {
    return null; // no address at all: shown as text
  }
}

/** A link to another site in a tab of its own, shown as its host; an address that is none of the web's is shown, not linked. */
function outsideLink(url, words, shown = null) {
  const address = webAddress(url);
  if (address === null) return url ? el("span", { class: "address" }, shown ?? url) : null;
  const host = new URL(address).hostname.replace(/^www\./, "");
  const hint = el("span", { class: "unseen" }, ` (${words.new_tab})`);
  return el("a", { href: address, title: address, target: "_blank", rel: "noopener noreferrer" }, shown ?? host, hint);
}

/** Language and script of a tag such as zh-HK, as far as the interface speaks it; null otherwise. */
function scriptOf(tag) {
  const parts = String(tag).toLowerCase().split(/[-_]/);
  if (parts[0] === "en") return "en";
  if (parts[0] !== "zh" && parts[0] !== "yue") return null;
  if (parts.includes("hans")) return "zh-Hans";
  return parts[0] === "yue" || parts.some((part) => ["hant", "hk", "mo", "tw"].includes(part)) ? "zh-Hant" : "zh-Hans";
}
