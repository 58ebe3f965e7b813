// Beside the newest turn: its buttons ask the server, and a new question is brought to the top of the window; an answer
// that grows leaves the reader where they are.
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button || (button.dataset.confirm && !confirm(button.dataset.confirm))) return;
  trigger(button.dataset.do, { question: button.dataset.question ?? "" });
});
let shown = element.querySelector("[data-newest] > article")?.id ?? "";
watch("value", () => {
  const turn = element.querySelector("[data-newest] > article");
  const busy = element.querySelector("[data-newest][aria-busy=true]");
  if (!turn || !busy || turn.id === shown) return;
  shown = turn.id;
  if (matchMedia("(pointer: coarse)").matches) document.activeElement?.blur(); // a phone's keyboard would cover the answer
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  turn.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
});
