import type { Browser } from "playwright-core";

const candidates = [
  // Without windows of its own to draw, it takes less than half of the time.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Features that Playwright switches off, in a list that the one below takes the place of. */
const playwrightLeavesOut = [
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "AimEnabled",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
];

/** Pages of Chromium's own, such as that under its address bar: each new window would load hundreds of scripts. */
const ownPages = [
  "InitialWebUI",
  "PreloadTopChromeWebUI",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxFullPopup",
  "WebUIOmniboxPopup",
  "WebUIReloadButton",
  "WebUIToolbar",
];

/** Path of Chromium, if it is installed; else tests in a browser are reported as ignored. */
export const chromiumPath: string | undefined = candidates.find(isFile);

/**
 * Starts Chromium without anything that calls out; for tests only.
 *
 * @param switches Further switches of its command line.
 */
export async function startBrowser(switches: readonly string[] = []): Promise<Browser> {
  // Playwright looks for Windows below Linux as it loads, in a file that Deno lets nobody read; with
  // this variable, its own tests', it looks only when asked.
  Deno.env.set("__IS_WSL_TEST__", "1");
  const { chromium } = await import("playwright-core");
  return await chromium.launch({
    executablePath: chromiumPath,
    args: [
      ...switches,
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      `--disable-features=${[...playwrightLeavesOut, ...ownPages].join()}`,
    ],
  });
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
