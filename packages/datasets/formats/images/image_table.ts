import { closest } from "fastest-levenshtein";
import { bytesSource } from "../../sources/byte_source.ts";
import { type FolderFile, isImageName } from "../../sources/image_files.ts";
import { matrixTable, rowsOfBlock } from "../../table/matrix_table.ts";
import type { ImageShape, OpenTable } from "../../table/open_table.ts";
import type { ColumnName } from "../../table/table_options.ts";
import { openCsv } from "../csv/csv_table.ts";
import { type DecodedImage, decodeImage, greyOf, isGrey } from "./decode_image.ts";
import { resizeImage } from "./resize_image.ts";

/** Options of {@linkcode openImages}. */
export interface ImageOptions {
  /** Size that images are brought to; by default all must have the size of the first. */
  readonly imageSize?: { readonly height: number; readonly width: number };
  /** 1 for grey, 3 for colour; by default as the first image. */
  readonly channels?: 1 | 3;
  /** Name of the column of the labels in a table beside the images. */
  readonly label?: ColumnName;
  /** Cells that stand for a missing value. */
  readonly missing: ReadonlySet<string>;
}

/**
 * Opens a folder of PNG and JPEG images, whose classes are the subfolders, or a column of a CSV
 * beside them.
 *
 * @param files All files of the folder.
 * @param folder Name of the folder in error messages.
 * @throws {RangeError} If there are no images, or a table beside them does not name all of them.
 * @throws {SyntaxError} If an image is damaged, or of another size.
 */
export async function openImages(
  files: readonly FolderFile[],
  folder: string,
  options: ImageOptions,
): Promise<OpenTable> {
  const images = files.filter(({ path }) => isImageName(path));
  if (images.length === 0) {
    throw new RangeError(
      `Cannot read ${folder}: there is no PNG or JPEG image in it, at least 1 is needed`,
    );
  }
  const labels = await imageLabels(images, files, folder, options);
  const first = await readImage(images[0]);
  const { height, width } = options.imageSize ?? first;
  const channels = options.channels ?? (isGrey(first) ? 1 : 3);
  const shape: ImageShape = { height, width, channels };
  const d = height * width * channels;
  const step = rowsOfBlock(d);
  return matrixTable({
    d,
    imageShape: shape,
    idName: "path",
    labelName: labels === undefined
      ? undefined
      : inFolders(images)
      ? "class"
      : String(options.label ?? "class"),
    async *read() {
      for (let start = 0; start < images.length; start += step) {
        const block = images.slice(start, start + step);
        const values = new Uint8Array(block.length * d);
        for (let i = 0; i < block.length; i++) {
          const image = start + i === 0 ? first : await readImage(block[i]);
          values.set(pixels(image, shape, { options, file: block[i], first: images[0] }), i * d);
        }
        yield {
          rows: block.length,
          values,
          ids: block.map(({ path }) => path),
          labels: labels?.slice(start, start + step),
        };
      }
    },
  });
}

async function readImage(file: FolderFile): Promise<DecodedImage> {
  return decodeImage(await file.bytes(), file.name);
}

function pixels(
  image: DecodedImage,
  { height, width, channels }: ImageShape,
  { options, file, first }: { options: ImageOptions; file: FolderFile; first: FolderFile },
): Uint8Array {
  const isOther = image.height !== height || image.width !== width;
  if (isOther && options.imageSize === undefined) {
    throw new SyntaxError(
      `Cannot read ${file.name}: it is ${image.width} × ${image.height} pixels, ${width} × ` +
        `${height} are needed as in ${first.name}, or the option imageSize, which resizes all`,
    );
  }
  const resized = resizeImage(image, height, width);
  if (channels === 3) return resized.rgb;
  if (isGrey(resized)) return greyOf(resized);
  throw new SyntaxError(
    `Cannot read ${file.name} as grey: it has colours` +
      (options.channels === 1 ? "" : `, and ${first.name}, the first, has none`) +
      `; the option channels: 3 reads all in colour`,
  );
}

/** Returns the label of each image; undefined if nothing says any. */
async function imageLabels(
  images: readonly FolderFile[],
  files: readonly FolderFile[],
  folder: string,
  options: ImageOptions,
): Promise<readonly unknown[] | undefined> {
  const inside = images.filter(({ path }) => path.includes("/"));
  if (inFolders(images)) {
    return images.map(({ path }) => path.split("/")[0]);
  }
  if (inside.length > 0) {
    const [outside] = images.filter(({ path }) => !path.includes("/"));
    throw new RangeError(
      `Cannot read ${folder}: ${inside[0].path} is in a folder of its class, ` +
        `${outside.path} is in none; each image needs one, or none has one`,
    );
  }
  const tables = files.filter(({ path }) => /\.(csv|tsv)$/i.test(path));
  if (tables.length === 0) return undefined;
  if (tables.length > 1) {
    throw new RangeError(
      `Cannot read ${folder}: ${tables[0].path} and ${tables[1].path} may both hold the labels, ` +
        `one table beside the images is needed`,
    );
  }
  const labelOf = await tableOfLabels(tables[0], options);
  return images.map(({ path }) => {
    const label = labelOf.get(path);
    if (label !== undefined) return label;
    throw new RangeError(
      `Cannot read ${folder}: ${tables[0].path} has no row for ${path}, ` +
        `the nearest is ${closest(path, [...labelOf.keys()])}`,
    );
  });
}

/** Returns true if each image is in a folder of its class. */
function inFolders(images: readonly FolderFile[]): boolean {
  return images.every(({ path }) => path.includes("/"));
}

/** Reads the label of each file name from a table. */
async function tableOfLabels(
  file: FolderFile,
  { label, missing }: ImageOptions,
): Promise<ReadonlyMap<string, string>> {
  const table = await openCsv(bytesSource(await file.bytes(), file.name), {
    missing,
    header: true,
  });
  const names = table.columns.map(({ name }) => name);
  const id = Math.max(
    0,
    names.findIndex((name) => /^(file|file.?name|path|image|img|name)$/i.test(name)),
  );
  const others = names.map((_, index) => index).filter((index) => index !== id);
  // Not by its index, which counts the pixels of the images.
  const chosen = label === undefined
    ? others.length === 1 ? others[0] : -1
    : names.findIndex((name) => name === label);
  if (names[chosen] === undefined || chosen === id) {
    throw new RangeError(
      `Cannot read the labels of ${file.name}: it has the columns ${names.join(", ")}, ` +
        `the option label has to name one besides ${names[id]}`,
    );
  }
  const labels = new Map<string, string>();
  const plan = { matrix: [], label: chosen, id, onText: () => {} };
  for await (const block of table.read(plan)) {
    block.ids!.forEach((path, i) => labels.set(String(path), String(block.labels![i])));
  }
  return labels;
}
