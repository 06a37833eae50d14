"""The same algorithm as lib/equilibrium in numpy: prices and spending by Anderson mixing at given wages, wages by
damped steps with Anderson mixing, inner tolerance tied to the outer residual. Fixed technology, no elements, one factor.

Reads N, J and the arrays of a problem as float64; prints seconds per solve and the welfare of every country."""

import json
import sys
import time

import numpy as np

path, n, j, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
numbers = np.fromfile(path, dtype="<f8")
offset = 0


def take(*shape):
    global offset
    size = int(np.prod(shape))
    part = numbers[offset : offset + size].reshape(shape)
    offset += size
    return part


pi, tariff = take(n, n, j), take(n, n, j)  # baseline tariffs are 0
gamma_f, gamma_m = take(n, j), take(n, j, j)
beta, spending0, theta = take(n, j), take(n, j), take(j)
DEPTH_INNER, DEPTH_OUTER, TOLERANCE = 6, 12, 1e-11


class Anderson:
    def __init__(self, depth):
        self.depth, self.dr, self.dg, self.last = depth, [], [], None

    def restart(self):
        self.last = None

    def advance(self, x, image):
        r = image - x
        if self.last is not None:
            self.dr = (self.dr + [r - self.last[0]])[-self.depth :]
            self.dg = (self.dg + [image - self.last[1]])[-self.depth :]
        self.last = (r, image)
        if not self.dr:
            return image.copy()
        a = np.stack(self.dr, axis=1)
        weights = np.linalg.lstsq(a, r, rcond=1e-7)[0]
        return image - np.stack(self.dg, axis=1) @ weights


def solve():
    weight = pi / pi.sum(axis=1, keepdims=True) * (1 + tariff) ** -theta
    net, part = 1 / (1 + tariff), tariff / (1 + tariff)
    revenue0 = np.einsum("nij,nj->ij", pi, spending0)
    income0 = (gamma_f * revenue0).sum(axis=1)
    own = np.einsum("nij,nj->ij", weight * net * weight, spending0)
    sold = np.einsum("nij,nj->ij", weight * net, spending0)
    elasticity = theta * (1 - own / sold)
    paid = gamma_f * revenue0
    step = 1 / (1 + (paid * elasticity).sum(axis=1) / paid.sum(axis=1))
    ln_w, ln_p, ratio = np.zeros(n), np.zeros(n * j), np.ones(n * j)
    outer, prices, spend = Anderson(DEPTH_OUTER), Anderson(DEPTH_INNER), Anderson(DEPTH_INNER)
    gap, base = np.inf, spending0.ravel()
    for iteration in range(1, 1001):
        ln_w = ln_w - np.log((income0 * np.exp(ln_w)).sum() / income0.sum())
        inner = max(0.1 * TOLERANCE, min(1e-3, 0.02 * gap))
        prices.restart()
        while True:
            ln_c = gamma_f * ln_w[:, None] + np.einsum("njk,nk->nj", gamma_m, ln_p.reshape(n, j))
            power = np.exp(-theta * ln_c)
            sums = np.einsum("nij,ij->nj", weight, power)
            image = (-np.log(sums) / theta).ravel()
            close = np.abs(image - ln_p).max() <= inner
            if close:
                ln_p = image
                break
            ln_p = prices.advance(ln_p, image)
        share = weight * power[None] / sums[:, None, :]
        flow, rate = share * net, np.einsum("nij,nij->nj", share, part)
        primary = income0 * np.exp(ln_w)
        spend.restart()
        while True:
            x = (ratio * base).reshape(n, j)
            revenue = np.einsum("nij,nj->ij", flow, x)
            income = primary + (rate * x).sum(axis=1)
            image = (beta * income[:, None] + np.einsum("nk,nkj->nj", revenue, gamma_m)).ravel() / base
            close = np.abs(image / ratio - 1).max() <= inner
            if close:
                ratio = image
                break
            ratio = spend.advance(ratio, image)
        excess = np.log((gamma_f * revenue).sum(axis=1) / income0) - ln_w
        gap = np.abs(excess).max()
        if gap <= TOLERANCE and inner <= 0.1 * TOLERANCE:
            break
        ln_w = outer.advance(ln_w, ln_w + step * excess)
    ln_cost = (beta * ln_p.reshape(n, j)).sum(axis=1)
    return income / income0 / np.exp(ln_cost), iteration


seconds = []
for _ in range(runs):
    start = time.perf_counter()
    welfare, iterations = solve()
    seconds.append(time.perf_counter() - start)
json.dump(
    {"numpy": np.__version__, "seconds": seconds, "iterations": iterations, "welfare": welfare.tolist()},
    sys.stdout,
)
