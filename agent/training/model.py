"""The llama architecture at the size of a self-test, in PyTorch."""

import math

import torch
from torch import nn
from torch.nn import functional as F

DIM, LAYERS, HEADS, KV_HEADS, HIDDEN, CONTEXT = 192, 4, 6, 2, 512, 512
HEAD = DIM // HEADS
EPSILON, ROPE_BASE = 1e-5, 10000.0


def norm(x, weight):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPSILON) * weight


def rotate(x, cos, sin):
    """Rotary positions on interleaved pairs; x is batch × heads × time × head size."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.attn_norm, self.ffn_norm = nn.Parameter(torch.ones(DIM)), nn.Parameter(torch.ones(DIM))
        self.attn_q, self.attn_output = nn.Linear(DIM, DIM, bias=False), nn.Linear(DIM, DIM, bias=False)
        self.attn_k, self.attn_v = (nn.Linear(DIM, KV_HEADS * HEAD, bias=False) for _ in range(2))
        self.ffn_gate, self.ffn_up = (nn.Linear(DIM, HIDDEN, bias=False) for _ in range(2))
        self.ffn_down = nn.Linear(HIDDEN, DIM, bias=False)

    def forward(self, x, cos, sin, past):
        b, t, _ = x.shape
        h = norm(x, self.attn_norm)
        q = rotate(self.attn_q(h).view(b, t, HEADS, HEAD).transpose(1, 2), cos, sin)
        k = rotate(self.attn_k(h).view(b, t, KV_HEADS, HEAD).transpose(1, 2), cos, sin)
        v = self.attn_v(h).view(b, t, KV_HEADS, HEAD).transpose(1, 2)
        if past is not None:
            k, v = torch.cat((past[0], k), 2), torch.cat((past[1], v), 2)
        group = HEADS // KV_HEADS
        scores = q @ k.repeat_interleave(group, 1).transpose(-1, -2) / math.sqrt(HEAD)
        total = k.shape[2]
        mask = torch.ones(t, total, dtype=torch.bool).tril(total - t)
        weights = scores.masked_fill(~mask, float("-inf")).softmax(-1)
        mixed = (weights @ v.repeat_interleave(group, 1)).transpose(1, 2).reshape(b, t, DIM)
        x = x + self.attn_output(mixed)
        h = norm(x, self.ffn_norm)
        return x + self.ffn_down(F.silu(self.ffn_gate(h)) * self.ffn_up(h)), (k, v)


class Model(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.token_embd = nn.Embedding(vocabulary, DIM)
        self.blk = nn.ModuleList(Block() for _ in range(LAYERS))
        self.output_norm = nn.Parameter(torch.ones(DIM))
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.normal_(p, std=0.05)
        for block in self.blk:
            for last in (block.attn_output, block.ffn_down):
                nn.init.normal_(last.weight, std=0.05 / math.sqrt(2 * LAYERS))

    def hidden(self, ids, past=None):
        start = 0 if past is None else past[0][0].shape[2]
        at = torch.arange(start, start + ids.shape[1], dtype=torch.float32)
        angle = at[:, None] * ROPE_BASE ** (-torch.arange(0, HEAD, 2, dtype=torch.float32) / HEAD)
        x, kept = self.token_embd(ids), []
        for i, block in enumerate(self.blk):
            x, kv = block(x, angle.cos(), angle.sin(), None if past is None else past[i])
            kept.append(kv)
        return norm(x, self.output_norm), kept

    def forward(self, ids, past=None):
        h, kept = self.hidden(ids, past)
        return h @ self.token_embd.weight.t(), kept


@torch.no_grad()
def greedy(model, prompts, end, limit=120):
    """Greedy answers and each one's smallest log-probability; prompts of one length go together."""
    answers, order = [None] * len(prompts), {}
    for i, p in enumerate(prompts):
        order.setdefault(len(p), []).append(i)
    for indices in order.values():
        logits, past = model(torch.tensor([prompts[i] for i in indices]))
        tokens = [[] for _ in indices]
        sure = [[] for _ in indices]
        for _ in range(limit):
            best, ids = logits[:, -1].log_softmax(-1).max(-1)
            for row in range(len(indices)):
                if not tokens[row] or tokens[row][-1] != end:
                    tokens[row].append(int(ids[row]))
                    sure[row].append(float(best[row]))
            if all(t[-1] == end for t in tokens):
                break
            logits, past = model(ids[:, None], past)
        for row, i in enumerate(indices):
            answers[i] = (tokens[row], sure[row])
    return answers
