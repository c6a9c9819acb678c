import './qr-code.css';
import encodeQR from 'qr';
import { useMemo } from 'react';

/** Modules of white around it, without which cameras do not find it. */
const quietZone = 4;

interface QrCodeProps {
  readonly text: string;
  /** What it leads to. The text itself must stand near it, for those without a camera. */
  readonly label: string;
}

export function QrCode({ text, label }: QrCodeProps) {
  const { path, size } = useMemo(() => drawing(text), [text]);
  return (
    <svg className="ui-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}

function drawing(text: string): { readonly path: string; readonly size: number } {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: quietZone });
  const path = modules
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { path, size: modules.length };
}
