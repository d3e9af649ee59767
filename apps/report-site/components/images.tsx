import type { Sprite } from "@mixtape/results";
import type { JSX } from "preact";
import { usePage } from "./page_context.ts";

/** Returns the path of a result's image in the site. */
export function imagePath(sprite: Sprite): string {
  return `results/${sprite.file}`;
}

/** Properties of {@link ImageGrid}. */
export interface ImageGridProps {
  /** The images. */
  readonly sprite: Sprite;
  /** Alternative text. */
  readonly alt: string;
  /** Width of a tile on a wide screen, in CSS pixels. */
  readonly tileWidth?: number;
  /** True if transparent pixels mark missing entries. */
  readonly missing?: boolean;
}

/** All tiles of a sprite as one picture. */
export function ImageGrid(props: ImageGridProps): JSX.Element {
  const { sprite, alt, tileWidth = 56, missing = false } = props;
  const { link } = usePage();
  const rows = Math.ceil(sprite.count / sprite.columns);
  const scale = Math.max(1, Math.round(tileWidth / sprite.tile.width));
  return (
    <img
      class={missing ? "pixels missing" : "pixels"}
      src={link(imagePath(sprite))}
      width={sprite.columns * sprite.tile.width * scale}
      height={rows * sprite.tile.height * scale}
      alt={alt}
      loading="lazy"
      decoding="async"
    />
  );
}

/** Properties of {@link TileRow}. */
export interface TileRowProps {
  /** The images. */
  readonly sprite: Sprite;
  /** Index of the first tile. */
  readonly from: number;
  /** Number of tiles, all in one row of the sprite; 1 unless given. */
  readonly tiles?: number;
  /** Number of rows to show them in; 1 unless given. */
  readonly lines?: number;
  /** Alternative text. */
  readonly alt: string;
}

/** Pixels by which a line covers the one above it, because the background shines through where two edges meet. */
const overlap = 1;

/** Neighbouring tiles of a sprite. */
export function TileRow({ sprite, from, tiles = 1, lines = 1, alt }: TileRowProps): JSX.Element {
  const { width, height } = sprite.tile;
  const across = Math.ceil(tiles / lines);
  return (
    <svg
      class={tiles === 1 ? "tile pixels" : "tile-row pixels"}
      viewBox={`0 0 ${width * across} ${height * lines - overlap * (lines - 1)}`}
      role="img"
      aria-label={alt}
    >
      {lines === 1
        ? <Shifted sprite={sprite} tile={from} />
        : Array.from({ length: lines }, (_, line) => (
          <svg
            key={line}
            y={line * (height - overlap)}
            width={Math.min(across, tiles - line * across) * width}
            height={height}
          >
            <Shifted sprite={sprite} tile={from + line * across} />
          </svg>
        ))}
    </svg>
  );
}

/** The whole image, moved so that a tile is at the origin. */
function Shifted(
  { sprite, tile }: { readonly sprite: Sprite; readonly tile: number },
): JSX.Element {
  const { link } = usePage();
  const { columns, count, tile: { width, height } } = sprite;
  return (
    <image
      href={link(imagePath(sprite))}
      x={-(tile % columns) * width}
      y={-Math.floor(tile / columns) * height}
      width={columns * width}
      height={Math.ceil(count / columns) * height}
    />
  );
}

/** Properties of {@link TileList}. */
export interface TileListProps {
  /** The images. */
  readonly sprite: Sprite;
  /** Text under each tile: a label, and a second line if needed. */
  readonly labels: readonly {
    readonly label: string;
    readonly note?: string;
    /** Index of the tile; the index in this list unless given. */
    readonly tile?: number;
  }[];
  /** Returns the alternative text of a tile from its label. */
  readonly alt: (label: string) => string;
}

/** The tiles of a sprite, each with its label. */
export function TileList({ sprite, labels, alt }: TileListProps): JSX.Element {
  return (
    <ul class="tiles">
      {labels.map(({ label, note, tile }, index) => (
        <li key={index}>
          <TileRow sprite={sprite} from={tile ?? index} alt={alt(label)} />
          <span class="tile-label">{label}</span>
          {note && <span class="tile-note">{note}</span>}
        </li>
      ))}
    </ul>
  );
}
