import './list-row.css';
import './skeleton.css';
import type { CSSProperties } from 'react';

interface SkeletonProps {
  readonly shape?: 'line' | 'round' | 'tile' | 'block' | undefined;
  /** Of a line, in percent of the space. */
  readonly widthPercent?: number | undefined;
}

/** The place of what is being loaded, in its size. The box around it says `aria-busy`. */
export function Skeleton({ shape = 'line', widthPercent = 100 }: SkeletonProps) {
  return (
    <span
      className="ui-skeleton"
      data-shape={shape}
      aria-hidden="true"
      style={{ '--skeleton-width': `${widthPercent}%` } as CSSProperties}
    />
  );
}

/** A row of a list, as long as it is loaded. */
export function RowSkeleton({ shape = 'tile' }: { readonly shape?: 'round' | 'tile' | undefined }) {
  return (
    <div className="ui-row" aria-hidden="true">
      <Skeleton shape={shape} />
      <span className="ui-row-text">
        <Skeleton widthPercent={42} />
        <Skeleton widthPercent={78} />
      </span>
    </div>
  );
}
