"""Trains the self-test model on one thread and saves weights and vocabulary; deterministic by its seed."""

import json
import random
import sys
import time
from pathlib import Path

import torch
from torch.nn import functional as F

import corpus
import tokenizer
from model import Model

OUT = Path(sys.argv[1] if len(sys.argv) > 1 else "out")
STEPS = int(sys.argv[2]) if len(sys.argv) > 2 else 440
ROWS, LENGTH, RATE, SEED, VOCABULARY = 14, 224, 3e-3, 20261120, 1536
TOPIC, ONE_WORD, RAW = 0.80, 0.03, 0.05


class Dialogues:
    """An endless stream of conversations as tokens and loss weights."""

    def __init__(self, words, rng):
        self.words, self.rng = words, rng
        self.topics, self.refused = list(corpus.topics()), corpus.offtopic()
        self.deck = []

    def turn(self):
        r = self.rng.random()
        if r < TOPIC:
            if not self.deck:
                self.deck = self.rng.sample(self.topics, len(self.topics))
            _, language, questions, _, answer = self.deck.pop()
            return corpus.vary(self.rng.choice(questions), language, self.rng), answer
        language = self.rng.choice(["ja", "en"])
        if r < TOPIC + ONE_WORD:
            text = corpus.garbage(self.rng)
            return text, corpus.REFUSAL["en" if text.isascii() else "ja"]
        return corpus.vary(self.rng.choice(self.refused[language][0]), language, self.rng), corpus.REFUSAL[language]

    def row(self, length):
        ids, weights = [tokenizer.BOS], [0.0]
        if self.rng.random() < RAW:
            text = self.words.encode(self.rng.choice(self.topics)[4]) + [tokenizer.EOS]
            ids, weights = ids + text, weights + [1.0] * len(text)
        while len(ids) < length + 1:
            question, answer = self.turn()
            q = [tokenizer.USER] + self.words.encode(question) + [tokenizer.ASSISTANT]
            a = self.words.encode(answer) + [tokenizer.EOS]
            ids, weights = ids + q + a, weights + [0.2] * len(q) + [1.0] * len(a)
        return ids[:length + 1], weights[:length + 1]

    def batch(self):
        rows = [self.row(LENGTH) for _ in range(ROWS)]
        return torch.tensor([r[0] for r in rows]), torch.tensor([r[1] for r in rows])


def vocabulary():
    texts = []
    for _, language, train, _, answer in corpus.topics():
        texts += [(answer, 12)] + [(q, 1) for q in train]
    for language, (train, _) in corpus.offtopic().items():
        texts += [(q, 1) for q in train] + [(corpus.REFUSAL[language], 40)]
    return tokenizer.learn(texts, VOCABULARY)


def rate(step):
    warm = min(1.0, (step + 1) / 20)
    return RATE * warm * (0.02 + 0.98 * 0.5 * (1 + torch.cos(torch.tensor(step / STEPS * 3.14159265)).item()))


def main():
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    started = time.process_time()
    words = vocabulary()
    model, data = Model(words.size), Dialogues(words, random.Random(SEED))
    print(f"vocabulary {words.size} after {time.process_time() - started:.1f} s; {sum(p.numel() for p in model.parameters())} parameters", flush=True)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.98), weight_decay=0.05)
    for step in range(STEPS):
        for group in optimiser.param_groups:
            group["lr"] = rate(step)
        ids, weights = data.batch()
        logits, _ = model(ids[:, :-1])
        losses = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        w = weights[:, 1:].flatten()
        loss = (losses * w).sum() / w.sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if step % 20 == 0 or step == STEPS - 1:
            print(f"step {step} loss {loss.item():.4f} cpu {time.process_time() - started:.0f} s", flush=True)
    OUT.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), OUT / "model.pt")
    (OUT / "vocabulary.json").write_text(json.dumps(words.pieces, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
