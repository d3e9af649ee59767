import { useEffect, useState } from "preact/hooks";

/** Ways in which files come from elsewhere. */
export interface FileTakers {
  /** Told the file that was pasted or dropped. */
  readonly take: (file: File) => void;
  /** Told that what was pasted is no file. */
  readonly refuse: () => void;
}

/**
 * Takes files that the reader pastes into the page or drops on it; what is typed into and dragged within it is left
 * alone.
 *
 * @param takers The functions that are told.
 * @returns True while a file is dragged over the page.
 */
export function useGivenFiles({ take, refuse }: FileTakers): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (isTyping(event)) return;
      const file = imageAmong(event.clipboardData);
      file ? take(file) : refuse();
    };
    // A browser leaves the page for a file that is dropped on it, unless both events say that it is taken.
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setIsOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      setIsOver(false);
      const file = imageAmong(event.dataTransfer);
      if (file === undefined) return;
      event.preventDefault();
      take(file);
    };
    const listeners = { paste, dragover: over, dragleave: leave, drop };
    const all = Object.entries(listeners) as [string, EventListener][];
    all.forEach(([type, listener]) => addEventListener(type, listener));
    return () => all.forEach(([type, listener]) => removeEventListener(type, listener));
  }, []);
  return isOver;
}

/** Calls a function when the reader asks to undo by keyboard, anywhere but in a text field. */
export function useUndoKey(undo: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey &&
        event.key.toLowerCase() === "z";
      if (!isUndo || isTyping(event)) return;
      event.preventDefault();
      undo();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

/** The first image of what is pasted or dropped; without one, the first file, which says what it is instead. */
function imageAmong(data: DataTransfer | null): File | undefined {
  const files = [...data?.files ?? []];
  return files.find(({ type }) => type.startsWith("image/")) ?? files[0];
}

function isTyping({ target }: Event): boolean {
  return target instanceof Element &&
    target.closest("input:not([type=file]), textarea, [contenteditable]") !== null;
}
