import './photo-mosaic.css';
import { type CSSProperties, type ReactNode, useMemo } from 'react';
import { layOutMosaic } from './mosaic.ts';

interface MosaicPicture {
  readonly key: string;
  /** As it will be, in any unit: known before the picture is, so nothing moves when it comes. */
  readonly width: number;
  readonly height: number;
}

interface PhotoMosaicProps<Picture extends MosaicPicture> {
  /** 1 to 10. */
  readonly pictures: readonly Picture[];
  /** Fills its cell: `inline-size` and `block-size` 100 %, `object-fit: cover`. */
  readonly render: (picture: Picture, index: number) => ReactNode;
}

/** An album laid out as one piece. */
export function PhotoMosaic<Picture extends MosaicPicture>(props: PhotoMosaicProps<Picture>) {
  const { pictures, render } = props;
  const { ratio, cells } = useMemo(() => layOutMosaic(pictures), [pictures]);
  return (
    <div className="ui-mosaic" style={{ '--mosaic-ratio': ratio } as CSSProperties}>
      <div className="ui-mosaic-grid">
        {cells.map((cell, index) => {
          const picture = pictures[index];
          if (!picture) return null;
          const place = {
            '--cell-x': cell.x,
            '--cell-y': cell.y,
            '--cell-width': cell.width,
            '--cell-height': cell.height,
          } as CSSProperties;
          return (
            <div key={picture.key} className="ui-mosaic-cell" style={place}>
              {render(picture, index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
