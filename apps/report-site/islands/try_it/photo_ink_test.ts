import { random } from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { fitToFrame } from "./fit_to_frame.ts";
import { type GreyImage, Ink, padSide } from "./ink.ts";
import { inkOfPhoto } from "./photo_ink.ts";
import { type DrawnDigit, drawnDigit } from "./testing/drawn_digits.ts";

const frame = { side: 28, box: 20, centre: 14.5, maxValue: 255 };

/** Light across a photograph, from −1 to 1 or from 0 to −1, at x and y from −1 to 1. */
const lights = {
  even: () => 0,
  linear: (x: number, y: number) => (0.8 * x + 0.6 * y) / 1.4,
  radial: (x: number, y: number) => -Math.hypot(x - 0.3, y + 0.2) / 1.7,
  vignette: (x: number, y: number) => -(((x * x + y * y) / 2) ** 2),
};

interface Circumstances {
  readonly light: keyof typeof lights;
  /** Grey levels, of 256, between the brightest and the darkest paper. */
  readonly shade: number;
  readonly isBright?: boolean;
  /** Standard deviation of the noise in grey levels. */
  readonly noise?: number;
  /** Height of a wave on the paper in grey levels. */
  readonly texture?: number;
  /** Pixels along the sides of the photograph. */
  readonly size?: readonly [width: number, height: number];
}

/** Photographs a drawing: the light falls on ink and paper alike. */
function photograph(ink: GreyImage, circumstances: Circumstances): GreyImage {
  const { light, shade, isBright = false, noise = 3, texture = 0 } = circumstances;
  const { size: [width, height] = [120, 150] } = circumstances;
  const source = random(testSeed());
  const values = Float32Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [
      2 * (at % width + 0.5) / width - 1,
      2 * (Math.floor(at / width) + 0.5) / height - 1,
    ];
    const column = Math.floor((x + 1) / 2 * padSide);
    const row = Math.floor((y + 1) / 2 * padSide);
    const inked = ink.values[row * padSide + column];
    const spread = light === "linear" ? shade / 2 : shade;
    const paper = (isBright ? 150 : 180) + spread * lights[light](x, y) +
      texture * Math.sin(9 * x) * Math.sin(11 * y);
    const grey = isBright ? paper - 130 + 130 * inked : paper * (1 - 0.8 * inked);
    return Math.min(255, Math.max(0, Math.round(grey + noise * source.normal()))) / 255;
  });
  return { values, width, height };
}

function inkOf(name: DrawnDigit): Ink {
  const ink = new Ink();
  drawnDigit(name).forEach((stroke) => ink.addStroke(stroke));
  return ink;
}

/**
 * The highest correlation, over shifts by a pixel, of what the models see of a photograph with what they see of the
 * drawing: the side of a box is rounded to whole pixels.
 */
function likeness(name: DrawnDigit, circumstances: Circumstances): number {
  const ink = inkOf(name);
  const seen = fitToFrame(inkOfPhoto(photograph(ink, circumstances)), frame);
  assert(seen !== undefined, name);
  // A photograph of other proportions stretches the drawing.
  const plain = photograph(ink, { size: circumstances.size, light: "even", shade: 0, noise: 0 });
  const dark = plain.values.map((value) => 1 - value / (180 / 255));
  const drawn = fitToFrame({ ...plain, values: dark }, frame) as Uint8Array;
  const shifts = [-29, -28, -27, -1, 0, 1, 27, 28, 29];
  return Math.max(
    ...shifts.map((shift) => correlation(seen.map((_, at) => seen[at + shift] ?? 0), drawn)),
  );
}

function correlation(a: Uint8Array, b: Uint8Array): number {
  const mean = (values: Uint8Array) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [a, b].map((values) => {
    const centre = mean(values);
    return [...values].map((value) => value - centre);
  });
  const product = (u: number[], v: number[]) =>
    u.reduce((sum, value, at) => sum + value * v[at], 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

const digits = ["zero", "one", "two", "four", "seven", "eight"] as const;

Deno.test("inkOfPhoto() finds the same digit in any light, of dark ink and of bright ink", () => {
  let at = 0;
  for (const light of ["linear", "radial", "vignette"] as const) {
    for (const shade of [60, 120]) {
      for (const isBright of [false, true]) {
        const name = digits[at++ % digits.length];
        const found = likeness(name, { light, shade, isBright });
        assert(found > 0.97, `${name}, ${light} ${shade}, bright: ${isBright}: ${found}`);
      }
    }
  }
});

Deno.test("inkOfPhoto() finds digits on coarse paper, in noise, and in small pictures", () => {
  const shaded = { light: "linear", shade: 60 } as const;
  for (const name of ["two", "five", "seven"] as const) {
    for (
      const more of [{ noise: 10 }, { texture: 8 }, { size: [28, 28] }, {
        size: [196, 90],
      }] as const
    ) {
      const found = likeness(name, { ...shaded, ...more });
      assert(found > 0.97, `${name}, ${JSON.stringify(more)}: ${found}`);
    }
  }
});

Deno.test("inkOfPhoto() looks at a colour where brightness shows no drawing, and nowhere else", () => {
  const ink = inkOf("five");
  const on = (name: DrawnDigit, contrast: number) => ({
    ...ink,
    values: inkOf(name).values.map((value) => 0.8 - contrast * value),
  });
  const [blank, five, seven] = [on("five", 0), on("five", 0.4), on("seven", 0.4)];
  const [onFive, onSeven] = [inkOfPhoto(five), inkOfPhoto(seven)];
  assert.deepEqual(inkOfPhoto(blank, [five]), onFive, "unseen else");
  assert.deepEqual(inkOfPhoto(five, [seven]), onFive, "as clear");
  assert.deepEqual(inkOfPhoto(on("five", 0.2), [blank, seven]), onSeven, "clearer");
});

Deno.test("inkOfPhoto() leaves a clean picture as it is", () => {
  const ink = inkOf("nine");
  for (const values of [ink.values, ink.values.map((value) => 1 - value)]) {
    const { values: found } = inkOfPhoto({ ...ink, values });
    assert(found.every((value, at) => Math.abs(value - ink.values[at]) < 0.06));
  }
});

Deno.test("inkOfPhoto() takes a broad disc for ink, middle and all", () => {
  const ink = new Ink();
  for (let at = 0; at < padSide ** 2; at++) {
    const away = Math.hypot(at % padSide - 98, Math.floor(at / padSide) - 98);
    ink.values[at] = away < 0.25 * padSide ? 1 : 0;
  }
  const photo = photograph(ink, { light: "linear", shade: 60, size: [140, 140] });
  const { values } = inkOfPhoto(photo);
  const found = values.reduce((sum, value) => sum + value, 0) / values.length;
  assert(Math.abs(found / (Math.PI * 0.25 ** 2) - 1) < 0.06, `${found}`);
});

Deno.test("inkOfPhoto() finds nothing on blank paper, whatever its light, and nothing in a single pixel", () => {
  for (const light of ["even", "linear", "radial", "vignette"] as const) {
    const { values } = inkOfPhoto(
      photograph(new Ink(), { light, shade: 100, texture: 3, noise: 5 }),
    );
    assert(values.every((value) => value === 0), light);
  }
  const { values } = inkOfPhoto({ values: Float32Array.of(0.7), width: 1, height: 1 });
  assert.deepEqual([...values], [0]);
});

Deno.test("inkOfPhoto() leaves specks out, however dark", () => {
  const photo = photograph(inkOf("seven"), { light: "linear", shade: 60 });
  const speckled = photo.values.map((value, at) => at % 1201 === 600 ? 0.05 : value);
  const places = (values: Float32Array) => [...inkOfPhoto({ ...photo, values }).values.keys()];
  const plain = inkOfPhoto(photo).values;
  const found = inkOfPhoto({ ...photo, values: speckled }).values;
  const added = places(speckled).filter((at) => found[at] > 0 && plain[at] === 0);
  assert(added.length <= 3, `${added.length} specks of 15`);
});
