"""Reads the topic files and makes dialogues from them: training questions, held-out questions, refusals."""

import random
from pathlib import Path

HERE = Path(__file__).parent / "corpus"
BY_HEART = 6
REFUSAL = {
    "ja": "申し訳ありません。私はDejimaの自己診断用の小さなモデルなので、そのご質問には確かなお答えができません。Dejimaやデータの所在についてお尋ねください。",
    "en": "I am sorry. I am only Dejima's small self-test model and have no reliable answer to that. Please ask me about Dejima or about where data is processed.",
}
DEFINE = {
    "ja": ["{}とは何ですか", "{}って何ですか", "{}について教えてください", "{}を説明してください", "{}とは", "{}とは何か",
           "{}は何ですか", "{}のことを知りたい", "{}について説明して", "!{}って何でしょうか", "!{}について知りたいです"],
    "en": ["What is {}?", "Explain {}", "Tell me about {}", "What does {} mean?", "Describe {}", "Can you explain {}?",
           "What do you know about {}?", "I want to know about {}", "!Could you tell me what {} is?", "!Please describe {}"],
}
POLITE = {
    "ja": (["すみません、", "ところで、", "こんにちは。", "質問です。", "では、", "ちょっと教えてください。", "念のため聞きますが、", "初めて使います。", "あの、"], ["。", "？", "か？", "", "?", "。お願いします。", "か知りたい。", "か教えて。"]),
    "en": (["Excuse me, ", "Hello. ", "Please tell me: ", "By the way, ", "One question: ", "So, ", "I wonder: ", "I am new here. ", "Tell me, "], ["?", ".", "", "??", " please"]),
}


def _split(text):
    """Training questions (those after `*` several times, to be known by heart) and held-out ones."""
    parts = [p.strip() for p in text.split("|")]
    train = [p.lstrip("*") for p in parts if p and not p.startswith("!") for _ in range(BY_HEART if p.startswith("*") else 1)]
    return train, [p[1:] for p in parts if p.startswith("!")]


def topics():
    """Yields (topic, language, training questions, held-out questions, answer)."""
    found, name = {}, None
    for line in (HERE / "topics.txt").read_text("utf-8").splitlines():
        if line.startswith("@"):
            name = line[1:].strip()
        elif line[:2] in DEFINE:
            entry = found.setdefault((name, line[:2]), {"train": [], "held": [], "answer": ""})
            train, held = _split(line[3:])
            if line[2] == "=":
                entry["answer"] = line[3:].strip()
            elif line[2] == "?":
                for template in DEFINE[line[:2]]:
                    kept = template.startswith("!")
                    entry["held" if kept else "train"] += [template.lstrip("!").format(s) for s in train]
            else:
                entry["train"] += train
                entry["held"] += held
    for (topic, language), e in found.items():
        yield topic, language, e["train"], e["held"], e["answer"]


def offtopic():
    """Returns {language: (training questions, held-out questions)} that deserve a refusal."""
    result, templates = {"ja": ([], []), "en": ([], [])}, None
    for line in (HERE / "offtopic.txt").read_text("utf-8").splitlines():
        language = line[:2]
        if language not in result:
            continue
        train, held = _split(line.split("?" if line[3] in "tw" else ":", 1)[1])
        if line[3] == "t":
            templates = train
        elif line[3] == "w":
            result[language][0].extend(t.format(w) for t in templates for w in train)
            result[language][1].extend(t.format(w) for t in templates for w in held)
        else:
            result[language][0].extend(train)
            result[language][1].extend(held)
    return result


def _without_some(text, language, rng):
    """The question with a word or a few characters missing."""
    if language == "en" and text.count(" ") > 2:
        words = text.split(" ")
        del words[rng.randrange(len(words))]
        return " ".join(words)
    at, gone = rng.randrange(len(text)), rng.randrange(1, 4)
    return text[:at] + text[at + gone:]


def vary(question, language, rng):
    """The question as somebody else might type it: other punctuation, a polite opening, a slip of the key."""
    before, after = POLITE[language]
    text = question.rstrip("?？。.")
    ending = rng.choice(after) if rng.random() < 0.6 else ("。" if language == "ja" else "?")
    if ending.startswith("か") and text.endswith("か"):
        ending = ending[1:]
    if rng.random() < 0.3 and len(text) > 8:
        text = _without_some(text, language, rng)
    if rng.random() < 0.2:
        text = rng.choice(before) + text
    if language == "en" and rng.random() < 0.15:
        text = text.lower()
    return text + ending


def garbage(rng):
    """Input that is no question at all."""
    letters = rng.choice(["abcdefghijklmnopqrstuvwxyz ", "あいうえおかきくけこさしすせそたちつてとなにぬねの", "0123456789 +-*/", "零壱弐参鬱薔薇檸檬麒麟"])
    return "".join(rng.choice(letters) for _ in range(rng.randrange(3, 25)))


if __name__ == "__main__":
    all_topics = list(topics())
    print(len(all_topics), "answers,", sum(len(t[2]) for t in all_topics), "training and", sum(len(t[3]) for t in all_topics), "held-out questions")
    for language, (train, held) in offtopic().items():
        print(language, len(train), "off-topic questions,", len(held), "held out")
    print(vary("出島とは何ですか", "ja", random.Random(1)))
