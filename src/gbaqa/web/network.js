// A server that cannot be reached, or has too much to do: says so, keeps the question, and asks it again. Gradio loads the page
// anew by itself once its server answers again.
(() => {
  const RETRY = "gbaqa-retry"; // whether the reader wants it asked as soon as the page is back
  const ASKING = "/gradio_api/queue/join";
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

  const unsent = (busy) => {
    window.gbaqaUnsent();
    tell(busy);
  };

  const plainFetch = window.fetch.bind(window);
  window.fetch = async (...request) => {
    const address = String(request[0]?.url ?? request[0]);
    try {
      const response = await plainFetch(...request);
      if (address.includes(ASKING)) response.ok ? hide() : unsent(true);
      return response;
    } catch (error) {
      if (error.name !== "AbortError" && address.includes("/gradio_api/")) {
        failed = true;
        unsent(false);
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

  window.gbaqaBoxReady = () => {
    const again = sessionStorage.getItem(RETRY);
    sessionStorage.removeItem(RETRY);
    if (window.gbaqaRestore() && again) requestAnimationFrame(() => document.querySelector("#question .submit-button")?.click());
  };
})();
