// A server that cannot be reached, or has too much to do: says so, keeps the question, and asks it again. Gradio loads the page
// anew by itself once its server answers again.
(() => {
  const DRAFT = "gbaqa-draft"; // what is in the box, or asked and not yet answered
  const RETRY = "gbaqa-retry"; // whether the reader wants it asked as soon as the page is back
  const ASKING = "/gradio_api/queue/join";
  const box = () => document.querySelector("#question textarea");
  let failed = false; // a request of Gradio's, which asks nothing more from this page then

  const tell = (busy) => {
    for (const notice of document.querySelectorAll(".offline")) {
      notice.classList.toggle("is-busy", busy);
      notice.hidden = false;
    }
  };
  const hide = () => {
    for (const notice of document.querySelectorAll(".offline")) notice.hidden = true;
  };

  const plainFetch = window.fetch.bind(window);
  window.fetch = async (...request) => {
    const address = String(request[0]?.url ?? request[0]);
    try {
      const response = await plainFetch(...request);
      if (address.includes(ASKING)) response.ok ? hide() : tell(true);
      return response;
    } catch (error) {
      if (error.name !== "AbortError" && address.includes("/gradio_api/")) {
        failed = true;
        tell(false);
      }
      throw error;
    }
  };
  const reachable = () => plainFetch("healthz", { cache: "no-store" }).then((response) => response.ok, () => false);

  addEventListener("offline", () => tell(false));
  addEventListener("online", async () => {
    if (!failed && (await reachable())) hide();
  });

  document.addEventListener("click", async (event) => {
    if (!event.target.closest?.(".offline button")) return;
    if (!(await reachable())) return tell(false);
    sessionStorage.setItem(RETRY, "yes");
    location.reload(); // with the conversation, which the browser keeps
  });

  document.addEventListener("input", (event) => {
    if (event.target === box()) sessionStorage.setItem(DRAFT, event.target.value);
  });

  window.gbaqaBoxReady = () => {
    const draft = sessionStorage.getItem(DRAFT);
    const again = sessionStorage.getItem(RETRY);
    sessionStorage.removeItem(RETRY);
    if (draft && !box().value) {
      box().value = draft;
      box().dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (draft && again) requestAnimationFrame(() => document.querySelector("#question .submit-button")?.click());
    // A question that has been answered is no draft any more.
    new MutationObserver(() => {
      if (document.querySelector(".newest[aria-busy=false] .actions") && !box().value) sessionStorage.removeItem(DRAFT);
    }).observe(document.body, { attributes: true, attributeFilter: ["aria-busy"], subtree: true });
  };
})();
