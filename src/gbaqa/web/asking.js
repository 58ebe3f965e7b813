// The question box. It is emptied as a question is sent, not when the server answers, so that what is typed meanwhile is the
// next question; what could not be answered comes back into it.
(() => {
  const DRAFT = "gbaqa-draft"; // what is in the box
  const ASKED = "gbaqa-asked"; // what was taken from it and is not answered yet
  const box = () => document.querySelector("#question textarea");
  let running = false; // an answer is on its way
  let entered = null; // what stood in the box at Enter while it was, "" once that is stopped: Gradio sends the box when the answer ends
  let again = null; // a question that a button asks

  const put = (text) => {
    box().value = text;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  };
  const putBack = () => {
    const question = sessionStorage.getItem(ASKED);
    sessionStorage.removeItem(ASKED);
    if (question) put([question, box().value].filter((text) => text.trim()).join("\n"));
  };

  // Gradio calls this as it sends a question, with the box and the conversation that the browser keeps; null asks nothing.
  window.gbaqaAsk = (typed, stored) => {
    const [wanted, waited] = [again, entered];
    again = entered = null;
    if (wanted === null && (waited === null ? running : waited !== typed || !typed.trim())) return [null, stored]; // twice, or changed
    running = true;
    sessionStorage.setItem(ASKED, wanted ?? typed);
    if (wanted === null) {
      put("");
      return [typed, stored];
    }
    // The last question asked again: its new answer takes the old one's place.
    return [wanted, stored?.at(-1)?.question === wanted ? stored.slice(0, -1) : stored];
  };
  window.gbaqaAskNext = (question) => {
    again = question;
  };
  // After a change of the newest turn.
  window.gbaqaTurnShown = (turn) => {
    if (!running || turn.querySelector("[data-newest][aria-busy=true]")) return;
    running = false;
    if (turn.querySelector(".problem")) putBack();
    else sessionStorage.removeItem(ASKED);
  };
  // Who stops an answer does not want the next one at once either.
  window.gbaqaStop = () => {
    if (entered !== null) entered = "";
  };
  window.gbaqaUnsent = () => {
    running = false;
    if (box()) putBack();
  };
  // What an earlier load of this page has left is in the box again; whether that is anything.
  window.gbaqaRestore = () => {
    const draft = sessionStorage.getItem(DRAFT);
    if (draft && !box().value) put(draft);
    putBack();
    return box().value.trim() !== "";
  };

  const isEnter = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing;
  // After a stop too, until what waited has been sent: Enter then joins it, and is not stopped.
  const entering = () => {
    if (running || entered !== null) entered = box().value;
  };
  document.addEventListener("keydown", (event) => event.target === box() && isEnter(event) && entering(), true);
  document.addEventListener("click", (event) => event.target.closest?.("#question .submit-button") && entering(), true);
  document.addEventListener("input", (event) => {
    if (event.target === box()) sessionStorage.setItem(DRAFT, event.target.value);
  });
})();
