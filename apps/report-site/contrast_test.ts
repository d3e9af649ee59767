import assert from "node:assert/strict";

const styles = await Deno.readTextFile(new URL("./styles/colours.css", import.meta.url));

/** The colours of a theme on the screen. */
function coloursOf(theme: "light" | "dark"): Map<string, string> {
  const pairs = styles.matchAll(/(--[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g);
  return new Map(
    [...pairs].map(([, name, light, dark]) => [name, theme === "light" ? light : dark]),
  );
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
}

function luminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

for (const theme of ["light", "dark"] as const) {
  const colours = coloursOf(theme);
  const colour = (name: string) => channels(colours.get(`--${name}`)!);

  Deno.test(`the colours of text stand out from what is behind them, ${theme}`, () => {
    for (const name of ["ink", "soft", "link", "good", "bad"]) {
      for (const paper of ["paper", "raised", "sunken"]) {
        const ratio = contrast(colour(name), colour(paper));
        assert(ratio >= 4.5, `${name} on ${paper}: ${ratio.toFixed(2)}`);
      }
    }
    assert(contrast(colour("warning-ink"), colour("warning-paper")) >= 4.5);
  });

  Deno.test(`the colours of series can be read as text, ${theme}`, () => {
    for (let series = 1; series <= 6; series += 1) {
      const ratio = contrast(colour(`series-${series}`), colour("paper"));
      assert(ratio >= 4.5, `series ${series}: ${ratio.toFixed(2)}`);
    }
  });

  Deno.test(`numbers can be read on the darkest cell of a matrix, ${theme}`, () => {
    const paper = colour("paper");
    for (const name of ["heat", "heat-opposite"]) {
      const cell = colour(name).map((one, at) => 0.6 * one + 0.4 * paper[at]);
      assert(contrast(colour("ink"), cell) >= 4.5, name);
    }
  });
}
