"""Word pieces of the encoder's vocabulary, for tokens that somebody else has cut."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

MOST = 12
"""Pieces kept of one token: an address or a line of dots must not fill a window."""


class WordPieces:
    """Splits tokens into the numbers of their word pieces (BERT's greedy longest match, lower case, accents dropped)."""

    def __init__(self, vocabulary: Path) -> None:
        from tokenizers import Tokenizer
        from tokenizers.models import WordPiece
        from tokenizers.normalizers import BertNormalizer
        from tokenizers.pre_tokenizers import BertPreTokenizer

        self._tokenizer = Tokenizer(WordPiece.from_file(str(vocabulary), unk_token="[UNK]"))
        self._tokenizer.normalizer = BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = BertPreTokenizer()
        self.start = self._number("[CLS]")
        self.end = self._number("[SEP]")
        self.unknown = self._number("[UNK]")
        self._one = lru_cache(maxsize=50_000)(self._pieces)

    def _number(self, piece: str) -> int:
        number = self._tokenizer.token_to_id(piece)
        if number is None:
            raise ValueError(f"the vocabulary lacks {piece}")
        return int(number)

    def _pieces(self, word: str) -> tuple[int, ...]:
        ids = self._tokenizer.encode(word[:200], add_special_tokens=False).ids[:MOST]
        return tuple(ids) or (self.unknown,)

    def split(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """The pieces of each word, at least one."""
        return [self._one(w) for w in words]
