import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findOodCollapse, headline } from "./findings.ts";
import type { CollapseMixture, OodCollapseResult } from "./result.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findOodCollapse() says what decay does and whether scaling repairs it", () => {
  const findings = findOodCollapse(example, words, format);
  assertSays(findings, "use 14.0 of 25 directions, at 0.01 they use 5.0");
  assertSays(findings, "caling activations to length 1");
  assertSays(findings, "2 of 24 mixtures could not be fitted");
});

/** Mixtures by their AUROC, null for one that collapsed. */
function mixturesOf(
  aurocs: Readonly<Record<"none" | "l2", readonly (number | null)[]>>,
): CollapseMixture[] {
  const [{ mixtures: [template] }] = example.payload.byWeightDecay;
  return (["none", "l2"] as const).flatMap((normalization) =>
    aurocs[normalization].map((auroc, at) => ({
      ...template,
      normalization,
      components: at + 1,
      separation: auroc === null ? null : {
        ...template.separation!,
        auroc,
        aurocInterval: { low: auroc - 0.02, high: auroc + 0.03, level: 0.95 as const },
      },
    }))
  );
}

function resultOf(
  low: readonly CollapseMixture[],
  high: readonly CollapseMixture[],
): OodCollapseResult {
  const [template] = example.payload.byWeightDecay;
  return {
    ...example,
    payload: {
      units: 32,
      byWeightDecay: [
        {
          ...template,
          weightDecay: 0.005,
          effectiveRank: 19.4,
          withinOverBetween: 0.41,
          mixtures: low,
        },
        {
          ...template,
          weightDecay: 0.02,
          effectiveRank: 7.6,
          withinOverBetween: 0.68,
          mixtures: high,
        },
      ],
      correlations: [
        { measure: "effective-rank", spearman: 0.83 },
        { measure: "within-over-between", spearman: -0.27 },
      ],
    },
  };
}

Deno.test("findOodCollapse() takes each number from where it belongs", () => {
  const result = resultOf(
    mixturesOf({ none: [0.99, null], l2: [0.98, 0.97] }),
    mixturesOf({ none: [0.611, 0.722, null], l2: [0.833, 0.744, 0.655] }),
  );
  assert.deepEqual(findOodCollapse(result, words, format), [
    "At weight decay 0.005 the activations use 19.4 of 32 directions, at 0.02 they use 7.6 (effective rank, one network each).",
    "The scatter within classes rises from 0.410 times that between them at weight decay 0.005 to 0.680 at 0.02: by this measure classes do not collapse to points.",
    "On the network with weight decay 0.02, scaling activations to length 1 helps: the best AUROC is 0.833, against 0.722 without, and their intervals do not overlap.",
    "Over 8 mixtures on 2 networks, the rank correlation (Spearman) of AUROC with effective rank is 0.83; so few networks cannot show that one follows from the other.",
    "Over 8 mixtures on 2 networks, the rank correlation (Spearman) of AUROC with the ratio of the scatter within classes to that between them is −0.27; so few networks cannot show that one follows from the other.",
    "2 of 10 mixtures could not be fitted: a component collapsed.",
  ]);
});

Deno.test("findOodCollapse() says of the scatter that it rises or falls where it does", () => {
  const mixtures = mixturesOf({ none: [0.9], l2: [0.8] });
  const result = resultOf(mixtures, mixtures);
  const said = (...ratios: number[]) => {
    const byWeightDecay = result.payload.byWeightDecay.slice(0, ratios.length)
      .map((one, at) => ({ ...one, withinOverBetween: ratios[at] }));
    const payload = { ...result.payload, byWeightDecay };
    return findOodCollapse({ ...result, payload }, words, format)
      .filter((sentence) => sentence.startsWith("The scatter"));
  };
  assert.match(said(0.68, 0.41)[0], /falls from 0\.680 .* to 0\.410 at 0\.02, as where classes/);
  assert.match(said(0.41, 0.68)[0], /do not collapse/);
  assert.match(said(0.41, 0.4101)[0], /is 0\.410 times that between .* and 0\.410 at 0\.02\.$/);
  assert.deepEqual(said(0.41), []);
});

Deno.test("findOodCollapse() claims no help where there is none, or nothing to compare", () => {
  const low = mixturesOf({ none: [0.9], l2: [0.9] });
  const scaled = (auroc: number) =>
    findOodCollapse(resultOf(low, mixturesOf({ none: [0.7], l2: [auroc] })), words, format);
  // The interval without scaling is 0.68 to 0.73.
  assertSays(
    scaled(0.7501),
    "scaling activations to length 1 helps: the best AUROC is 0.750, against 0.700",
  );
  assertSays(scaled(0.7499), "scaling activations to length 1 is not shown to make a difference");
  assertSays(scaled(0.6501), "scaling activations to length 1 is not shown to make a difference");
  assertSays(
    scaled(0.6499),
    "scaling activations to length 1 hurts: the best AUROC is 0.650, against 0.700",
  );
  assert(!scaled(0.7).some((sentence) => sentence.includes("could not be fitted")));
  const one = findOodCollapse(
    resultOf(low, mixturesOf({ none: [0.7, null], l2: [0.7] })),
    words,
    format,
  );
  assertSays(one, "1 of 5 mixtures could not be fitted");
  for (const high of [{ none: [null], l2: [0.7] }, { none: [0.7], l2: [null] }]) {
    const findings = findOodCollapse(resultOf(low, mixturesOf(high)), words, format);
    assert(!findings.some((sentence) => sentence.match(/scaling/i)));
  }
});

Deno.test("headline() of ood-collapse compares the highest weight decay with the lowest", () => {
  const mixtures = mixturesOf({ none: [0.9], l2: [0.8] });
  const result = resultOf(mixtures, mixtures);
  assert.deepEqual(headline(result, words, format), {
    number: "7.6",
    sentence:
      "of 32 directions are used by the activations at weight decay 0.02, against 19.4 at the lowest",
    uncertainty: "one network each, so without an interval",
  });
});
