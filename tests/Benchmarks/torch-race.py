#!/usr/bin/env python3
"""Training steps of shared/Nn and of PyTorch in turns: t and i are sent to a process of each, which runs a training step or a
pass for inference. Medians, and the medians of the pairs' ratios, which a busy machine disturbs less.

    torch-race.py BENCHMARKS [--threads 2] [--rounds 12] [n1s n1l n2 n4]

BENCHMARKS is the published program of tests/Benchmarks. PyTorch runs in both of its layouts, 1D networks also as 2D ones of height
1, which is what its channels-last layout needs; the better of the two is what counts. The Python that runs this needs torch
(Debian: python3-torch; else pip install torch)."""
import argparse
import os
import resource
import statistics
import subprocess
import sys
import time


def network(size, last):
    import torch
    from torch import nn

    class Recurrent(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv, self.gru, self.dense = nn.Conv1d(64, 64, 5, padding=2), nn.GRU(64, 128, batch_first=True), nn.Linear(128, 16)

        def forward(self, h):
            h = nn.functional.max_pool1d(nn.functional.relu(self.conv(h)), 2)
            return self.dense(self.gru(h.transpose(1, 2))[0][:, -1])

    torch.manual_seed(0)
    shapes = {"n1s": (64, 24, 300), "n1l": (32, 128, 1300), "n2": (32, 1, 128, 430), "n4": (64, 64, 300)}
    flat = size != "n2"
    x = torch.randn(shapes[size])
    if size == "n4":
        return Recurrent(), x
    layers, channels = [], x.shape[1]
    for filters in (64, 128, 256) if flat else (16, 32, 64, 128):
        if not flat:
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.BatchNorm2d(filters), nn.ReLU(), nn.MaxPool2d(2)]
        elif last:
            layers += [nn.Conv2d(channels, filters, (1, 5), padding=(0, 2)), nn.BatchNorm2d(filters), nn.ReLU(), nn.MaxPool2d((1, 2))]
        else:
            layers += [nn.Conv1d(channels, filters, 5, padding=2), nn.BatchNorm1d(filters), nn.ReLU(), nn.MaxPool1d(2)]
        layers += [nn.Dropout(0.3)]
        channels = filters

    class Mean(nn.Module):
        def forward(self, h):
            return h.flatten(2).mean(2)

    model = nn.Sequential(*layers, Mean(), nn.Linear(channels, 16))
    if last:
        x = x.unsqueeze(2) if flat else x
        x, model = (part.to(memory_format=torch.channels_last) for part in (x, model))
    return model, x


def serve(size, threads, last):
    import torch

    torch.set_num_threads(threads)
    model, x = network(size, last)
    target, weight = torch.randint(0, 16, (len(x),)), torch.rand(16) + 0.5
    optimiser = torch.optim.Adam(model.parameters(), 1e-3)

    def train():
        model.train()
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(x), target, weight=weight)
        loss.backward()
        optimiser.step()
        return loss.item()

    def infer():
        model.eval()
        with torch.no_grad():
            model(x)

    for _ in range(3):
        train()
        infer()
    print("ready", flush=True)
    for line in sys.stdin:
        cpu, wall = time.process_time(), time.perf_counter()
        train() if line.strip() == "t" else infer()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        print(f"{wall * 1e3:.3f} {cpu * 1e3:.3f} {peak:.0f}", flush=True)


def race(program, size, threads, rounds):
    own = [sys.executable, __file__, "--serve", size, "--threads", str(threads)]
    commands = {
        "ours": [program, "train-step", size, "--threads", str(threads)],
        "torch": own,
        "torch, channels last": [*own, "--last"],
    }
    if size == "n4":  # a sequence has one layout
        del commands["torch, channels last"]
    # Its BLAS would start threads of its own beside PyTorch's.
    environment = dict(os.environ, OPENBLAS_NUM_THREADS="1")
    # It does not know every processor by its name, and then uses the kernels of a very old one.
    if "avx512f" in open("/proc/cpuinfo").read():
        environment.setdefault("OPENBLAS_CORETYPE", "SkylakeX")
    racers = {}
    for name, command in commands.items():
        racers[name] = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        if racers[name].stdout.readline().strip() != "ready":
            sys.exit(f"{' '.join(command)} did not start")
    for what, word in (("t", "training"), ("i", "inference")):
        times = {name: [] for name in racers}
        for _ in range(rounds):
            for name, racer in racers.items():
                racer.stdin.write(what + "\n")
                racer.stdin.flush()
                times[name].append([float(number) for number in racer.stdout.readline().split()])
        for name, runs in times.items():
            wall, cpu = (statistics.median(run[i] for run in runs) for i in (0, 1))
            line = f"{size} {word:9} {name:20} {wall:8.1f} ms  {cpu:8.1f} ms of processor time  {runs[-1][2]:5.0f} MB"
            if name != "ours":
                ratios = [[run[i] / base[i] for run, base in zip(runs, times["ours"])] for i in (0, 1)]
                line += "  ours is {:.2f} times as fast, {:.2f} by processor time".format(*map(statistics.median, ratios))
            print(line, flush=True)
    for racer in racers.values():
        racer.stdin.close()
        racer.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="BENCHMARKS | SIZE")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--serve", metavar="SIZE", help=argparse.SUPPRESS)
    parser.add_argument("--last", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_intermixed_args()
    try:
        import torch  # noqa: F401
    except ImportError:
        sys.exit(f"{sys.executable} has no torch: install python3-torch, or run this with a Python that has it")
    if given.serve:
        serve(given.serve, given.threads, given.last)
    elif not given.names:
        parser.error("which program? That of: dotnet publish tests/Benchmarks -c Release")
    else:
        for size in given.names[1:] or ["n1s", "n1l", "n2", "n4"]:
            race(given.names[0], size, given.threads, given.rounds)


main()
