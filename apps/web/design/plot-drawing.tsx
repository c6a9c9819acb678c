/** The drawing's own units; it is stretched to its box. */
const width = 1000;
const height = 100;
/** Of the room that each bar has. */
const barShare = 0.7;

interface PlotDrawingProps {
  readonly kind: 'line' | 'bars';
  /** Shares of the height, 0 to 1. */
  readonly heights: readonly number[];
  readonly gridLines: number;
  readonly here: number | undefined;
}

export function PlotDrawing({ kind, heights, gridLines, here }: PlotDrawingProps) {
  return (
    <svg
      className="ui-plot-drawing"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {Array.from({ length: gridLines }, (_, index) => {
        const y = height - (index / Math.max(gridLines - 1, 1)) * height;
        return <line key={y} className="ui-plot-grid" x1="0" x2={width} y1={y} y2={y} />;
      })}
      {kind === 'bars' ? <Bars heights={heights} here={here} /> : <Line heights={heights} />}
    </svg>
  );
}

function Bars({ heights, here }: Pick<PlotDrawingProps, 'heights' | 'here'>) {
  const room = width / Math.max(heights.length, 1);
  return heights.map((share, index) => (
    <rect
      // biome-ignore lint/suspicious/noArrayIndexKey: bars never move, so the index identifies them.
      key={index}
      className="ui-plot-bar"
      data-here={index === here || undefined}
      x={room * (index + (1 - barShare) / 2)}
      y={height - share * height}
      width={room * barShare}
      height={share * height}
    />
  ));
}

function Line({ heights }: Pick<PlotDrawingProps, 'heights'>) {
  if (heights.length === 0) return null;
  const last = Math.max(heights.length - 1, 1);
  const points = heights.map(
    (share, index) => `${(index / last) * width} ${height - share * height}`,
  );
  const line = `M${points.join('L')}`;
  return (
    <>
      <path className="ui-plot-shade" d={`${line}L${width} ${height}L0 ${height}z`} />
      <path className="ui-plot-line" d={line} />
    </>
  );
}
