"""The baseline of `benchmarks.training`: a plain PyTorch loop.  Run by it, in its own environment.

Reads commands from standard input, one JSON list a line: ``["steps", variant, dtype, threads, n]``
answers with seconds; ``["loss", path, n]`` trains n steps in float64 from the weights in a ``.npz``
and answers with the loss at each.
"""

import json
import sys
import time

import numpy as np
import torch

P, M = 23, 512


class Loop:
    """Full batch, cross-entropy, AdamW: what the official configuration does, as one writes it."""

    def __init__(self, variant, dtype, w_in, w_out):
        x, y = torch.meshgrid(torch.arange(P), torch.arange(P), indexing="ij")
        self.x, self.y = x.ravel(), y.ravel()
        self.labels = (self.x + self.y) % P
        hot = torch.nn.functional.one_hot
        self.inputs = (hot(self.x, P) + hot(self.y, P)).to(dtype)
        self.variant = variant
        self.w_in = torch.nn.Parameter(torch.tensor(w_in, dtype=dtype))
        self.w_out = torch.nn.Parameter(torch.tensor(w_out, dtype=dtype))
        self.optimiser = torch.optim.AdamW(
            [self.w_in, self.w_out], lr=5e-5, betas=(0.9, 0.98), eps=1e-8, weight_decay=0.0
        )
        self.done = 0

    def step(self):
        for group in self.optimiser.param_groups:
            group["lr"] = 5e-5 * min(self.done / 10, 1.0)
        if self.variant == "one-hot":
            hidden = torch.relu(self.inputs @ self.w_in.T)
        else:
            hidden = torch.relu(self.w_in.T[self.x] + self.w_in.T[self.y])
        loss = torch.nn.functional.cross_entropy(hidden @ self.w_out.T, self.labels)
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        self.done += 1
        return loss


def main():
    rng = np.random.default_rng(0)
    weights = [0.1 * rng.standard_normal(s) / P**0.5 for s in ((M, P), (P, M))]
    loops = {}
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        if command == "steps":
            variant, dtype, threads, count = arguments
            key = (variant, dtype)
            if key not in loops:
                loops[key] = Loop(variant, getattr(torch, dtype), *weights)
            torch.set_num_threads(threads)
            loops[key].step()
            begin = time.perf_counter()
            for _ in range(count):
                loops[key].step()
            answer = time.perf_counter() - begin
        else:
            path, count = arguments
            with np.load(path) as stored:
                loop = Loop("index", torch.float64, stored["W_in"], stored["W_out"])
            answer = [loop.step().item() for _ in range(count)]
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
