import './plot.css';
import { type CSSProperties, type PointerEvent, useId, useState } from 'react';
import { PlotDrawing } from './plot-drawing.tsx';
import { heightOf, plotScale } from './plot-scale.ts';

interface PlotPoint {
  /** Where on the axis: a day, as text of the language. */
  readonly label: string;
  readonly value: number;
}

interface PlotProps {
  readonly kind: 'line' | 'bars';
  readonly title: string;
  readonly points: readonly PlotPoint[];
  readonly format: (value: number) => string;
  /** The heads of the table's two columns: "Day", "Views". */
  readonly columns: readonly [string, string];
  readonly tableLabel: string;
  /** Bars begin at zero; a line may begin near its lowest value. */
  readonly fromZero?: boolean | undefined;
}

/** A small chart. A slider without looks lies over it: arrow keys and pointer say each point. */
export function Plot(props: PlotProps) {
  const { kind, title, points, format, columns, tableLabel, fromZero = true } = props;
  const titleId = useId();
  const [chosen, setChosen] = useState<number>();
  const here = Math.min(chosen ?? points.length - 1, points.length - 1);
  const values = points.map(({ value }) => value);
  const scale = plotScale(values, kind === 'bars' || fromZero);
  const point = points[here];
  return (
    <figure className="ui-plot" aria-labelledby={titleId}>
      <figcaption className="ui-plot-tip">
        <span id={titleId} className="ui-plot-title">
          {title}
        </span>
        <span className="ui-plot-value" aria-hidden="true">
          {point ? `${point.label} ` : null}
          {point ? <strong>{format(point.value)}</strong> : null}
        </span>
      </figcaption>
      <div className="ui-plot-frame">
        <span className="ui-plot-ticks" aria-hidden="true">
          {scale.ticks.map((tick) => (
            <span key={tick}>{format(tick)}</span>
          ))}
        </span>
        <div className="ui-plot-area">
          <PlotDrawing
            kind={kind}
            heights={values.map((value) => heightOf(value, scale))}
            gridLines={scale.ticks.length}
            here={chosen === undefined ? undefined : here}
          />
          {point && chosen !== undefined && kind === 'line' ? (
            <Here at={shareAlong(here, points.length)} height={heightOf(point.value, scale)} />
          ) : null}
          <input
            type="range"
            className="ui-plot-slider"
            aria-label={title}
            aria-valuetext={point ? `${point.label}: ${format(point.value)}` : undefined}
            min={0}
            max={Math.max(points.length - 1, 0)}
            value={Math.max(here, 0)}
            disabled={points.length === 0}
            onChange={(event) => setChosen(event.currentTarget.valueAsNumber)}
            onFocus={() => setChosen(here)}
            onPointerMove={(event) => setChosen(indexUnder(event, points.length, kind))}
            onPointerLeave={() => setChosen(undefined)}
          />
        </div>
        <Ends points={points} />
      </div>
      <PlotTable points={points} format={format} columns={columns} label={tableLabel} />
    </figure>
  );
}

function Here({ at, height }: { readonly at: number; readonly height: number }) {
  const place = { '--plot-x': `${at * 100}%`, '--plot-y': `${height * 100}%` } as CSSProperties;
  return (
    <span className="ui-plot-here" style={place} aria-hidden="true">
      <span className="ui-plot-dot" />
    </span>
  );
}

function Ends({ points }: Pick<PlotProps, 'points'>) {
  return (
    <span className="ui-plot-ends" aria-hidden="true">
      <span>{points[0]?.label}</span>
      {points.length > 1 ? <span>{points.at(-1)?.label}</span> : null}
    </span>
  );
}

interface PlotTableProps extends Pick<PlotProps, 'points' | 'format' | 'columns'> {
  readonly label: string;
}

function PlotTable({ points, format, columns, label }: PlotTableProps) {
  return (
    <details className="ui-plot-table">
      <summary>{label}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard. */}
      <section className="ui-plot-table-scroll focus-inside" aria-label={label} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{columns[0]}</th>
              <th scope="col">{columns[1]}</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.label}>
                <th scope="row">{point.label}</th>
                <td>{format(point.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function shareAlong(index: number, count: number): number {
  return count < 2 ? 0.5 : index / (count - 1);
}

function indexUnder(event: PointerEvent, count: number, kind: PlotProps['kind']): number {
  const box = event.currentTarget.getBoundingClientRect();
  const across = (event.clientX - box.left) / box.width;
  const along = event.currentTarget.matches(':dir(rtl)') ? 1 - across : across;
  const index = kind === 'bars' ? Math.floor(along * count) : Math.round(along * (count - 1));
  return Math.min(Math.max(index, 0), count - 1);
}
