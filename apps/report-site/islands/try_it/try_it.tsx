import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { islandData } from "../start_island.ts";
import { Drawings, Images } from "./choices.tsx";
import { drawing } from "./drawings.ts";
import { fitToFrame } from "./fit_to_frame.ts";
import { useGivenFiles, useUndoKey } from "./given_files.ts";
import type { GreyImage } from "./ink.ts";
import { Judge, type Verdict } from "./judge.ts";
import { Pad } from "./pad.tsx";
import { IncompletePictureError, readUpload } from "./read_upload.ts";
import { Sketch } from "./sketch.ts";
import type { TryItData } from "./try_it_data.ts";
import { rowOf, VerdictView } from "./verdict_view.tsx";
import { type Language, pageLanguage } from "./words.ts";

/** The models of the run, to be tried on what the reader draws, picks or uploads. */
export function TryIt({ models }: { readonly models: Models | undefined }): JSX.Element {
  const language = useMemo(pageLanguage, []);
  return models === undefined
    ? <p role="alert">{language.words.failed}</p>
    : <Table {...models} language={language} />;
}

/** The models of the run, and what the page shows of them. */
export interface Models {
  readonly data: TryItData;
  readonly judge: Judge;
}

/** The models; nothing if they cannot be read, which is the reader's to know and not an error of the page. */
export async function openModels(): Promise<Models | undefined> {
  const data = islandData<TryItData>("try-it");
  try {
    return data && { data, judge: await Judge.open(data) };
  } catch {
    return undefined;
  }
}

interface Shown {
  readonly pixels: Uint8Array;
  readonly verdict: Verdict;
}

function Table({ data, judge, language }: Models & { readonly language: Language }): JSX.Element {
  const { words } = language;
  const { frame } = data.payload;
  const sketch = useMemo(() => new Sketch(), []);
  const [version, setVersion] = useState(0);
  const [shown, show] = useJudged(judge);
  const [missing, setMissing] = useState(words.nothing);

  const showImage = (image: GreyImage, otherwise = words.nothing) => {
    setMissing(otherwise);
    show(fitToFrame(image, frame));
  };
  const showSketch = () => {
    setVersion((before) => before + 1);
    showImage(sketch.ink);
  };
  const turn = useRef(0);
  const redraw = (strokes: ReturnType<typeof drawing>) => {
    turn.current++;
    sketch.show(strokes);
    showSketch();
  };
  const pick = (row: number) => {
    redraw([]);
    show(rowOf(judge.presets.values as Uint8Array, row, frame.side));
  };
  const refuse = (why: string) => {
    redraw([]);
    setMissing(why);
  };
  const upload = async (file: File) => {
    const own = ++turn.current;
    const image = await readUpload(file).catch((error) =>
      error instanceof IncompletePictureError ? words.uploadIncomplete : words.uploadFailed
    );
    // A large file must not come up in the place of what was chosen while it was read.
    if (own !== turn.current) return;
    if (typeof image === "function") return refuse(image(file.name));
    redraw([]);
    showImage(image, words.uploadEmpty);
  };
  const undo = () => {
    sketch.undo();
    showSketch();
  };
  useEffect(() => pick(0), []);
  useUndoKey(undo);
  const isTarget = useGivenFiles({ take: upload, refuse: () => refuse(words.pasteFailed) });

  return (
    <div class="try-it">
      <div class="try-it-pad">
        <Pad
          sketch={sketch}
          version={version}
          isTarget={isTarget}
          label={words.pad}
          onDraw={() => showImage(sketch.ink)}
        />
        <div class="choices">
          <button type="button" aria-disabled={!sketch.canUndo} onClick={undo}>
            {words.undo}
          </button>
          <button type="button" onClick={() => redraw([])}>
            {words.clear}
          </button>
        </div>
      </div>
      <div class="try-it-choices">
        <Drawings words={words} onChoose={(name) => redraw(drawing(name))} />
        <Images data={data} judge={judge} words={words} onChoose={pick} />
        <label class="upload">
          {words.upload}
          <input
            type="file"
            accept="image/*"
            // A file that was chosen before can be chosen again.
            onClick={({ currentTarget }) => currentTarget.value = ""}
            onChange={({ currentTarget: { files } }) => files?.[0] && upload(files[0])}
          />
        </label>
      </div>
      {shown
        ? <VerdictView {...shown} judge={judge} data={data} language={language} />
        : (
          <div class="verdict">
            <p class="verdict-head" role={missing === words.nothing ? "status" : "alert"}>
              {missing}
            </p>
          </div>
        )}
    </div>
  );
}

/** Returns the last verdict, and a function that judges an image; of images that arrive too fast, it skips all but the last. */
function useJudged(judge: Judge): [Shown | undefined, (pixels: Uint8Array | undefined) => void] {
  const [shown, setShown] = useState<Shown | undefined>(undefined);
  const next = useRef<{ readonly pixels: Uint8Array | undefined } | undefined>(undefined);
  const busy = useRef(false);
  const show = async (pixels: Uint8Array | undefined) => {
    next.current = { pixels };
    if (busy.current) return;
    busy.current = true;
    while (next.current !== undefined) {
      const { pixels }: { readonly pixels: Uint8Array | undefined } = next.current;
      next.current = undefined;
      setShown(pixels && { pixels, verdict: await judge.judge(pixels) });
    }
    busy.current = false;
  };
  return [shown, show];
}
