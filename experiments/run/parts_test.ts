import assert from "node:assert/strict";
import type { OnProgress } from "./experiment.ts";
import { type Asked, LastMade, type PartDoer, partName, partsHere } from "./parts.ts";
import { Shares } from "./shares.ts";

interface Context extends PartDoer {
  readonly update: OnProgress;
}

let halves = 0;
function half({ of }: { readonly of: number }, { update }: Context): Promise<number> {
  halves += 1;
  update(0.5, "halving");
  return Promise.resolve(of / 2);
}
async function quarter({ of }: { readonly of: number }, { part }: Context): Promise<number> {
  return await part(half, { of: await part(half, { of }) });
}
const stranger = (_: Asked) => Promise.resolve(0);
const experiment = { id: "halving", parts: { half, quarter } };

const here = () => partsHere(experiment, {});

Deno.test("partsHere() does a part once for each question, also where another part asks", async () => {
  const doer = here();
  halves = 0;
  const notes: string[] = [];
  const onProgress = (fraction: number, note: string) => notes.push(`${fraction} ${note}`);
  assert.equal(await doer.part(half, { of: 8 }, onProgress), 4);
  assert.deepEqual([halves, notes], [1, ["0.5 halving"]]);
  assert.equal(await doer.part(quarter, { of: 8 }), 2);
  assert.equal(halves, 2);
  assert.equal(await doer.part(half, { of: 4 }), 2);
  assert.equal(halves, 2);
});

Deno.test("partsHere() does one after the other, and refuses what the experiment does not declare", async () => {
  const order: string[] = [];
  const outcomes = await here().each(["a", "b"], async (name, index) => {
    order.push(`${name} begins`);
    await Promise.resolve();
    order.push(`${name} ends`);
    return name + index;
  });
  assert.deepEqual(outcomes, ["a0", "b1"]);
  assert.deepEqual(order, ["a begins", "a ends", "b begins", "b ends"]);
  assert.throws(() => here().part(stranger, {}), {
    name: "TypeError",
    message: "Cannot do a part of halving: it is none of those that it declares",
  });
  assert.equal(partName(experiment, quarter), "quarter");
  assert.throws(() => partName({ id: "none" }, quarter), TypeError);
});

Deno.test("LastMade keeps the last thing of each name", () => {
  const made = new LastMade();
  let count = 0;
  const make = () => ++count;
  const asked = ["a", "a", "b", "a"].map((of) => made.get("x", of, make));
  assert.deepEqual(asked, [1, 1, 2, 3]);
  assert.equal(made.get("y", "a", make), 4);
  assert.equal(made.get("x", "a", make), 3);
});

Deno.test("Shares adds up what is done at the same time, and never goes back", () => {
  const said: [number, string][] = [];
  const shares = new Shares([0.5, 0.25, 0.25], (fraction, note) => said.push([fraction, note]));
  shares.update(1, 1, "b");
  shares.update(0, 0.5, "a");
  shares.update(0, 0.25);
  shares.update(0, 1);
  shares.update(2, 1, "c");
  assert.deepEqual(said, [[0.25, "b"], [0.5, "a"], [0.5, "a"], [0.75, "a"], [1, "c"]]);
});
