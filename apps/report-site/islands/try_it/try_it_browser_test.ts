/**
 * Picks, uploads, reads and draws in a real browser, on a site made of models that were trained for the test.
 */
import axe from "axe-core";
import { encode } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { print } from "../../../../tasks/command_line.ts";
import { languages } from "../../language/languages.ts";
import { pageWeight } from "../../testing/page_weight.ts";
import { Ink, padSide } from "./ink.ts";
import { firstAnswerMs, updatesMs } from "./testing/answer_times.ts";
import { drawingLooks } from "./testing/drawing_looks.ts";
import { drawnDigit } from "./testing/drawn_digits.ts";
import { open, tryModels, untilVerdict, verdictOf } from "./testing/tried_models.ts";

const paths = languages.map(({ folder }) => `${folder}try-it.html`);

tryModels("the page of models to try in a browser", {
  ...drawingLooks,

  async "every picture is painted the moment that the answer is there"({ browser, address }) {
    const page = await browser.newPage();
    await page.addInitScript(notePictures);
    await page.goto(`${address}/try-it.html`);
    const found = await page.waitForFunction(() =>
      (globalThis as unknown as { pictures?: string[] }).pictures
    );
    const pictures = await found.jsonValue() as string[];
    assert.deepEqual(pictures, ["seen", "cluster", ...Array(5).fill("neighbour")]);
    await page.close();
  },

  async "what the page says of an image is what the report says of it"(site) {
    const { page, errors } = await open(site);
    await untilVerdict(page, /^0/);
    const notes = await page.locator("#images .tile-note").allTextContents();
    const buttons = await page.locator("button.image-choice").all();
    assert.equal(buttons.length, notes.length);
    for (const [at, button] of buttons.entries()) {
      const before = await page.textContent(".took");
      await button.click();
      await page.waitForFunction(
        (before) => document.querySelector(".took")?.textContent !== before,
        before,
        { timeout: 1000 },
      ).catch(() => undefined);
      // The time may be the same as before, or the machine slow.
      await untilVerdict(page, new RegExp(`^${RegExp.escape(notes[at])}`));
      assert.equal(await verdictOf(page), notes[at], await button.getAttribute("aria-label") ?? "");
    }
    assert.deepEqual(errors, []);
  },

  async "an image that is uploaded, pasted or dropped is judged as a drawing, and what is no image is refused"(
    site,
  ) {
    const { tryIt: words } = languages[0].text;
    const { page, errors } = await open(site);
    await untilVerdict(page, /^0/);
    await page.click("[data-drawing=scribble]");
    await untilVerdict(page, /out of distribution/);
    const ink = new Ink();
    drawnDigit("seven").forEach((stroke) => ink.addStroke(stroke));
    // A photograph in uneven light: 60 grey levels of shade from the left to the right.
    const data = Uint8Array.from(ink.values, (value, at) => {
      return (230 - 60 * (at % padSide) / padSide) * (1 - 0.8 * value);
    });
    const png = encode({ width: padSide, height: padSide, data, channels: 1 });
    const file = { name: "seven.png", mimeType: "image/png", buffer: Buffer.from(png) };
    await page.setInputFiles("input[type=file]", file);
    await untilVerdict(page, /^7, in distribution/);
    await page.click("[data-drawing=scribble]");
    await untilVerdict(page, /out of distribution/);
    await page.setInputFiles("input[type=file]", yellowSeven());
    await untilVerdict(page, /^7, in distribution/);
    await page.setInputFiles("input[type=file]", { ...file, buffer: Buffer.alloc(9) });
    await page.waitForSelector(".verdict > [role=alert]");
    assert.equal(await page.locator(".verdict-words").count(), 0);
    assert.equal(await page.textContent(".verdict"), words.uploadFailed("seven.png"));
    const colours = Uint8Array.from(
      { length: 4 * data.length },
      (_, at) => at % 4 === 3 ? 255 : data[at >> 2],
    );
    const jpg = encodeJpeg({ width: padSide, height: padSide, data: colours }, 90).data;
    for (const [name, whole] of [["seven.jpg", jpg], ["seven.png", Buffer.from(png)]] as const) {
      await page.setInputFiles("input[type=file]", { ...file, name, mimeType: "", buffer: whole });
      await untilVerdict(page, /^7, in distribution/);
      const buffer = whole.subarray(0, 0.9 * whole.length);
      await page.setInputFiles("input[type=file]", { ...file, name, mimeType: "", buffer });
      await page.waitForSelector(".verdict > [role=alert]");
      assert.equal(await page.textContent(".verdict"), words.uploadIncomplete(name));
    }
    for (const way of ["paste", "drop"]) {
      assert(
        await page.evaluate(give, { way, name: "seven.png", bytes: [...png] }),
        `${way} was not taken`,
      );
      await untilVerdict(page, /^7, in distribution/);
      await page.evaluate(give, { way, name: "empty.png", bytes: [] });
      await untilVerdict(page, /^empty\.png is not an image/);
    }
    await page.evaluate(give, { way: "paste", name: "", bytes: [] });
    await untilVerdict(page, new RegExp(`^${words.pasteFailed}$`));
    assert.deepEqual(errors, []);
  },

  async "without script the page explains itself and shows what the models say"(site) {
    const { page } = await open(site, "try-it.html", { javaScriptEnabled: false });
    assert.match(await page.textContent("#try") ?? "", /needs a script/);
    const notes = await page.locator("#images .tile-note").allTextContents();
    assert(notes.length >= 20 && notes.every((note) => /, (in|out of) distribution$/.test(note)));
  },

  async "nothing is found by axe or too wide, in both themes and languages"(site) {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const path of paths) {
        const viewport = { width: colorScheme === "light" ? 320 : 1000, height: 800 };
        const { page, errors } = await open(site, path, { colorScheme, viewport });
        await untilVerdict(page, /^0/);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert(wide <= 0, `${path} is ${wide} pixels too wide`);
        await page.evaluate(axe.source);
        const found = await page.evaluate(async () => {
          const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
            preload: false,
          });
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
        });
        assert.deepEqual(found, [], `${path}, ${colorScheme}`);
        assert.deepEqual(errors, []);
        await page.close();
      }
    }
  },

  "weighs less than 600 kB compressed, with scripts and models"({ folder }) {
    for (const path of paths) {
      const weight = pageWeight(folder, path);
      assert(weight < 600_000, `${path} weighs ${weight} bytes compressed`);
    }
    return Promise.resolve();
  },

  // How fast depends on what else the machine does: it is said, not asserted.
  async "answers as it is opened, and again at every press"(site) {
    const firsts: number[] = [];
    for (let load = 0; load < 5; load++) {
      firsts.push(await firstAnswerMs(site.browser, `${site.address}/try-it.html`));
    }
    const { page, errors } = await open(site);
    await page.waitForSelector(".took");
    const updates = await updatesMs(page);
    assert.deepEqual(errors, []);
    const median = updates[updates.length >> 1];
    print(
      `first answers after ${firsts.map(Math.round).join(", ")} ms, ` +
        `others after ${median.toFixed(1)} ms in the median, at most ${
          updates.at(-1)?.toFixed(1)
        } ms`,
    );
  },
});

/** A vector drawing without a size of its own, with bright lines on nothing. */
function yellowSeven() {
  const lines = drawnDigit("seven").map((stroke) =>
    `<polyline points="${stroke.map(({ x, y }) => `${x},${y}`).join(" ")}"/>`
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" fill="none" ` +
    `stroke="yellow" stroke-width="0.08">${lines.join("")}</svg>`;
  return { name: "seven.svg", mimeType: "image/svg+xml", buffer: Buffer.from(svg) };
}

/** Runs in the page: pastes or drops a file, or a text if it has no name; false if the browser would open what is dropped. */
function give({ way, name, bytes }: {
  readonly way: string;
  readonly name: string;
  readonly bytes: number[];
}): boolean {
  const data = new DataTransfer();
  data.setData("text/plain", "7");
  if (name !== "") data.items.add(new File([Uint8Array.from(bytes)], name, { type: "image/png" }));
  const event = way === "paste"
    ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true })
    : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  const isLeftAlone = document.querySelector("main")!.dispatchEvent(event);
  return way === "paste" || !isLeftAlone;
}

/** Runs in the page before it: notes which pictures of the first answer show something, before anything is drawn. */
function notePictures(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector(".took") === null) return;
    observer.disconnect();
    const canvases = [
      ...document.querySelectorAll<HTMLCanvasElement>(".verdict-head canvas, .alike canvas"),
    ];
    (globalThis as unknown as { pictures: string[] }).pictures = canvases.map((canvas) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      const kind = canvas.closest(".verdict-head")
        ? "seen"
        : canvas.closest("li")
        ? "neighbour"
        : "cluster";
      return data.some((value, at) => at % 4 === 0 && value > 50) ? kind : `blank ${kind}`;
    });
  });
  observer.observe(document, { subtree: true, childList: true });
}
