"""A SentencePiece-style tokenizer: characters merged by score, bytes where the vocabulary has no character."""

import re
from collections import Counter

SPECIAL = ["<unk>", "<s>", "</s>", "<|user|>", "<|assistant|>"]
UNK, BOS, EOS, USER, ASSISTANT = range(5)
FIRST_BYTE, FIRST_PIECE = 5, 5 + 256
SPACE = "\u2581"


def _mergeable(piece):
    """Whether a piece may enter the vocabulary: one word at most, no punctuation inside, not too long."""
    if SPACE in piece[1:]:
        return False
    if re.search(r"[、。？！（）,.?!:;]", piece):
        return False
    return len(piece) <= (12 if piece.isascii() or piece[0] == SPACE else 6)


class Tokenizer:
    def __init__(self, pieces):
        self.pieces = pieces
        self.ids = {p: i + FIRST_PIECE for i, p in enumerate(pieces)}

    @property
    def size(self):
        return FIRST_PIECE + len(self.pieces)

    def encode(self, text):
        symbols = list(text.replace(" ", SPACE))
        while True:
            best, at = None, -1
            for i in range(len(symbols) - 1):
                rank = self.ids.get(symbols[i] + symbols[i + 1])
                if rank is not None and (best is None or rank < best):
                    best, at = rank, i
            if best is None:
                break
            symbols[at:at + 2] = [symbols[at] + symbols[at + 1]]
        ids = []
        for s in symbols:
            if s in self.ids:
                ids.append(self.ids[s])
            else:
                ids += [FIRST_BYTE + b for b in s.encode("utf-8")]
        return ids

    def decode(self, ids):
        out = b""
        for i in ids:
            if i >= FIRST_PIECE:
                out += self.pieces[i - FIRST_PIECE].replace(SPACE, " ").encode("utf-8")
            elif i >= FIRST_BYTE:
                out += bytes([i - FIRST_BYTE])
        return out.decode("utf-8", "replace")


def learn(weighted_texts, size):
    """Byte-pair merges by frequency. Rank is the score, so a merged piece always ranks before its parts' other uses."""
    characters = Counter()
    for text, weight in weighted_texts:
        for c in text.replace(" ", SPACE):
            characters[c] += weight
    singles = [c for c, n in characters.most_common() if n >= 3]
    words = Counter()
    for text, weight in weighted_texts:
        for word in re.findall(SPACE + r"?[^" + SPACE + r"、。？！（）,.?!:;]+", text.replace(" ", SPACE)):
            words[tuple(word)] += weight
    merges, known = [], set(singles)
    while FIRST_PIECE + len(singles) + len(merges) < size:
        pairs = Counter()
        for word, n in words.items():
            for a, b in zip(word, word[1:]):
                pairs[a, b] += n
        pairs = [(n, p) for p, n in pairs.items() if _mergeable(p[0] + p[1]) and p[0] in known and p[1] in known]
        if not pairs:
            break
        _, (a, b) = max(pairs)
        if a + b not in merges:
            merges.append(a + b)
            known.add(a + b)
        joined = Counter()
        for word, n in words.items():
            out, i = [], 0
            while i < len(word):
                if i + 1 < len(word) and word[i] == a and word[i + 1] == b:
                    out.append(a + b)
                    i += 2
                else:
                    out.append(word[i])
                    i += 1
            joined[tuple(out)] += n
        words = joined
    return Tokenizer(merges + singles)

