// What the chat's page does by itself, without asking the server to write anything. Listeners stand at the document, since
// turns come and go.
(() => {
  // Marks lead to their source card. The page has a <base>, against which "#card" would be another page, so the jump is
  // made here; as a change of the fragment it lets the Back button return to the sentence.
  const openSource = (link) => {
    const card = document.getElementById(link.hash.slice(1));
    if (!card) return;
    const folded = card.closest("details.more");
    if (folded) folded.open = true;
    location.hash = link.hash;
    card.scrollIntoView({ block: "nearest" });
    card.focus({ preventScroll: true });
  };

  const rate = async (form, rating) => {
    const chosen = Object.fromEntries(new FormData(form));
    const body = { rating, question: form.dataset.question, answer: form.dataset.answer, reason: chosen.reason ?? null, remark: chosen.remark ?? "" };
    try {
      const response = await fetch("api/feedback", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(response.statusText);
      form.querySelector("fieldset").hidden = true;
      for (const thumb of form.querySelectorAll("[data-rating]")) thumb.setAttribute("aria-pressed", String(thumb.dataset.rating === rating));
      window.gbaqaSay(form, form.dataset.done);
    } catch {
      window.gbaqaSay(form, form.dataset.failed);
    }
  };

  const thumb = (button) => {
    const form = button.closest("form");
    if (button.dataset.rating === "up") return rate(form, "up");
    const reasons = form.querySelector("fieldset");
    reasons.hidden = !reasons.hidden;
    button.setAttribute("aria-expanded", String(!reasons.hidden));
    if (!reasons.hidden) reasons.querySelector("input").focus();
  };

  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (menu !== except) menu.open = false;
  };

  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.(".menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest?.(".menu"));
    const on = (selector) => event.target.closest?.(selector);
    const mark = on(".mark a");
    if (mark) {
      event.preventDefault();
      openSource(mark);
    } else if (on("[data-rating]")) thumb(on("[data-rating]"));
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".rating")) return;
    event.preventDefault();
    rate(event.target, "down");
  });
})();
