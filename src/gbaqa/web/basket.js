// The basket: facts that a reader keeps, from any answer, in this browser only. It outlives the conversation.
(() => {
  const STORED = "gbaqa-basket";
  const MOST = 200; // some 1 kB each, of the 5 MB that a browser gives

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(STORED) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => one?.citation?.quote) : [];
    } catch {
      return []; // damaged, or this browser keeps nothing
    }
  };
  const write = (kept) => {
    localStorage.setItem(STORED, JSON.stringify(kept.slice(-MOST)));
    show();
  };
  const same = (one, other) => one.document === other.document && one.page === other.page && one.quote === other.quote;

  const item = (one, at, out) => {
    const row = document.createElement("li");
    const text = document.createElement("span");
    text.textContent = `${one.label} – ${one.citation.quote}`;
    text.lang = one.citation.language;
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.basket = "out";
    button.dataset.at = at;
    button.textContent = "×";
    button.setAttribute("aria-label", `${out}: ${text.textContent}`);
    row.append(text, button);
    return row;
  };

  const show = () => {
    const kept = read();
    for (const button of document.querySelectorAll(".card [data-keep]")) {
      const citation = window.gbaqaCitationOf(button.closest(".card"));
      const pressed = Boolean(citation) && kept.some((one) => same(one.citation, citation));
      const label = pressed ? button.dataset.kept : button.dataset.keep;
      if (button.textContent === label) continue;
      button.textContent = label;
      button.setAttribute("aria-pressed", String(pressed));
    }
    for (const basket of document.querySelectorAll(".basket")) {
      basket.hidden = kept.length === 0;
      if (basket.hidden) basket.open = false;
      const list = basket.querySelector(".kept");
      const state = JSON.stringify(kept);
      if (!list || basket.dataset.state === state) continue; // without a list, the page is still being read
      basket.dataset.state = state;
      basket.querySelector(".count").textContent = kept.length;
      list.replaceChildren(...kept.map((one, at) => item(one, at, basket.dataset.out)));
    }
  };

  const toggle = (button) => {
    const card = button.closest(".card");
    const citation = window.gbaqaCitationOf(card);
    if (!citation) return;
    const kept = read();
    const others = kept.filter((one) => !same(one.citation, citation));
    const label = card.querySelector("h4 .page").textContent;
    try {
      write(others.length < kept.length ? others : [...kept, { citation, label }]);
    } catch {
      window.gbaqaSay(button, button.dataset.failed); // this browser keeps nothing, or no more
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-keep], [data-basket]");
    if (!button) return;
    if (button.matches("[data-keep]")) return toggle(button);
    const focused = button.closest(".basket").querySelector("summary");
    write(button.dataset.basket === "empty" ? [] : read().filter((_, at) => at !== Number(button.dataset.at)));
    focused.focus();
  });
  addEventListener("storage", (event) => event.key === STORED && show()); // another tab's change
  // Gradio writes turns and the head of the page anew; what is kept is to be seen in them.
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      show();
    });
  }).observe(document, { childList: true, subtree: true });
  window.gbaqaBasket = () => read().map((one) => one.citation);
})();
