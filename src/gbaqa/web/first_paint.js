// The page is there before Gradio is: what was typed into its box meanwhile goes on into Gradio's. Nothing here may wait for
// the document to be complete, which it is only after Gradio's scripts.
(() => {
  const early = () => document.querySelector(".first-paint");
  let asked = false;

  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.(".first-paint textarea")) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    asked = true;
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".first-paint form")) return;
    event.preventDefault();
    asked = true;
  });

  const takeOver = (box) => {
    const typed = early().querySelector("textarea").value;
    if (typed) {
      box.value = typed;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    box.focus({ preventScroll: true });
    early().remove();
    if (document.querySelector("#past .turn")) document.querySelector("#newest .turn")?.scrollIntoView({ block: "start" });
    window.gbaqaBoxReady();
    if (asked && box.value) requestAnimationFrame(() => document.querySelector("#question .submit-button")?.click());
  };

  const observer = new MutationObserver(() => {
    const box = document.querySelector("#question textarea");
    if (!box?.placeholder || !document.querySelector("#masthead h1")) return;
    observer.disconnect();
    takeOver(box);
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["placeholder"] });
})();
