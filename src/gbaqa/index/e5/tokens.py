"""From text to the model's tokens: the likeliest split into pieces of its vocabulary (the unigram model of Kudo, 2018).

A quarter of a million pieces are looked up by hashes of their bytes, which numpy computes for all of them at once: a dictionary
would take longer to make than most commands run, and 35 MB.
"""

import re
from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from gbaqa.index.e5.weights import Vocabulary

_SPACE = "\u2581"  # what stands for a space in a piece
_UNKNOWN_PENALTY = 10.0  # how much less likely a character without a piece is than the least likely piece (as SentencePiece has it)
_BLOCK = 512  # characters from which pieces are looked up at once
_WORD = 8  # bytes that are hashed at once
_MULTIPLIER, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)  # of Fibonacci hashing (Knuth, vol. 3, 6.4), with its high bits fed back
Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]


class Tokenizer:
    """Splits texts as SentencePiece does."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._starts = np.concatenate([[0], vocabulary.ends[:-1]])
        hashes = _hashes(vocabulary.text, self._starts, vocabulary.ends)
        self._pieces = np.argsort(hashes)
        self._hashes = hashes[self._pieces]
        self._longest = int((vocabulary.ends - self._starts).max())  # in bytes
        self._unknown_score = float(vocabulary.scores.min()) - _UNKNOWN_PENALTY

    def tokens(self, text: str) -> list[int]:
        """A text's tokens, without those that open and close it."""
        data, at = self._characters(text)
        unknown = self._vocabulary.unknown
        best = [(0.0, 0, unknown)] + [(-np.inf, 0, unknown)] * (len(at) - 1)  # for each end: score, where its last piece begins, this piece
        for start, pieces in self._pieces_from_each(data, at):
            before = best[start][0]
            for end, piece, score in [*pieces, (start + 1, unknown, self._unknown_score)]:
                if before + score > best[end][0]:
                    best[end] = (before + score, start, piece)
        tokens, end = [], len(at) - 1
        while end:
            _, end, piece = best[end]
            tokens.append(piece)
        return tokens[::-1]

    def _characters(self, text: str) -> tuple[bytes, Places]:
        """The text as pieces are written, in UTF-8, and where each character begins, and the last one ends."""
        normal = re.sub(" {2,}", " ", text.translate(self._vocabulary.characters))
        characters = [character.encode("utf-8", "replace") for character in (" " + normal.removeprefix(" ")).replace(" ", _SPACE)]
        return b"".join(characters), np.cumsum([0, *map(len, characters)])

    def _pieces_from_each(self, data: bytes, at: Places) -> Iterator[tuple[int, list[tuple[int, int, float]]]]:
        """For each character the pieces that begin with it: at which character they end, which they are, and their scores."""
        for block in range(0, len(at) - 1, _BLOCK):
            firsts = np.arange(block, min(block + _BLOCK, len(at) - 1))
            lengths = np.searchsorted(at, at[firsts] + self._longest, side="right") - 1 - firsts  # in characters, at most
            starts = np.repeat(firsts, lengths)
            ends = starts + 1 + np.arange(len(starts)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
            found: dict[int, list[tuple[int, int, float]]] = {first: [] for first in firsts.tolist()}
            for start, end, piece, score in self._known(data, at, starts, ends):
                found[start].append((end, piece, score))
            yield from found.items()

    def _known(self, data: bytes, at: Places, starts: Places, ends: Places) -> Iterator[tuple[int, int, int, float]]:
        """Of parts of a text, given by characters, those that are pieces."""
        hashes = _hashes(data, at[starts], at[ends])
        places = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        hits = np.flatnonzero(self._hashes[places] == hashes)
        pieces = self._pieces[places[hits]]
        scores = self._vocabulary.scores[pieces]
        for start, end, piece, score in zip(starts[hits].tolist(), ends[hits].tolist(), pieces.tolist(), scores.tolist(), strict=True):
            if data[at[start] : at[end]] == self._vocabulary.text[self._starts[piece] : self._vocabulary.ends[piece]]:
                yield start, end, piece, score


def _hashes(data: bytes, starts: Places, ends: Places) -> Hashes:
    """A number for each of many parts of a text: (parts,). Parts that differ hardly ever have the same one."""
    padded = np.frombuffer(data + bytes(2 * _WORD), dtype=np.uint8)
    words = as_strided(padded[:_WORD].view("<u8"), shape=(len(data) + 1,), strides=(1,), writeable=False)  # from each byte on
    lengths = ends - starts
    hashes = lengths.astype(np.uint64)
    for done in range(0, int(lengths.max(initial=0)), _WORD):
        rest = np.flatnonzero(lengths > done)
        unused = np.maximum(_WORD - (lengths[rest] - done), 0).astype(np.uint64) * np.uint64(8)  # bits of what follows the part
        mixed = (hashes[rest] ^ (words[starts[rest] + done] << unused)) * _MULTIPLIER
        hashes[rest] = mixed ^ (mixed >> _SHIFT)
    return hashes
