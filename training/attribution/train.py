"""Train the attribution network on PolNeAR's training part: ``python -m training.attribution.train --out FOLDER``.

Windows of 256 word pieces; cues tagged over the whole window; for every cue (and for what the tagger wrongly proposes) the reader tags
source and content in the cue's paragraph and says whether the cue is one. AdamW, linear decay, averaged weights, bfloat16 on the
processor. Four epochs judge each token's role by itself; a fifth, at a lower rate and from the averaged weights, judges the whole row of
roles (``chain_loss``).
"""

from __future__ import annotations

import argparse
import copy
import json
import pickle
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from crossfix.language.attribution.model.features import LONGEST
from crossfix.language.attribution.model.wordpieces import WordPieces
from training.attribution.data import Example, examples, read
from training.attribution.evaluate import Found, candidates, figures, predictions, scorer, sigmoid
from training.attribution.network import Extractor, chain_loss
from training.attribution.provenance import minilm, run_record

LENGTHS = (32, 64, 96, 128, 192, 256)
"""Paragraphs are padded to one of these."""

ROOM = 1536
"""Tokens, padding included, that the reader is shown at once."""

PROPOSED = 0.1
"""The tagger's probability from which a wrong cue is shown to the reader as one."""


def padded(rows: Sequence[Any], width: int, fill: int = 0) -> Tensor:
    """Rows of unequal length as one tensor."""
    first = np.asarray(rows[0])
    out = np.full((len(rows), width, *first.shape[1:]), fill, dtype=np.int64)
    for i, r in enumerate(rows):
        out[i, : len(r)] = r
    return torch.from_numpy(out)


def encode(net: Extractor, batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Token vectors and cue scores of a batch of windows."""
    wide = long = LONGEST  # always the same shape: a new one costs the processor's library more than the padding
    marks = []
    for e in batch:
        columns = e.text.seen.columns[e.window.first : e.window.stop]
        of = e.window.piece_of
        marks.append(np.where(of[:, None] < 0, 0, columns[np.maximum(of, 0)]))
    mask = padded([np.ones(len(e.window.pieces), dtype=np.int64) for e in batch], wide)
    out: tuple[Tensor, Tensor] = net.encoder(
        padded([e.window.pieces for e in batch], wide),
        padded(marks, wide),
        mask,
        padded([e.window.heads for e in batch], long),
    )
    return out


def read_cues(
    net: Extractor, batch: Sequence[Example], tokens: Tensor, cues: Sequence[tuple[int, int, Sequence[int]]]
) -> tuple[Tensor, Tensor, Tensor]:
    """The reader on (window, unit, cue tokens) triples -> role scores [c, t, 3], steps [c, t, 9], reality [c]; t is the longest unit."""
    units = [batch[k].window.units[n] for k, n, _ in cues]
    long = next(x for x in LENGTHS if x >= max(u.stop - u.first for u in units))
    rows, rel, cue = [], [], []
    for (k, _, c), u in zip(cues, units, strict=True):
        begin = batch[k].window.first
        piece = tokens[k, u.first - begin : u.stop - begin]
        rows.append(nn.functional.pad(piece, (0, 0, 0, long - len(piece))))
        rel.append(batch[k].relation_marks(u, c))
        line = np.zeros(u.stop - u.first, dtype=np.int64)
        line[[i - u.first for i in c]] = 1
        cue.append(line)
    ones = [np.ones(u.stop - u.first, dtype=np.int64) for u in units]
    for _ in range(ROOM // long - len(rows)):  # rows of nothing, to keep to few shapes
        rows.append(torch.zeros_like(rows[0]))
        rel.append(np.zeros((1, 3), dtype=np.int64))
        cue.append(np.ones(1, dtype=np.int64))
        ones.append(np.ones(1, dtype=np.int64))
    role, step, real = net.reader(torch.stack(rows), padded(rel, long), padded(cue, long), padded(ones, long))
    n, most = len(units), max(u.stop - u.first for u in units)
    return role[:n, :most], step[:n, :most], real[:n]


def groups(batch: Sequence[Example], cues: Sequence[Any]) -> list[list[int]]:
    """Cue numbers in groups of like length, so that little is padding."""
    length = [batch[k].window.units[n].stop - batch[k].window.units[n].first for k, n, *_ in cues]
    out: list[list[int]] = []
    for i in sorted(range(len(cues)), key=lambda i: -length[i]):
        if out and len(out[-1]) < ROOM // next(x for x in LENGTHS if x >= length[out[-1][0]]):
            out[-1].append(i)
        else:
            out.append([i])
    return out


def loss_of(net: Extractor, batch: Sequence[Example], rng: random.Random, proposals: bool, chain: bool) -> Tensor:
    """The loss of a batch: cue tags, roles, reality."""
    tokens, cue_scores = encode(net, batch)
    long = cue_scores.shape[1]
    labels = padded([e.labels for e in batch], long, -100)
    loss = 2 * nn.functional.cross_entropy(cue_scores.float().reshape(-1, 3), labels.reshape(-1), ignore_index=-100)
    scores = cue_scores.detach().float().numpy()
    cues: list[tuple[int, int, Sequence[int]]] = []
    golds: list[Any] = []
    for k, e in enumerate(batch):
        number = {u: n for n, u in enumerate(e.window.units)}
        proposed = candidates(e, scores[k, : len(e.labels)], PROPOSED) if proposals else []
        taken = {i: (u, r) for u, r in e.cues for i in r.cue}
        instead: dict[int, Sequence[int]] = {}
        wrong = 0
        for n, c, _ in proposed:
            hit = [taken[i] for i in c if i in taken]
            if hit:
                instead[id(hit[0][1])] = c
            elif wrong < 16:
                wrong += 1
                cues.append((k, n, c))
                golds.append(None)
        for u, r in e.cues:
            other = instead.get(id(r))
            use = other if other is not None and rng.random() < 0.3 else r.cue
            cues.append((k, number[u], use))
            golds.append((e, u, r))
    if not cues:
        return loss
    held = 0
    role_loss = real_loss = tokens.new_zeros(())
    for group in groups(batch, cues):
        role, step, real = read_cues(net, batch, tokens, [cues[i] for i in group])
        wide = role.shape[1]
        truth, ours = [], []
        for n, i in enumerate(group):
            if golds[i] is not None:
                e, u, r = golds[i]
                line = e.roles(u, r)
                line[[j - u.first for j in cues[i][2]]] = 0
                truth.append(line)
                ours.append(n)
        if ours and chain:
            mask = padded([np.ones(len(x), dtype=np.int64) for x in truth], wide)
            role_loss = role_loss + chain_loss(role[ours], step[ours], padded(truth, wide), mask)
        elif ours:
            wanted = padded(truth, wide, -100).reshape(-1)
            role_loss = role_loss + nn.functional.cross_entropy(
                role[ours].reshape(-1, 3), wanted, ignore_index=-100, reduction="sum"
            )
        held += sum(len(x) for x in truth)
        is_real = torch.tensor([0.0 if golds[i] is None else 1.0 for i in group])
        real_loss = real_loss + nn.functional.binary_cross_entropy_with_logits(real.float(), is_real, reduction="sum")
    return loss + role_loss / max(held, 1) + (0.5 if chain else 0.3) * real_loss / len(cues)


@torch.inference_mode()
def run(net: Extractor, items: Sequence[Example], size: int = 8) -> list[Found]:
    """All possible attributions of the windows."""
    net.eval()
    out: list[Found] = []
    for a in range(0, len(items), size):
        batch = items[a : a + size]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            tokens, scores = encode(net, batch)
            cues = [
                (k, n, c, p)
                for k, e in enumerate(batch)
                for n, c, p in candidates(e, scores[k, : len(e.labels)].float().numpy())
            ]
            for group in groups(batch, cues) if cues else []:
                role, step, real = read_cues(net, batch, tokens, [cues[i][:3] for i in group])
                for i, row, walk, r in zip(
                    group, role.float().numpy(), step.float().numpy(), real.float().numpy(), strict=True
                ):
                    k, n, c, p = cues[i]
                    u = batch[k].window.units[n]
                    wide = u.stop - u.first
                    out.append(
                        Found(
                            batch[k].text, list(c), u.first, p, float(sigmoid(r)), row[:wide].copy(), walk[:wide].copy()
                        )
                    )
    net.train()
    return out


def main() -> int:
    """Train, print the curve, save the averaged weights."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    ap.add_argument("--encoder", type=Path, help="folder of the MiniLM weights; default: the installed package's")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=4, help="of the first stage")
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--reader-rate", type=float, default=6e-4)
    ap.add_argument("--batch", type=int, default=8)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--few", type=int, default=0, help="only the first documents, to try it out")
    ap.add_argument("--resume", type=Path, help="weights of the first stage: do the second only")
    ap.add_argument("--cache", type=Path, help="pickled texts, to save parsing")
    a = ap.parse_args()
    encoder = minilm(a.encoder)
    a.out.mkdir(parents=True, exist_ok=True)
    random.seed(a.seed), np.random.seed(a.seed), torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    pieces = WordPieces(encoder / "vocab.txt")
    began = time.time()
    if a.cache and a.cache.exists():
        train, dev = pickle.loads(a.cache.read_bytes())
    else:
        train, dev = (read(a.eval / "data/polnear" / s, pieces, few=a.few) for s in ("train", "dev"))
        if a.cache:
            a.cache.write_bytes(pickle.dumps((train, dev)))
    items, held_out = list(examples(train)), list(examples(dev))
    module = scorer(a.eval)
    net = Extractor(encoder)
    print(
        f"{len(items)} windows, {sum(len(e.cues) for e in items)} cues; {time.time() - began:.0f} s to here", flush=True
    )
    curve: list[dict[str, Any]] = []
    if a.resume:
        net.load_state_dict(torch.load(a.resume), strict=False)
        curve = json.loads(a.resume.with_name("curve.json").read_text())
    found: list[Found] = []
    for chain in (False, True)[bool(a.resume) :]:
        mean = copy.deepcopy(net)
        share = 0.4 if chain else 1.0
        parts = [
            {"params": [p for p in net.encoder.bert.parameters() if p.requires_grad], "lr": share * a.rate},
            {
                "params": [
                    p for n, p in net.named_parameters() if not n.startswith("encoder.bert.") and ".step." not in n
                ],
                "lr": share * a.reader_rate,
            },
            {"params": [p for n, p in net.named_parameters() if ".step." in n], "lr": 2e-3},
        ]
        best = torch.optim.AdamW(parts, weight_decay=0.01, fused=True)
        epochs = 1 if chain else a.epochs
        steps = epochs * (len(items) // a.batch)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            best, lambda s, n=steps: min((s + 1) / (0.06 * n), max(0.0, (n - s) / (0.94 * n)))
        )
        step = 0
        for _ in range(epochs):
            order = list(range(len(items)))
            rng.shuffle(order)
            net.train()
            total = 0.0
            for b in range(len(items) // a.batch):
                batch = [items[i] for i in order[b * a.batch : (b + 1) * a.batch]]
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    loss = loss_of(net, batch, rng, proposals=chain or step > 0.1 * steps, chain=chain)
                best.zero_grad(set_to_none=True)
                loss.backward()
                nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0)
                best.step()
                schedule.step()
                step += 1
                total += loss.item()
                keep = min(0.99 if chain else 0.997, (step + 1) / (step + 20))
                with torch.no_grad():
                    for p, q in zip(mean.parameters(), net.parameters(), strict=True):
                        if q.requires_grad:
                            p.lerp_(q, 1 - keep)
                if step % 50 == 0:
                    print(
                        f"epoch {len(curve) + 1} step {step}/{steps} loss {total / (b + 1):.4f} {time.time() - began:.0f} s",
                        flush=True,
                    )
            found = run(mean, held_out)
            row: dict[str, Any] = {
                "epoch": len(curve) + 1,
                "chain": chain,
                "loss": round(total / max(1, len(items) // a.batch), 4),
            }
            for t in (0.5, 0.6, 0.7, 0.8):
                row[f"at_{t}"] = figures(module, dev, predictions(found, t))
            curve.append(row)
            print(json.dumps(row), flush=True)
            torch.save(mean.state_dict(), a.out / "weights.pt")
            (a.out / "curve.json").write_text(json.dumps(curve, indent=1))
        net.load_state_dict(mean.state_dict())
    (a.out / "dev.pkl").write_bytes(
        pickle.dumps([(f.text.gold["file"], f.cue, f.first, f.tagged, f.real, f.scores, f.steps) for f in found])
    )
    splits = [a.eval / "data/polnear" / s for s in ("train", "dev")]
    record = run_record(sys.argv[1:], a.seed, splits, time.time() - began, torch.get_num_threads())
    (a.out / "run.json").write_text(json.dumps(record, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
