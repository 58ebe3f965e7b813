"""The order of headings of one size, which their size does not tell.

A heading with nothing but another one of its size below it has no text of its own: it stands over that one, and over those
that follow on its page. How far it reaches beyond the page nothing tells, and a heading too few misleads less than a wrong one.
"""

from gbaqa.corpus.markdown import is_chart_title
from gbaqa.corpus.pieces import Piece
from gbaqa.language.script import language_of

_STEP = 4  # levels from one size to the next; a heading with others of its size under it stands half way up


def level_of(depth: int, *, has_bullet: bool) -> int:
    """The level of a heading whose size stands at that depth, 1 the outermost, before it is ordered among others of its size."""
    return _STEP * depth + has_bullet


def order_headings(pieces: list[Piece]) -> None:
    """Give each heading its final level."""
    over: Piece | None = None  # the last heading that stands over others of its size
    over_bullets = False  # whether those have bullets and it has none
    for index, piece in enumerate(pieces):
        if piece.kind != "heading":
            continue
        depth, bullet = divmod(piece.level, _STEP)
        if over is not None and (over.page != piece.page or depth <= over.level // _STEP):
            over = None
        is_under = over is not None and depth == over.level // _STEP + 1 and bullet >= over_bullets
        below = pieces[index + 1] if index + 1 < len(pieces) else None
        if below is not None and _is_under(below, piece) and not is_chart_title(pieces, index + 1):
            over, over_bullets, is_under = piece, below.level > piece.level, False
        piece.level = _STEP * depth - (0 if is_under else _STEP // 2)


def _is_under(below: Piece, piece: Piece) -> bool:
    """Whether a piece is a heading of the size of the one above it. In the other language it says the same once more."""
    if below.kind != "heading" or below.level // _STEP != piece.level // _STEP or below.level < piece.level:
        return False
    return language_of(below.content.text) == language_of(piece.content.text)
