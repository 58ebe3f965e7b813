// Copies and saves: what stands in the page already, and what the server's API makes of answers and citations.
(() => {
  const say = (button, message) => {
    const status = button.closest(".basket, .actions, .tools")?.querySelector("[role=status]");
    if (status) status.textContent = message;
  };

  // The old way works where the new one is not allowed: on a page without https, as within an intranet.
  const copyBySelection = (text) => {
    const area = document.createElement("textarea");
    const before = document.activeElement;
    area.value = text;
    area.style.cssText = "position:fixed;top:0;opacity:0";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    before?.focus({ preventScroll: true });
    if (!copied) throw new Error("copying is not allowed");
  };

  // `text` may be a promise: Safari forgets the click that allowed copying while a server is waited for.
  const toClipboard = async (text) => {
    const promised = Promise.resolve(text);
    try {
      const blob = promised.then((known) => new Blob([known], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    } catch {
      copyBySelection(await promised);
    }
  };

  const read = new WeakMap(); // answers by the element that holds them, since each is asked for often
  const answerOf = (element) => {
    const data = element.closest(".turn").querySelector(".turn-data");
    if (!data) return null; // an answer that still grows
    if (!read.has(data)) read.set(data, JSON.parse(data.value));
    return read.get(data);
  };

  // The citation of a card, as the API takes it.
  const citationOf = (card) => answerOf(card)?.citations.find((one) => one.mark === Number(card.dataset.mark));

  const wanted = {
    citation: (button) => {
      const card = button.closest(".card");
      return { citations: [citationOf(card)], language: answerOf(card).language };
    },
    answer: (button) => ({ answers: [answerOf(button)] }),
    conversation: () => ({ answers: [...document.querySelectorAll(".turn-data")].map(answerOf) }),
    basket: () => ({ citations: window.gbaqaBasket(), language: document.querySelector("#masthead header").lang }),
  };

  class Unwritten extends Error {} // the server could not be reached, or not write it

  const exported = async (button) => {
    const response = await fetch(`api/${button.dataset.export}/export`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...wanted[button.dataset.of](button), format: button.dataset.format }),
    }).catch((error) => {
      throw new Unwritten(error.message);
    });
    if (!response.ok) throw new Unwritten(response.statusText);
    return response;
  };

  const save = async (button) => {
    const response = await exported(button);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition"))?.[1] ?? "gbaqa.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  };

  const run = async (button) => {
    try {
      if (button.dataset.copy !== undefined) await toClipboard(button.dataset.copy);
      else if (button.dataset.does === "copy") await toClipboard(exported(button).then((response) => response.text()));
      else await save(button);
      const menu = button.closest(".menu");
      if (menu && !menu.matches(".basket")) menu.open = false;
      say(button, button.dataset.done);
    } catch (error) {
      say(button, error instanceof Unwritten ? button.dataset.unwritten : button.dataset.failed);
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy], [data-export]");
    if (button) run(button);
  });
  window.gbaqaCitationOf = citationOf;
  window.gbaqaSay = say;
})();
