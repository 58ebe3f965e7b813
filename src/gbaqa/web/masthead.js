// Beside the head of the page: a choice of language is kept, and the page written anew without loading it again.
element.addEventListener("click", (event) => {
  const link = event.target.closest("[data-lang]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  document.cookie = `gbaqa-lang=${link.dataset.lang}; path=/; max-age=31536000; samesite=lax`;
  trigger("select");
});
watch("value", () => {
  const head = element.querySelector("header");
  if (!head) return;
  document.documentElement.lang = head.lang;
  document.title = head.querySelector("h1").textContent;
});
