"""Writes the trained weights as a GGUF file (version 3, Q8_0) and reads the same rounding back for measuring."""

import json
import struct

import numpy
import torch

import tokenizer
from model import CONTEXT, DIM, EPSILON, HEAD, HEADS, HIDDEN, KV_HEADS, LAYERS, ROPE_BASE

ALIGNMENT, F32, Q8_0 = 32, 0, 8
UINT32, FLOAT32, BOOL, STRING, ARRAY, INT32 = 4, 6, 7, 8, 9, 5
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6
CHAT = (
    "{{ bos_token }}{% for m in messages %}{% if m['role'] == 'user' %}<|user|>{{ m['content'] }}"
    "{% elif m['role'] == 'assistant' %}<|assistant|>{{ m['content'] }}</s>{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def quantised(weights):
    """Blocks of 32: a half-precision scale and 32 signed bytes. Returns bytes and the values that a reader gets."""
    blocks = weights.reshape(-1, 32).astype(numpy.float32)
    scale = (numpy.abs(blocks).max(1, keepdims=True) / 127).astype(numpy.float16)
    divisor = numpy.where(scale == 0, 1, scale).astype(numpy.float32)
    values = numpy.clip(numpy.rint(blocks / divisor), -127, 127).astype(numpy.int8)
    raw = numpy.concatenate((scale.view(numpy.uint8), values.view(numpy.uint8)), 1).tobytes()
    return raw, (values * scale.astype(numpy.float32)).reshape(weights.shape)


def names():
    """Pairs of PyTorch's and GGUF's tensor names."""
    yield "token_embd.weight", "token_embd.weight"
    yield "output_norm", "output_norm.weight"
    for i in range(LAYERS):
        for n in ("attn_norm", "ffn_norm"):
            yield f"blk.{i}.{n}", f"blk.{i}.{n}.weight"
        for n in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"):
            yield f"blk.{i}.{n}.weight", f"blk.{i}.{n}.weight"


def string(text):
    raw = text.encode("utf-8")
    return struct.pack("<Q", len(raw)) + raw


def value(kind, content):
    if kind == STRING:
        return string(content)
    return struct.pack({UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?"}[kind], content)


def pair(key, kind, content, element=None):
    head = string(key) + struct.pack("<I", kind)
    if kind != ARRAY:
        return head + value(kind, content)
    return head + struct.pack("<IQ", element, len(content)) + b"".join(value(element, c) for c in content)


def metadata(pieces, gate):
    texts = tokenizer.SPECIAL + [f"<0x{b:02X}>" for b in range(256)] + pieces
    kinds = [UNKNOWN] + [CONTROL] * 4 + [BYTE] * 256 + [NORMAL] * len(pieces)
    scores = [0.0] * tokenizer.FIRST_PIECE + [-float(i) for i in range(len(pieces))]
    return [
        pair("general.architecture", STRING, "llama"),
        pair("general.name", STRING, "builtin-selftest"),
        pair("general.author", STRING, "the Dejima project"),
        pair("general.description", STRING, "Self-test model of Dejima; not an assistant."),
        pair("general.file_type", UINT32, 7),
        pair("general.alignment", UINT32, ALIGNMENT),
        pair("general.quantization_version", UINT32, 2),
        pair("llama.context_length", UINT32, CONTEXT),
        pair("llama.embedding_length", UINT32, DIM),
        pair("llama.block_count", UINT32, LAYERS),
        pair("llama.feed_forward_length", UINT32, HIDDEN),
        pair("llama.vocab_size", UINT32, len(texts)),
        pair("llama.rope.dimension_count", UINT32, HEAD),
        pair("llama.rope.freq_base", FLOAT32, ROPE_BASE),
        pair("llama.attention.head_count", UINT32, HEADS),
        pair("llama.attention.head_count_kv", UINT32, KV_HEADS),
        pair("llama.attention.layer_norm_rms_epsilon", FLOAT32, EPSILON),
        pair("tokenizer.ggml.model", STRING, "llama"),
        pair("tokenizer.ggml.pre", STRING, "default"),
        pair("tokenizer.ggml.tokens", ARRAY, texts, STRING),
        pair("tokenizer.ggml.scores", ARRAY, scores, FLOAT32),
        pair("tokenizer.ggml.token_type", ARRAY, kinds, INT32),
        pair("tokenizer.ggml.bos_token_id", UINT32, tokenizer.BOS),
        pair("tokenizer.ggml.eos_token_id", UINT32, tokenizer.EOS),
        pair("tokenizer.ggml.unknown_token_id", UINT32, tokenizer.UNK),
        pair("tokenizer.ggml.padding_token_id", UINT32, tokenizer.EOS),
        pair("tokenizer.ggml.add_bos_token", BOOL, True),
        pair("tokenizer.ggml.add_eos_token", BOOL, False),
        pair("tokenizer.ggml.add_space_prefix", BOOL, False),
        pair("tokenizer.chat_template", STRING, CHAT),
        pair("dejima.gate.least_log_probability", FLOAT32, gate),
    ]


def padded(raw):
    return raw + b"\0" * (-len(raw) % ALIGNMENT)


def write(out, gate):
    """Writes `builtin-selftest.gguf` and returns the state with the rounded weights, and the vocabulary.

    `gate` is the smallest log-probability that the likeliest token of an answer may have.
    """
    state = torch.load(out / "model.pt")
    pieces = json.loads((out / "vocabulary.json").read_text("utf-8"))
    infos, data, rounded = b"", b"", {}
    pairs = list(names())
    for theirs, ours in pairs:
        weights = state[theirs].numpy()
        raw, seen = quantised(weights) if weights.ndim > 1 else (weights.astype("<f4").tobytes(), weights)
        rounded[theirs] = torch.tensor(seen)
        infos += string(ours) + struct.pack("<I", weights.ndim)
        infos += b"".join(struct.pack("<Q", d) for d in reversed(weights.shape))
        infos += struct.pack("<IQ", Q8_0 if weights.ndim > 1 else F32, len(data))
        data += padded(raw)
    values = metadata(pieces, gate)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(pairs), len(values)) + b"".join(values) + infos
    (out / "builtin-selftest.gguf").write_bytes(padded(head) + data)
    return rounded, tokenizer.Tokenizer(pieces)
