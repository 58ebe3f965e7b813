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
  // Gradio sets the class by itself once it has started, and the head of the page is written anew with the language.
  const hasButtons = (node) => node.querySelector?.("[data-theme]");
  new MutationObserver((changes) => {
    const ours = ({ type, target, addedNodes }) => (type === "attributes" ? target === document.body : [...addedNodes].some(hasButtons));
    if (changes.some(ours)) apply();
  }).observe(document, { attributes: true, attributeFilter: ["class"], childList: true, subtree: true });
})();
