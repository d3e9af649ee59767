import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { islandData } from "../start_island.ts";
import { Drawings, Images } from "./choices.tsx";
import { drawing, type DrawingName } from "./drawings.ts";
import { fitToFrame } from "./fit_to_frame.ts";
import { type GreyImage, Ink } from "./ink.ts";
import { Judge, type Verdict } from "./judge.ts";
import { Pad } from "./pad.tsx";
import { readUpload } from "./read_upload.ts";
import type { TryItData } from "./try_it_data.ts";
import { rowOf, VerdictView } from "./verdict_view.tsx";
import { type Language, pageLanguage } from "./words.ts";

/** The models of the run, to be tried on what the reader draws, picks or uploads. */
export function TryIt(): JSX.Element {
  const language = useMemo(pageLanguage, []);
  const models = useMemo(openModels, []);
  return models === undefined
    ? <p role="alert">{language.words.failed}</p>
    : <Table {...models} language={language} />;
}

interface Models {
  readonly data: TryItData;
  readonly judge: Judge;
}

/** The models; nothing if they cannot be read, which is the reader's to know and not an error of the page. */
function openModels(): Models | undefined {
  const data = islandData<TryItData>("try-it");
  try {
    return data && { data, judge: new Judge(data) };
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
  const ink = useMemo(() => new Ink(), []);
  const [version, setVersion] = useState(0);
  const [shown, show] = useJudged(judge);
  const [missing, setMissing] = useState(words.nothing);

  const showImage = (image: GreyImage, otherwise = words.nothing) => {
    setMissing(otherwise);
    show(fitToFrame(image, frame));
  };
  const redraw = (strokes: ReturnType<typeof drawing>) => {
    ink.clear();
    strokes.forEach((stroke) => ink.addStroke(stroke));
    setVersion((before) => before + 1);
  };
  const choose = (name: DrawingName) => {
    redraw(drawing(name));
    showImage(ink);
  };
  const pick = (row: number) => {
    redraw([]);
    show(rowOf(judge.presets.values as Uint8Array, row, frame.side));
  };
  const upload = async (file: File | undefined) => {
    if (file === undefined) return;
    const image = await readUpload(file).catch(() => undefined);
    redraw([]);
    if (image !== undefined) return showImage(image, words.uploadEmpty);
    setMissing(words.uploadFailed);
    show(undefined);
  };
  useEffect(() => choose("seven"), []);

  return (
    <div class="try-it">
      <div class="try-it-pad">
        <Pad ink={ink} version={version} label={words.pad} onDraw={() => showImage(ink)} />
        <div class="choices">
          <button
            type="button"
            onClick={() => {
              redraw([]);
              showImage(ink);
            }}
          >
            {words.clear}
          </button>
        </div>
      </div>
      <div class="try-it-choices">
        <Drawings words={words} onChoose={choose} />
        <Images data={data} judge={judge} words={words} onChoose={pick} />
        <label class="upload">
          {words.upload}
          <input
            type="file"
            accept="image/*"
            onChange={(event) => upload(event.currentTarget.files?.[0])}
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
