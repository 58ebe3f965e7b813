"""Marks of an answer: small raised numbers that lead to their source cards."""

from html import escape


def mark_html(number: int, card_ids: dict[int, str], label: str) -> str:
    """A mark; while the answer is still being written it has no card and leads nowhere. `label` names a source ("Source {mark}")."""
    name = escape(label.format(mark=number))
    card = card_ids.get(number)
    if card is None:
        return f'<sup class="mark" aria-label="{name}">{number}</sup>'
    return f'<sup class="mark"><a href="#{escape(card)}" aria-label="{name}">{number}</a></sup>'
