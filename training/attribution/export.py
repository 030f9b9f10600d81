"""Export the trained network to ONNX and quantise it to eight bits: ``python -m training.attribution.export --weights ... --out ...``.

``blocks``: weights become signed bytes with one scale for 32 of them, activations likewise at run time (MatMulNBits), which loses
next to nothing. ``none`` keeps 32-bit floats. One scale for a column of weights and for a whole activation (onnxruntime's dynamic
quantisation) was twice as fast and much too coarse: a mean error of 0.10 in token vectors of a mean size of 0.22, against 0.0036 with
blocks.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from training.attribution.network import Extractor, barred
from training.attribution.provenance import add_to_record, minilm


class OneWindow(nn.Module):
    """The encoder on one window, nothing padded: ids [p], marks [p, 4], heads [t] -> tokens [t, w], cue scores [t, 3]."""

    def __init__(self, net: Extractor) -> None:
        super().__init__()
        self.net = net.encoder
        words = net.encoder.bert.embeddings.word_embeddings.weight.detach()
        scale = words.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("words", torch.round(words / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor, marks: Tensor, heads: Tensor) -> tuple[Tensor, Tensor]:
        """See the class. Word vectors are kept in eight bits with a scale for each word."""
        e = self.net
        x = self.words.index_select(0, ids).to(torch.float32) * self.scale.index_select(0, ids)
        x = x + e.shape(marks[:, 0]) + e.quote(marks[:, 1]) + e.tag(marks[:, 2]) + e.dep(marks[:, 3])
        h = e.bert.embeddings(inputs_embeds=x.unsqueeze(0))
        for layer in e.bert.encoder.layer:
            out = layer(h)
            h = out[0] if isinstance(out, tuple) else out
        tokens = h[0].index_select(0, heads)
        return tokens, e.cue(tokens)


class OneParagraph(nn.Module):
    """The reader on one paragraph and its cues: tokens [t, w], relations [c, t, 3], cue [c, t] -> roles [c, t, 3], steps [c, t, 9],
    reality [c]."""

    def __init__(self, net: Extractor) -> None:
        super().__init__()
        self.net = net.reader

    def forward(self, tokens: Tensor, relations: Tensor, cue: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """See the class."""
        r = self.net
        part = cue.to(tokens.dtype) / cue.sum(1, keepdim=True).to(tokens.dtype)
        x = r.enter(tokens).unsqueeze(0) + r.cue_words(part @ tokens).unsqueeze(1) + r.is_cue(cue)
        x = x + r.branch(relations[..., 0]) + r.distance(relations[..., 1]) + r.quotation(relations[..., 2])
        bias = torch.zeros(1, 1, 1, 1)
        for layer in r.layers:
            x = layer(x, bias)
        x = r.last(x)
        at_cue = torch.bmm(part.unsqueeze(1), x).squeeze(1)
        return barred(r.role(x), cue), r.step(x), r.real(torch.cat([at_cue, x.mean(1)], -1)).squeeze(-1)


def export(net: Extractor, out: Path) -> None:
    """Write encoder.onnx and reader.onnx in 32-bit floats."""
    net.eval()
    ids, heads = torch.randint(1000, 20000, (60,)), torch.arange(1, 50)
    marks = torch.zeros(60, 4, dtype=torch.long)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            OneWindow(net), (ids, marks, heads), str(out / "encoder.onnx"), dynamo=False, opset_version=17,
            input_names=["ids", "marks", "heads"], output_names=["tokens", "cues"],
            dynamic_axes={"ids": {0: "p"}, "marks": {0: "p"}, "heads": {0: "t"}, "tokens": {0: "t"}, "cues": {0: "t"}},
        )  # fmt: skip
        cue = torch.zeros(3, 40, dtype=torch.long)
        cue[:, 5] = 1
        torch.onnx.export(
            OneParagraph(net), (torch.randn(40, 384), torch.ones(3, 40, 3, dtype=torch.long), cue), str(out / "reader.onnx"),
            dynamo=False, opset_version=17, input_names=["tokens", "relations", "cue"], output_names=["roles", "steps", "real"],
            dynamic_axes={"tokens": {0: "t"}, "real": {0: "c"}}
            | {name: {0: "c", 1: "t"} for name in ("relations", "cue", "roles", "steps")},
        )  # fmt: skip


def quantise(path: Path, how: str, block: int = 32) -> None:
    """Turn a graph's weights into bytes, in place. ``how``: "blocks" or "none". Matrices with a side under 32 stay as they are."""
    if how == "none":
        return
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    logging.getLogger("onnxruntime.quantization.matmul_nbits_quantizer").setLevel(logging.WARNING)
    model = onnx.load(str(path))
    width = {i.name: i.dims for i in model.graph.initializer}
    products = [n for n in model.graph.node if n.op_type == "MatMul"]
    left_out = [n.name for n in products if n.input[1] not in width or min(width[n.input[1]]) < 32]
    worker = MatMulNBitsQuantizer(
        model, bits=8, block_size=block, is_symmetric=True, accuracy_level=4, nodes_to_exclude=left_out
    )
    worker.process()
    worker.model.save_model_to_file(str(path), False)


def main() -> int:
    """Export and quantise."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--encoder", type=Path, help="folder of the MiniLM weights; default: the installed package's")
    ap.add_argument("--weights", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--run", type=Path, help="the training's run.json, to which this command is added")
    ap.add_argument("--how", default="blocks", choices=["blocks", "none"])
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    encoder = minilm(a.encoder)
    net = Extractor(encoder)
    net.load_state_dict(torch.load(a.weights))
    export(net, a.out)
    for name in ("encoder.onnx", "reader.onnx"):
        quantise(a.out / name, a.how)
        print(f"{name}: {(a.out / name).stat().st_size / 1e6:.1f} MB, {a.how}")
    shutil.copy(encoder / "vocab.txt", a.out / "vocabulary.txt")
    if a.run:
        add_to_record(a.run, "export", sys.argv[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
