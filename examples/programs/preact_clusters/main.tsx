/** @jsxImportSource preact */
/**
 * A page in Preact: points that a click adds, in the colours of their clusters.
 *
 * @module
 */
import { kMeans } from "@mixtape/clustering";
import { type JSX, render } from "preact";
import { useEffect, useState } from "preact/hooks";

const size = 400;
const colours = ["#0b5fa5", "#b8400e", "#00735c", "#8a3a8c", "#7a5b00"];

function Clusters(): JSX.Element {
  const [points, setPoints] = useState<number[][]>([]);
  const [count, setCount] = useState(2);
  const [labels, setLabels] = useState<ArrayLike<number>>([]);

  useEffect(() => {
    const controller = new AbortController();
    if (points.length < count) return setLabels([]);
    kMeans(points, { clusters: count, signal: controller.signal })
      .then((model) => setLabels(model.labels), (error) => {
        if (!controller.signal.aborted) throw error;
      });
    return () => controller.abort();
  }, [points, count]);

  const add = ({ offsetX, offsetY }: MouseEvent) => setPoints([...points, [offsetX, offsetY]]);
  return (
    <>
      <label>
        Clusters{" "}
        <input
          type="number"
          min={1}
          max={colours.length}
          value={count}
          onInput={({ currentTarget }) => setCount(currentTarget.valueAsNumber || 1)}
        />
      </label>
      <svg width={size} height={size} onClick={add} role="img" aria-label="Points and clusters">
        <rect width={size} height={size} fill="#f4f1ea" />
        {points.map(([x, y], i) => (
          <circle key={i} cx={x} cy={y} r={6} fill={colours[labels[i]] ?? "#555"} />
        ))}
      </svg>
    </>
  );
}

render(<Clusters />, document.querySelector("#app")!);
