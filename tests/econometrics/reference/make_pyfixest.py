"""Writes pyfixest.json: a small simulated panel and what pyfixest estimates on it.

Run with pyfixest 0.60.0: python make_pyfixest.py. pyfixest is an independent implementation of
fixest's conventions; its own tests hold it against fixest in R.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyfixest as pf

random = np.random.default_rng(20240607)
rows = 240
data = pd.DataFrame(
    {
        "firm": random.integers(0, 18, rows),
        "year": random.integers(0, 7, rows),
        "region": random.integers(0, 9, rows),
        "x1": random.normal(size=rows).round(6),
        "x2": random.normal(size=rows).round(6),
        "z1": random.normal(size=rows).round(6),
        "z2": random.normal(size=rows).round(6),
        "w": random.integers(1, 5, rows),
    }
)
hidden = random.normal(size=rows)
data["endo"] = (hidden + 0.5 * data.z1 + 0.3 * data.z2 + random.normal(size=rows)).round(6)
data["y"] = (0.5 * data.x1 - 0.2 * data.x2 + 0.4 * data.endo + hidden + 0.1 * data.firm).round(6)
data["count"] = random.poisson(np.exp(0.3 * data.x1 - 0.2 * data.x2 + 0.05 * data.firm))

TIGHT = {"demeaner": pf.MapDemeaner(fixef_tol=1e-12)} if hasattr(pf, "MapDemeaner") else {"fixef_tol": 1e-12}
SSC = pf.ssc(k_adj=True, k_fixef="nonnested", G_adj=True, G_df="min")


def record(fit, formula, vcov, weights=None, weights_type=None, kind="feols"):
    table = fit.tidy()
    return {
        "kind": kind,
        "formula": formula,
        "vcov": vcov,
        "weights": weights,
        "weightsType": weights_type,
        "names": list(table.index),
        "coef": table["Estimate"].tolist(),
        "se": table["Std. Error"].tolist(),
        "pvalue": table["Pr(>|t|)"].tolist(),
    }


fits = []
VCOVS = ["iid", "hetero", {"CRV1": "firm"}, {"CRV1": "region"}, {"CRV1": "firm+year"}]
for formula in ["y ~ x1 + x2", "y ~ x1 + x2 | firm", "y ~ x1 * x2 | firm + year"]:
    for vcov in VCOVS:
        for weights, kind in [(None, None), ("w", "aweights"), ("w", "fweights")]:
            options = {} if weights is None else {"weights": weights, "weights_type": kind}
            fit = pf.feols(formula, data, vcov=vcov, fixef_rm="none", ssc=SSC, **TIGHT, **options)
            fits.append(record(fit, formula, vcov, weights, kind))
for formula in ["y ~ x1 | endo ~ z1 + z2", "y ~ x1 | firm | endo ~ z1 + z2"]:
    for vcov in VCOVS:
        fit = pf.feols(formula, data, vcov=vcov, fixef_rm="none", ssc=SSC, **TIGHT)
        entry = record(fit, formula, vcov, kind="iv")
        if vcov in ("hetero", {"CRV1": "region"}):
            fit.IV_Diag()
            entry["effectiveF"] = float(fit._eff_F)
        fits.append(entry)
for formula in ["count ~ x1 + x2", "count ~ x1 + x2 | firm", "count ~ x1 + x2 | firm + year"]:
    for vcov in VCOVS:
        fit = pf.fepois(formula, data, vcov=vcov, fixef_rm="none", ssc=SSC, iwls_tol=1e-12, **TIGHT)
        fits.append(record(fit, formula, vcov, kind="fepois"))

out = {"pyfixest": pf.__version__, "data": data.to_dict(orient="list"), "fits": fits}
Path(__file__).with_name("pyfixest.json").write_text(json.dumps(out))
