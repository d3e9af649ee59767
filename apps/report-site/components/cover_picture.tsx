import type { Sprite } from "@mixtape/results";
import type { ComponentChildren, JSX } from "preact";
import { TileRow } from "./images.tsx";
import { Prose } from "./prose.tsx";

/** Properties of {@link CoverPicture}. */
export interface CoverPictureProps {
  /** Caption: one sentence on what the picture shows. */
  readonly caption: string;
  /** Tiles or a small chart; the page that the first page links to has its numbers. */
  readonly children: ComponentChildren;
}

/** A picture for the first page, with its caption. */
export function CoverPicture({ caption, children }: CoverPictureProps): JSX.Element {
  return (
    <>
      <div class="picture">{children}</div>
      <p class="cover-caption">
        <Prose>{caption}</Prose>
      </p>
    </>
  );
}

/** Properties of {@link CoverTiles}. */
export interface CoverTilesProps {
  /** The images. */
  readonly sprite: Sprite;
  /** The tiles in the order in which they are shown, and the alternative text of each. */
  readonly tiles: readonly { readonly tile: number; readonly alt: string }[];
}

/** Tiles for {@link CoverPicture}, five in a row. */
export function CoverTiles({ sprite, tiles }: CoverTilesProps): JSX.Element {
  return (
    <div class="cover-tiles">
      {tiles.map(({ tile, alt }) => <TileRow key={tile} sprite={sprite} from={tile} alt={alt} />)}
    </div>
  );
}
