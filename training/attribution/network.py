"""The network: an encoder over windows of word pieces that tags cues, and a reader that is shown one cue and tags its source and
content in the cue's paragraph."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from crossfix.language.attribution.model.features import (
    BRANCHES,
    DISTANCES,
    N_DEPS,
    N_TAGS,
    QUOTE_RELATIONS,
    QUOTE_STATES,
    SHAPES,
)

READER_WIDTH = 256
READER_HEADS = 8
READER_INNER = 768
READER_LAYERS = 2

OUTSIDE, BEGIN, INSIDE = range(3)
NONE, SOURCE, CONTENT = range(3)


class Encoder(nn.Module):
    """Word pieces and their tokens' marks to one vector a token, and each token's cue scores (outside, begin, inside)."""

    def __init__(self, bert: BertModel, dropout: float = 0.1) -> None:
        super().__init__()
        self.bert = bert
        bert.embeddings.word_embeddings.weight.requires_grad_(
            False
        )  # half of all weights; words the training part lacks keep their place
        width = bert.config.hidden_size
        self.shape = nn.Embedding(SHAPES, width)
        self.quote = nn.Embedding(QUOTE_STATES, width)
        self.tag = nn.Embedding(N_TAGS, width)
        self.dep = nn.Embedding(N_DEPS, width)
        for e in (self.shape, self.quote, self.tag, self.dep):
            nn.init.normal_(e.weight, std=0.01)
        self.drop = nn.Dropout(dropout)
        self.cue = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Dropout(dropout), nn.Linear(width, 3))

    def forward(self, ids: Tensor, marks: Tensor, mask: Tensor, heads: Tensor) -> tuple[Tensor, Tensor]:
        """ids [b, p]; marks [b, p, 4]; mask [b, p] (1 = real); heads [b, t], the first piece of each token -> [b, t, w], [b, t, 3]."""
        x = self.bert.embeddings.word_embeddings(ids)
        x = (
            x
            + self.shape(marks[..., 0])
            + self.quote(marks[..., 1])
            + self.tag(marks[..., 2])
            + self.dep(marks[..., 3])
        )
        h = self.bert(inputs_embeds=x, attention_mask=mask).last_hidden_state
        tokens = torch.gather(h, 1, heads.unsqueeze(-1).expand(-1, -1, h.shape[-1]))
        return tokens, self.cue(self.drop(tokens))


class Layer(nn.Module):
    """One transformer layer, normalised before each part."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.before = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.between = nn.LayerNorm(width)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, w = x.shape
        q, k, v = self.qkv(self.before(x)).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        weights = q @ k.transpose(-1, -2) * (w // self.heads) ** -0.5 + bias.to(q.dtype)
        a = weights.softmax(-1).to(v.dtype) @ v  # written out: the fused form's backward pass is slow on a processor
        x = x + self.drop(self.out(a.transpose(1, 2).reshape(b, t, w)))
        return x + self.drop(self.down(nn.functional.gelu(self.up(self.between(x)))))


class Reader(nn.Module):
    """A paragraph's token vectors and one cue to each token's role (none, source, content) and whether the cue is one at all."""

    def __init__(self, width: int, dropout: float = 0.1) -> None:
        super().__init__()
        r = READER_WIDTH
        self.enter = nn.Linear(width, r)
        self.branch = nn.Embedding(BRANCHES, r)
        self.distance = nn.Embedding(DISTANCES, r)
        self.quotation = nn.Embedding(QUOTE_RELATIONS, r)
        self.is_cue = nn.Embedding(2, r)
        self.cue_words = nn.Linear(width, r)
        for e in (self.branch, self.distance, self.quotation, self.is_cue):
            nn.init.normal_(e.weight, std=0.02)
        self.layers = nn.ModuleList([Layer(r, READER_HEADS, READER_INNER, dropout) for _ in range(READER_LAYERS)])
        self.last = nn.LayerNorm(r)
        self.drop = nn.Dropout(dropout)
        self.role = nn.Linear(r, 3)
        self.step = nn.Linear(r, 9)  # what each change of role costs before this token; nothing until the second stage
        nn.init.zeros_(self.step.weight), nn.init.zeros_(self.step.bias)
        self.real = nn.Sequential(nn.Linear(2 * r, r), nn.GELU(), nn.Linear(r, 1))

    def forward(self, tokens: Tensor, relations: Tensor, cue: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """tokens [c, t, w]; relations [c, t, 3]; cue [c, t] (1 = in the cue); mask [c, t] -> roles [c, t, 3], steps [c, t, 9] (from the
        role before, to this one), reality [c]. The cue's own tokens can have no role."""
        part = cue.to(tokens.dtype) / cue.sum(1, keepdim=True).clamp(min=1).to(tokens.dtype)
        of_cue = torch.bmm(part.unsqueeze(1), tokens).squeeze(1)
        x = self.enter(tokens) + self.cue_words(of_cue).unsqueeze(1) + self.is_cue(cue)
        x = x + self.branch(relations[..., 0]) + self.distance(relations[..., 1]) + self.quotation(relations[..., 2])
        x = self.drop(x)
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        x = self.last(x)
        at_cue = torch.bmm(part.to(x.dtype).unsqueeze(1), x).squeeze(1)
        over = (x * mask.unsqueeze(-1).to(x.dtype)).sum(1) / mask.sum(1, keepdim=True).to(x.dtype)
        return barred(self.role(x), cue), self.step(x), self.real(torch.cat([at_cue, over], -1)).squeeze(-1)


def barred(role: Tensor, cue: Tensor) -> Tensor:
    """Role scores with source and content out of reach on the cue's own tokens."""
    wall = torch.tensor([0.0, -1e4, -1e4])
    return role.float() + cue.unsqueeze(-1).float() * wall


def chain_loss(role: Tensor, step: Tensor, truth: Tensor, mask: Tensor) -> Tensor:
    """The negative log-likelihood of the true roles, summed over rows: a linear-chain conditional random field (Lafferty et al. 2001) whose
    transition scores come from the token. role [c, t, 3], step [c, t, 9], truth and mask [c, t]."""
    c, t, _ = role.shape
    step = step.float().view(c, t, 3, 3)
    alpha = role[:, 0]
    for k in range(1, t):
        new = torch.logsumexp(alpha.unsqueeze(2) + step[:, k], 1) + role[:, k]
        alpha = torch.where(mask[:, k, None] > 0, new, alpha)
    gold = role.gather(2, truth.unsqueeze(2)).squeeze(2) * mask
    pairs = (truth[:, :-1] * 3 + truth[:, 1:]).unsqueeze(2)
    walked = step[:, 1:].flatten(2).gather(2, pairs).squeeze(2) * mask[:, 1:]
    return (torch.logsumexp(alpha, 1) - gold.sum(1) - walked.sum(1)).sum()


class Extractor(nn.Module):
    """Encoder and reader together."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(folder)
        config.hidden_dropout_prob, config.attention_probs_dropout_prob = (
            0.1,
            0.0,
        )  # dropout there is what costs most on a processor
        bert = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False, attn_implementation="eager")
        self.encoder = Encoder(bert)
        self.reader = Reader(config.hidden_size)
