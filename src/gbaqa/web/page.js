() => {
  // Marks lead to their source card. The page has a <base>, against which "#card" would be another page, so the jump
  // is made here; as a change of the fragment it lets the Back button return to the sentence.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".mark a");
    const card = link && document.getElementById(link.hash.slice(1));
    if (!card) return;
    event.preventDefault();
    location.hash = link.hash;
    card.scrollIntoView({ block: "nearest" });
    card.focus({ preventScroll: true });
  });
}
