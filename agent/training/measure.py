"""Measures the exported model, chooses the gate's threshold and writes the reference answers for the Java tests.

The gate looks at the smallest log-probability of an answer's tokens. Its threshold is chosen on one half of the
held-out questions plus one half of the freely worded ones, and judged on the other halves.
"""

import json
import random
import sys
from pathlib import Path

import torch

import corpus
import export
import tokenizer
from model import Model, greedy

WRONG_COSTS = 4  # how many right answers a wrong one outweighs
OUT = Path(sys.argv[1] if len(sys.argv) > 1 else "out")


def prompt(words, question):
    return [tokenizer.BOS, tokenizer.USER] + words.encode(question) + [tokenizer.ASSISTANT]


def questions():
    """Yields (set, question, answers that are right)."""
    answers = {}
    for topic, language, train, held, answer in corpus.topics():
        answers[topic, language] = answer
        for q in dict.fromkeys(train):
            yield "training", q, [answer]
        for q in held:
            yield "held-out", q, [answer]
    for language, (train, held) in corpus.offtopic().items():
        for q in held:
            yield "off-topic", q, [corpus.REFUSAL[language]]
    for line in (corpus.HERE / "free.txt").read_text("utf-8").splitlines():
        sign, language, rest = (line.split(" ", 2) + ["", ""])[:3]
        if sign == "+":
            topics, q = rest.split("|", 1)
            yield "free", q.strip(), [answers[t.strip(), language] for t in topics.split(",")]
        elif sign == "-":
            yield "free-off", rest, [corpus.REFUSAL[language]]


def table(results, threshold):
    """Per set: right, refused, wrong, under a threshold."""
    rows = {}
    for kind, right, refused, least in results:
        row = rows.setdefault(kind, [0, 0, 0])
        row[1 if refused or least < threshold else 0 if right else 2] += 1
    return rows


def main():
    torch.set_num_threads(1)
    state, words = export.write(OUT, -1e30)
    model = Model(words.size)
    model.load_state_dict(state)
    model.eval()
    asked = list(questions())
    answers = greedy(model, [prompt(words, q) for _, q, _ in asked], tokenizer.EOS)
    results, lines = [], []
    for (kind, q, right), (tokens, sure) in zip(asked, answers):
        text = words.decode(tokens)
        results.append((kind, text in right, text in corpus.REFUSAL.values(), min(sure)))
        if text not in right:
            lines.append(f"{kind}\t{min(sure):.3f}\t{q}\t{text}")
    (OUT / "mistakes.tsv").write_text("\n".join(lines), "utf-8")
    halves, coin = [[], []], random.Random(11)
    for r in results:
        halves[coin.random() < 0.5].append(r)
    scored = []
    for step in range(0, 60):
        threshold = -0.05 * step - 0.05
        counts = table(halves[0], threshold)
        fresh = [counts.get(k, [0, 0, 0]) for k in ("held-out", "off-topic", "free", "free-off")]
        scored.append((sum(r[0] for r in fresh[0::2]) - WRONG_COSTS * sum(r[2] for r in fresh), threshold))
    chosen = max(scored)[1]
    export.write(OUT, chosen)
    print(f"threshold {chosen:.2f}")
    for name, rows in (("no gate, all", table(results, -99)), ("gate, chosen on", table(halves[0], chosen)), ("gate, judged on", table(halves[1], chosen))):
        print(name, {k: f"right {v[0]}, refused {v[1]}, wrong {v[2]}" for k, v in rows.items()})
    print("wrong answers stopped within 12 tokens:", sum(min(i for i, v in enumerate(s) if v < chosen) < 12 for (_, right, refused, least), (_, s) in zip(results, answers) if not right and not refused and least < chosen), "of", sum(1 for _, right, refused, least in results if not right and not refused and least < chosen))
    rng = random.Random(7)
    picked = rng.sample(range(len(asked)), 160)
    with open(OUT / "reference.jsonl", "w", encoding="utf-8") as out:
        for i in picked:
            tokens, sure = answers[i]
            record = {"question": asked[i][1], "prompt": prompt(words, asked[i][1]), "answer": tokens, "text": words.decode(tokens), "least": round(min(sure), 4)}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
