// From the script tag to the element. The tag's own address says where the service is, at the root of a host or below it.

/** Put up what the tag asks for, unless a tag included twice already did. */
function include(name, { tag, service, position, lang, theme, heading }) {
  const isInline = position === "inline" || position === "page";
  if (!isInline && document.querySelector(`${name}:not([position=inline], [position=page])`)) return;
  const widget = el(name, { host: service, position, theme, heading, language: lang === "auto" ? null : lang });
  if (isInline && tag.parentNode !== document.head) tag.after(widget);
  else document.body.append(widget);
}

// A page may include the widgets of two services, each with its own words and version: the second takes another name.
function define(service) {
  for (let number = 1; ; number++) {
    const name = number === 1 ? NAME : `${NAME}-${number}`;
    const taken = customElements.get(name);
    if (!taken) {
      GbaqaWidget.service = service;
      customElements.define(name, GbaqaWidget);
    }
    if (!taken || taken.service === service) return name;
  }
}

const tag = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
const service = new URL(".", tag?.src ?? document.baseURI).href.replace(/\/$/, "");
const name = define(service);
if (tag && tag.dataset.position !== "none") {
  const put = () => include(name, { tag, service, position: tag.dataset.position ?? "right", ...tag.dataset });
  if (document.body) put();
  else document.addEventListener("DOMContentLoaded", put, { once: true });
}
