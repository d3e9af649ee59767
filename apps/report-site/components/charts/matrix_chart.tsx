import type { JSX } from "preact";
import {
  type Canvas,
  Chart,
  type ChartProps,
  markText,
  round,
  shortened,
  textWidth,
} from "./chart.tsx";

/** Properties of {@link MatrixChart}. */
export interface MatrixChartProps extends Omit<ChartProps, "draw" | "height" | "narrowHeight"> {
  /** One value per cell, by row and column. */
  readonly values: readonly (readonly number[])[];
  /** Darkness of each cell, from 0 to 1, or down to -1 in another colour; its share of its row unless given. */
  readonly shades?: readonly (readonly number[])[];
  /** Writes a value. */
  readonly format: (value: number) => string;
  /** Names of the rows and of what they are. */
  readonly rows: {
    readonly label: string;
    readonly names: readonly string[];
    /** Their names in the cells or headings of the figure's table; their names in the chart unless given. */
    readonly inTable?: readonly string[];
  };
  /** Names of the columns and of what they are. */
  readonly columns: { readonly label: string; readonly names: readonly string[] };
  /** Height of a row on wide screens. */
  readonly rowHeight?: number;
  /** True to outline the cells of the diagonal. */
  readonly diagonal?: boolean;
  /** Returns the link of a cell; nothing for a plain cell. */
  readonly link?: (row: number, column: number) => CellLink | undefined;
  /** True to write the names of columns at a slant, as they are long. */
  readonly slanted?: boolean;
}

/** The link of a cell. */
export interface CellLink {
  /** Target of the link. */
  readonly href: string;
  /** Accessible name of the link. */
  readonly label: string;
}

/** A table of numbers whose cells are the stronger in colour the larger they are. */
export function MatrixChart(props: MatrixChartProps): JSX.Element {
  const { rowHeight = 34, values } = props;
  const top = topOf(props);
  return (
    <Chart
      {...props}
      linked={props.link !== undefined}
      markLabels={{ series: props.rows.label, x: props.columns.label }}
      height={values.length * rowHeight + top + 10}
      narrowHeight={values.length * 26 + top + 10}
      draw={(canvas) => <Cells {...props} canvas={canvas} />}
    />
  );
}

function Cells(props: MatrixChartProps & { readonly canvas: Canvas }): JSX.Element {
  const { values, rows, columns, canvas } = props;
  const left = Math.min(
    canvas.narrow ? 110 : 190,
    Math.max(...rows.names.map((name) => textWidth(name))) + 8,
  );
  const top = topOf(props);
  const width = (canvas.width - left - 2) / columns.names.length;
  const height = (canvas.height - top - 4) / rows.names.length;
  const shades = props.shades ?? values.map(rowShares);
  return (
    <>
      <text class="axis-label" x={0} y={13}>{rows.label} ↓</text>
      <text class="axis-label" x={canvas.width} y={13} text-anchor="end">{columns.label} →</text>
      {columns.names.map((name, column) => (
        <ColumnName
          key={column}
          name={name}
          x={round(left + (column + 0.5) * width)}
          y={top - 8}
          width={width}
          slanted={props.slanted === true}
        />
      ))}
      {rows.names.map((name, row) => {
        const y = top + row * height;
        return (
          <g key={row} data-series={rows.inTable?.[row] ?? name} data-name={name}>
            <text class="row-label" x={left - 8} y={round(y + height / 2 + 4)} text-anchor="end">
              {shortened(name, left - 8)}
            </text>
            {values[row].map((value, column) => (
              <Cell
                key={column}
                text={props.format(value)}
                label={markText(columns.names[column], props.format(value))}
                shade={shades[row][column]}
                link={props.link?.(row, column)}
                outlined={props.diagonal === true && row === column}
                box={{ x: left + column * width, y, width, height }}
                narrow={canvas.narrow}
              />
            ))}
          </g>
        );
      })}
    </>
  );
}

interface CellProps {
  readonly text: string;
  readonly label: string;
  readonly shade: number;
  readonly outlined: boolean;
  readonly narrow: boolean;
  readonly link?: CellLink;
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

function Cell({ link, ...cell }: CellProps): JSX.Element {
  if (link === undefined) {
    return (
      <g>
        <CellMarks {...cell} />
      </g>
    );
  }
  return (
    <a href={link.href} aria-label={link.label}>
      <CellMarks {...cell} />
    </a>
  );
}

function CellMarks({ text, label, shade, outlined, narrow, box }: CellProps): JSX.Element {
  return (
    <>
      <rect
        data-mark={label}
        class={`cell${outlined ? " outlined" : ""}${shade < 0 ? " opposite" : ""}`}
        x={round(box.x + 1)}
        y={round(box.y + 1)}
        width={round(box.width - 2)}
        height={round(box.height - 2)}
        fill-opacity={round(0.03 + 0.57 * Math.min(1, Math.abs(shade)))}
      />
      <text
        class={narrow && text.length > 3 ? "cell-text small" : "cell-text"}
        x={round(box.x + box.width / 2)}
        y={round(box.y + box.height / 2 + 4)}
        text-anchor="middle"
      >
        {text}
      </text>
    </>
  );
}

interface ColumnNameProps {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly slanted: boolean;
}

function ColumnName({ name, x, y, width, slanted }: ColumnNameProps): JSX.Element {
  if (!slanted) {
    return <text class="row-label" x={x} y={y} text-anchor="middle">{shortened(name, width)}</text>;
  }
  return (
    <text class="row-label" transform={`translate(${x + 4} ${y}) rotate(-90)`}>
      {shortened(name, longestSlanted)}
    </text>
  );
}

/** Room that the longest name of a column may take where names are slanted. */
const longestSlanted = 220;

/** Room above the cells for the names of columns. */
function topOf({ slanted, columns }: MatrixChartProps): number {
  if (!slanted) return 44;
  return Math.min(longestSlanted, Math.max(...columns.names.map((name) => textWidth(name)))) + 34;
}

function rowShares(row: readonly number[]): number[] {
  const total = row.reduce((sum, value) => sum + value, 0);
  return row.map((value) => value / Math.max(1, total));
}
