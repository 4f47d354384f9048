#!/usr/bin/env python3
"""Writes what PyTorch's optimisers and schedules do, for the tests: float32, little-endian. Made with PyTorch 1.13.1."""
import pathlib

import torch

FOLDER = pathlib.Path(__file__).parent
STEPS, LENGTH = 6, 37


def write(name, values):
    FOLDER.joinpath(f"optimiser_{name}.f32").write_bytes(torch.as_tensor(values).detach().to(torch.float32).numpy().astype("<f4").tobytes())


torch.manual_seed(4)
START = torch.randn(LENGTH)
GRADIENTS = torch.randn(STEPS, LENGTH)
GRADIENTS[:, 0] = 0
write("start", START)
write("gradients", GRADIENTS)

OPTIMISERS = {
    "sgd": lambda p: torch.optim.SGD(p, 0.05),
    "momentum": lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, weight_decay=0.01),
    "nesterov": lambda p: torch.optim.SGD(p, 0.05, momentum=0.8, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, 0.05, betas=(0.85, 0.99), eps=1e-6, weight_decay=0.02),
    "adamw": lambda p: torch.optim.AdamW(p, 0.05, weight_decay=0.1),
    "adagrad": lambda p: torch.optim.Adagrad(p, 0.05, eps=1e-8),
    "clipped": lambda p: torch.optim.Adam(p, 0.05),
}
for name, make in OPTIMISERS.items():
    parameter = torch.nn.Parameter(START.clone())
    optimiser = make([parameter])
    steps = []
    for gradient in GRADIENTS:
        parameter.grad = gradient.clone()
        if name == "clipped":
            torch.nn.utils.clip_grad_norm_([parameter], 2.0)
        optimiser.step()
        steps.append(parameter.detach().clone())
    write(name, torch.stack(steps))


def rates(make, losses):
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], 0.1)
    schedule = make(optimiser)
    found = []
    for loss in losses:
        found.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        schedule.step(*([] if loss is None else [loss]))
    return found


LOSSES = [1.0, 0.9, 0.95, 0.90001, 0.8999, 0.91, 0.92, 0.93, 0.94, 0.5, 0.6, 0.6, 0.49998, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]
write("losses", LOSSES)
write("plateau", rates(lambda o: torch.optim.lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=1, cooldown=2, min_lr=0.02), LOSSES))
write("one_cycle", rates(lambda o: torch.optim.lr_scheduler.OneCycleLR(o, 0.1, total_steps=25, cycle_momentum=False), [None] * 24))
