// The page is there before Gradio is: what was typed into its box meanwhile goes on into Gradio's.
document.addEventListener("DOMContentLoaded", () => {
  const early = document.querySelector(".first-paint");
  const typed = early.querySelector("textarea");
  let asked = false;
  typed.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    asked = true;
  });
  early.addEventListener("submit", (event) => {
    event.preventDefault();
    asked = true;
  });
  const observer = new MutationObserver(() => {
    const box = document.querySelector("#question textarea");
    if (!box?.placeholder || !document.querySelector("#masthead h1")) return;
    observer.disconnect();
    if (typed.value) {
      box.value = typed.value;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    box.focus({ preventScroll: true });
    early.remove();
    if (document.querySelector("#past .turn")) document.querySelector("#newest .turn")?.scrollIntoView({ block: "start" });
    window.gbaqaBoxReady();
    if (asked && box.value) requestAnimationFrame(() => document.querySelector("#question .submit-button")?.click());
  });
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["placeholder"] });
});
