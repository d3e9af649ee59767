import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { drawnDigit } from "./drawn_digits.ts";
import { type Look, open, untilVerdict } from "./tried_models.ts";

/** A seven with a bar, drawn by hand, and lines that are nothing. */
const seven = drawnDigit("seven").map((stroke) => stroke.map(({ x, y }) => [100 * x, 100 * y]));
const scribble = [[
  [12, 30],
  [30, 12],
  [22, 60],
  [48, 14],
  [34, 84],
  [64, 16],
  [46, 88],
  [82, 22],
  [58, 86],
  [90, 44],
  [74, 88],
  [20, 78],
  [82, 52],
  [14, 56],
  [78, 34],
]];

async function drawByMouse(page: Page, strokes: readonly (readonly number[][])[]): Promise<void> {
  const box = await page.locator("canvas.pad").boundingBox();
  assert(box);
  const at = ([x, y]: number[]) =>
    [box.x + x / 100 * box.width, box.y + y / 100 * box.height] as const;
  for (const [first, ...rest] of strokes) {
    await page.mouse.move(...at(first));
    await page.mouse.down();
    for (const place of rest) await page.mouse.move(...at(place), { steps: 4 });
    await page.mouse.up();
  }
}

async function drawByFinger(page: Page, strokes: readonly (readonly number[][])[]): Promise<void> {
  const box = await page.locator("canvas.pad").boundingBox();
  assert(box);
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", places: readonly number[][]) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: places.map(([x, y]) => ({
        x: box.x + x / 100 * box.width,
        y: box.y + y / 100 * box.height,
      })),
    });
  for (const [first, ...rest] of strokes) {
    await touch("touchStart", [first]);
    for (const place of rest) await touch("touchMove", [place]);
    await touch("touchEnd", []);
  }
}

/** Draws with mouse, finger and keyboard, by the expected behaviour. */
export const drawingLooks: Readonly<Record<string, Look>> = {
  async "a drawn seven is a seven that belongs; a scribble, a dot and an A do not belong; strokes can be undone"(
    site,
  ) {
    const { page, errors } = await open(site);
    await untilVerdict(page, /^0, in distribution/);
    await page.getByRole("button", { name: "Clear" }).click();
    await untilVerdict(page, /^Nothing drawn yet$/);
    await drawByMouse(page, seven);
    await untilVerdict(page, /^7, in distribution/);
    await page.getByRole("button", { name: "Clear" }).click();
    await drawByMouse(page, scribble);
    await untilVerdict(page, /^\d, out of distribution/);
    await page.getByRole("button", { name: "Undo" }).click();
    await untilVerdict(page, /^Nothing drawn yet$/);
    await page.keyboard.press("Control+z");
    await untilVerdict(page, /^7, in distribution/);
    for (const name of ["dot", "letterA"]) {
      await page.click(`[data-drawing=${name}]`);
      await untilVerdict(page, /^\d, out of distribution/);
      await page.keyboard.press("Control+z");
      await untilVerdict(page, /^7, in distribution/);
    }
    assert.deepEqual(errors, []);
  },

  async "a finger draws as a mouse does, and the page stays where it is"(site) {
    const viewport = { width: 390, height: 700 };
    const { page, errors } = await open(site, "try-it.html", { hasTouch: true, viewport });
    await untilVerdict(page, /^0/);
    await page.locator("canvas.pad").scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    await drawByFinger(page, scribble);
    await untilVerdict(page, /^\d, out of distribution/);
    assert.equal(await page.evaluate(() => scrollY), before);
    assert.deepEqual(errors, []);
  },

  async "the keyboard reaches the drawings, and Portuguese is spoken"(site) {
    const { page, errors } = await open(site, "pt/try-it.html");
    await untilVerdict(page, /^0, dentro da distribuição/);
    await page.focus("main");
    await page.waitForFunction(() => document.querySelector("[data-drawing=scribble]"));
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() =>
        (document.activeElement as HTMLElement).dataset.drawing
      );
      if (name === "scribble") break;
    }
    await page.keyboard.press("Enter");
    await untilVerdict(page, /^\d, fora da distribuição/);
    await page.keyboard.press("Shift+Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Ponto");
    assert.deepEqual(errors, []);
  },
};
