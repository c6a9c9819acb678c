import './blur-hash.css';
import { decode, isBlurhashValid } from 'blurhash';
import { useEffect, useRef } from 'react';

/** The long side: the browser's stretching blurs the rest for nothing. */
const drawnPx = 32;

interface BlurHashProps {
  /** From strangers: one that is no hash draws nothing. */
  readonly hash: string;
  readonly width: number;
  readonly height: number;
}

/** The place of a picture that is on its way, in its colours. */
export function BlurHash({ hash, width, height }: BlurHashProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const fit = drawnPx / Math.max(width, height, 1);
  const across = Math.max(1, Math.round(width * fit));
  const down = Math.max(1, Math.round(height * fit));
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !isBlurhashValid(hash).result) return;
    const pixels = new Uint8ClampedArray(decode(hash, across, down));
    context.putImageData(new ImageData(pixels, across, down), 0, 0);
  }, [hash, across, down]);
  return <canvas ref={canvas} className="ui-blur-hash" width={across} height={down} />;
}
