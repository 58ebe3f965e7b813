// Light, dark, or as the system has it. Runs before anything is painted; the choice stays in this browser.
(() => {
  const key = "gbaqa-theme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const choice = () => localStorage.getItem(key) ?? "system";

  const apply = () => {
    const dark = choice() === "dark" || (choice() === "system" && system.matches);
    for (const element of [document.documentElement, document.body]) element?.classList.toggle("dark", dark);
    for (const button of document.querySelectorAll("[data-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.theme === choice()));
    }
  };

  apply();
  system.addEventListener("change", apply);
  addEventListener("storage", apply); // another tab of ours has changed it
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-theme]");
    if (!button) return;
    localStorage.setItem(key, button.dataset.theme);
    apply();
  });
  document.addEventListener("DOMContentLoaded", () => {
    apply();
    // Gradio sets the class by itself once it has started, and the head of the page is written anew with the language.
    new MutationObserver(apply).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    new MutationObserver((changes) => {
      if (changes.some((change) => [...change.addedNodes].some((node) => node.querySelector?.("[data-theme]")))) apply();
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
