/**
 * The page: draws a picture, has a worker find its colours, and draws it in those alone.
 *
 * @module
 */
import type { Reduced, Task } from "./worker.ts";

const canvas = document.querySelector<HTMLCanvasElement>("#shown")!;
const context = canvas.getContext("2d", { willReadFrequently: true })!;
const picture = document.querySelector<HTMLInputElement>("#picture")!;
const colours = document.querySelector<HTMLInputElement>("#colours")!;
const status = document.querySelector<HTMLElement>("#status")!;
const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

async function reduce(): Promise<void> {
  const [file] = picture.files ?? [];
  if (file === undefined) return;
  const image = await createImageBitmap(file);
  canvas.width = image.width;
  canvas.height = image.height;
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  status.textContent = "Looking for colours …";
  worker.postMessage({ pixels: data, colours: colours.valueAsNumber } satisfies Task);
}

worker.onmessage = ({ data }: MessageEvent<Reduced>) => {
  if ("error" in data) {
    status.textContent = data.error;
    return;
  }
  context.putImageData(new ImageData(data.pixels, canvas.width), 0, 0);
  status.textContent = `${data.colours} colours after ${data.iterations} iterations`;
};
const show = () => reduce().catch((error) => status.textContent = String(error.message));
picture.addEventListener("change", show);
colours.addEventListener("change", show);
