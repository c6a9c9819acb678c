import { useEffect, useState } from 'react';

export interface QrPicture {
  /** Modules on a side, the quiet edge included. */
  readonly size: number;
  /** One SVG path over the dark modules. */
  readonly path: string;
}

/** The QR code of a link; the encoder is loaded when first asked for. */
export function useQr(text: string): QrPicture | undefined {
  const [drawn, setDrawn] = useState<{ text: string; picture: QrPicture }>();
  useEffect(() => {
    let wanted = true;
    import('qr')
      .then(({ encodeQR }) => {
        const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 2 });
        if (wanted) setDrawn({ text, picture: { size: rows.length, path: pathOf(rows) } });
      })
      .catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [text]);
  return drawn?.text === text ? drawn.picture : undefined;
}

function pathOf(rows: readonly (readonly boolean[])[]): string {
  const dark = rows.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : '')));
  return dark.join('');
}
