#!/usr/bin/env python3
"""Makes verdicts.csv, features.csv and figures.json: verdicts of three runs on drawn probabilities, features, and what numpy makes of them.

Nothing here is taken from the stage: the figures follow their definitions, by numpy 1.24 in double precision. Only the lots of the
bootstrap and of the samples are those of shared/Datasets/Lot.cs, so that the very same recordings are drawn.
"""
import json
import os

import numpy as np

FOLDER = os.path.dirname(os.path.abspath(__file__))
GENRES = ["rock", "blues", "jazz", "polka", "disco"]  # polka is nowhere true
RUNS = 3
M64 = (1 << 64) - 1


def mixed(v):
    v = ((v ^ (v >> 33)) * 0xFF51AFD7ED558CCD) & M64
    v = ((v ^ (v >> 33)) * 0xC4CEB9FE1A85EC53) & M64
    return v ^ (v >> 33)


def lot(seed, name):
    h = mixed((seed + 0x9E3779B97F4A7C15) & M64)
    for letter in name:
        h = ((h ^ ord(letter)) * 0x100000001B3) & M64
    return mixed(h)


def draw(rng):
    """Windows of test and valid: (example, recording, group, split, genre, probabilities of each run)."""
    rows = []
    for r in range(90):
        genre = rng.choice(["rock", "blues", "jazz", "disco"], p=[0.4, 0.3, 0.2, 0.1])
        source = "ball" if r % 3 == 0 else "toy"
        recording = f"{source}/{r:03}"
        bias = rng.normal(size=5) * 0.8
        for w in range(1 + r % 3):
            p = []
            for _ in range(RUNS):
                z = bias + rng.normal(size=5) * 0.7
                z[GENRES.index(genre)] += 1.1
                z[3] -= 1.5
                e = np.exp(2 * z - np.max(2 * z))
                p.append((e / e.sum()).astype(np.float32))
            rows.append((recording + "#0", recording, f"g{r // 4}", "valid" if r % 5 == 4 else "test", genre, p))
    # Two that are equally probable, and one that is sure and wrong.
    rows[0] = rows[0][:5] + ([np.array([0.4, 0.4, 0.1, 0.05, 0.05], np.float32)] * RUNS,)
    wrong = np.zeros(5, np.float32)
    wrong[(GENRES.index(rows[3][4]) + 1) % 5] = 1
    rows[3] = rows[3][:5] + ([wrong] * RUNS,)
    return rows


def figures(truths, probs):
    y = np.array([GENRES.index(t) for t in truths])
    p = np.array(probs, np.float64)
    n = len(y)
    v = p.argmax(1)
    confusion = np.zeros((5, 5), int)
    np.add.at(confusion, (y, v), 1)
    right = np.diag(confusion)
    support, named = confusion.sum(1), confusion.sum(0)
    with np.errstate(all="ignore"):
        precision, recall, f1 = right / named, right / support, 2 * right / (support + named)
    order = np.argsort(-p, axis=1, kind="stable")
    rank = (order == y[:, None]).argmax(1)
    top = p.max(1)
    bins = np.minimum(14, (top * 15).astype(int))
    calibration = []
    for b in range(15):
        m = bins == b
        calibration.append([int(m.sum()), nan(top[m].mean() if m.any() else np.nan), nan((v == y)[m].mean() if m.any() else np.nan)])
    one = np.eye(5)[y]
    return {
        "count": n,
        "accuracy": (v == y).mean(),
        "balanced_accuracy": np.nanmean(recall),
        "macro_f1": np.nanmean(f1),
        "log_loss": -np.log(np.clip(p[np.arange(n), y], 2.0**-23, 1)).mean(),
        "brier": ((p - one) ** 2).sum(1).mean(),
        "calibration_error": sum(c * abs(conf - acc) for c, conf, acc in calibration if c) / n,
        "top_k": [(rank < k).mean() for k in range(1, 6)],
        "genres": [[int(support[g]), int(named[g]), nan(precision[g]), nan(recall[g]), nan(f1[g])] for g in range(5)],
        "confusion": confusion.tolist(),
        "calibration": calibration,
    }


def nan(x):
    return None if np.isnan(x) else float(x)


def of_recordings(rows, runs):
    """Truth and mean probabilities of windows and of recordings, the latter in the order in which they come."""
    windows = [np.mean([r[5][k].astype(np.float64) for k in runs], axis=0) for r in rows]
    ids = list(dict.fromkeys(r[1] for r in rows))
    sums = [np.mean([w for w, r in zip(windows, rows) if r[1] == i], axis=0) for i in ids]
    truth = {r[1]: r[4] for r in rows}
    return [r[4] for r in rows], windows, ids, [truth[i] for i in ids], sums


def both(rows, runs):
    wt, wp, _, rt, rp = of_recordings(rows, runs)
    return {"recordings": figures(rt, rp), "windows": figures(wt, wp)}


def intervals(rows, runs, group_of):
    wt, wp, ids, rt, rp = of_recordings(rows, runs)
    groups = list(dict.fromkeys(group_of(i) for i in ids))
    c = np.zeros((len(groups), 4), int)
    for i, t, p in zip(ids, rt, rp):
        c[groups.index(group_of(i)), :2] += (1, GENRES[p.argmax()] == t)
    for r, p in zip(rows, wp):
        c[groups.index(group_of(r[1])), 2:] += (1, GENRES[p.argmax()] == r[4])
    shares = []
    for d in range(2000):
        start = lot(0, f"bootstrap/{d}")
        at = [(mixed((start + i * 0x9E3779B97F4A7C15) & M64) * len(groups)) >> 64 for i in range(len(groups))]
        s = c[at].sum(0)
        shares.append((s[1] / s[0], s[3] / s[2]))
    ends = np.percentile(np.array(shares), [2.5, 97.5], axis=0)
    return {"recordings": ends[:, 0].tolist(), "windows": ends[:, 1].tolist()}


def features(rng, rows):
    """Windows of 3 channels and 4 frames: those of the verdicts, and 40 recordings of train; the last channel is constant in time."""
    made = []
    seen = {}
    train = [(f"toy/t{r:02}#0", f"toy/t{r:02}", None, "train", ["jazz", "rock", "blues", "rock"][r % 4]) for r in range(40)]
    for r in train + [r[:5] for r in rows]:
        w = seen[r[0]] = seen.get(r[0], -1) + 1
        m = rng.normal(size=(3, 4)) * [[1], [5], [0]] + [[GENRES.index(r[4])], [0], [GENRES.index(r[4]) + rng.normal()]]
        made.append((r[0], r[1], r[3], r[4], w, m.astype(np.float32)))
    return made


def neighbours(made, rows):
    def summary(m):
        m = m.astype(np.float64)
        return np.concatenate([m.mean(1), m.std(1)]).astype(np.float32)

    train = [f for f in made if f[2] == "train"]
    known = np.array([summary(f[5]) for f in train], np.float64)
    mean, std = known.mean(0), known.std(0)
    still = std <= 1e-9 * np.abs(mean)
    scale = lambda x: np.where(still, 0, (x - mean) / np.where(still, 1, std))
    known = scale(known)
    test = [f for f in made if f[2] == "test"]
    found = [train[((known - scale(summary(f[5]).astype(np.float64))) ** 2).sum(1).argmin()][3] for f in test]
    votes = {}
    for f, g in zip(test, found):
        votes.setdefault(f[1], []).append(np.eye(5)[GENRES.index(g)])
    truth = {r[1]: r[4] for r in rows}
    return {
        "windows": np.mean([f[3] == g for f, g in zip(test, found)]),
        "recordings": np.mean([GENRES[np.mean(v, axis=0).argmax()] == truth[i] for i, v in votes.items()]),
    }


def probe(made, rows):
    """Nearest mean of the other folds' recordings, by their summaries; five folds, each source dealt out in the order of its lots."""
    test = [f for f in made if f[2] == "test"]
    ids = sorted({f[1] for f in test})
    x = np.array([np.mean([np.concatenate([m.astype(np.float64).mean(1), m.astype(np.float64).std(1)]) for _, i, _, _, _, m in test if i == r], axis=0) for r in ids])
    source = np.array([i.split("/")[0] for i in ids])
    fold = np.zeros(len(ids), int)
    for s in ("ball", "toy"):
        own = sorted(np.flatnonzero(source == s), key=lambda i: lot(0, "probe/" + ids[i]))
        fold[own] = np.arange(len(own)) % 5
    right = np.zeros(len(ids), bool)
    for k in range(5):
        o = fold != k
        mean, std = x[o].mean(0), x[o].std(0)
        z = np.where(std <= 1e-9 * np.abs(mean), 0, (x - mean) / np.where(std > 0, std, 1))
        names = np.array(["ball", "toy"])
        d = np.array([((z - z[o & (source == s)].mean(0)) ** 2).sum(1) for s in names])
        right[~o] = (names[d.argmin(0)] == source)[~o]
    return {
        "accuracy": right.mean(),
        "balanced_accuracy": np.mean([right[source == s].mean() for s in ("ball", "toy")]),
        "majority_share": (source == "toy").mean(),
    }


def main():
    rng = np.random.default_rng(5)
    rows = draw(rng)
    made = features(rng, rows)
    with open(os.path.join(FOLDER, "verdicts.csv"), "w") as f:
        f.write("example,recording,group,split,genre," + ",".join(f"{g}_{k}" for k in range(RUNS) for g in GENRES) + "\n")
        for r in rows:
            f.write(",".join(r[:5]) + "," + ",".join(str(x) for p in r[5] for x in p) + "\n")
    with open(os.path.join(FOLDER, "features.csv"), "w") as f:
        f.write("example,recording,split,genre,window," + ",".join(f"v{i}" for i in range(12)) + "\n")
        for e, r, s, g, w, m in made:
            f.write(f"{e},{r},{s},{g},{w}," + ",".join(str(x) for x in m.ravel()) + "\n")
    test = [r for r in rows if r[3] == "test"]
    group = {r[1]: r[2] for r in rows}
    counts = {g: sum(r[4] == g for r in test) / len(test) for g in GENRES}
    ids = list(dict.fromkeys((r[1], r[4]) for r in test))
    out = {
        "first_run": both(test, [0]),
        "together": both(test, [0, 1, 2]),
        "valid": both([r for r in rows if r[3] == "valid"], [0, 1, 2]),
        "runs": [both(test, [k]) for k in range(RUNS)],
        "sources": {s: both([r for r in test if r[1].startswith(s + "/")], [0, 1, 2]) for s in ("ball", "toy")},
        "interval": intervals(test, [0, 1, 2], lambda i: i),
        "interval_by_group": intervals(test, [0, 1, 2], lambda i: group[i]),
        "rock": {"windows": counts["rock"], "recordings": sum(g == "rock" for _, g in ids) / len(ids)},
        "neighbour": neighbours(made, rows),
        "probe": probe(made, rows),
    }
    with open(os.path.join(FOLDER, "figures.json"), "w") as f:
        json.dump(out, f, indent=1, default=float)
        f.write("\n")


main()
