// Writes the mark and the icons of the installed app into `public/`; run after a change of the shapes:
// npx node apps/web/design/mark/draw-icons.ts
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { drawBadge, drawMark } from './shapes.ts';

const framed = drawMark({ corner: 15, scale: 1 });
const maskable = drawMark({ corner: 0, scale: 0.76 });
const filled = drawMark({ corner: 0, scale: 0.9 });

writeFileSync(path('mark.svg'), framed);
await writePng('favicon-32.png', framed, 32);
await writePng('icon-192.png', framed, 192);
await writePng('icon-512.png', framed, 512);
await writePng('icon-maskable-192.png', maskable, 192);
await writePng('icon-maskable-512.png', maskable, 512);
await writePng('apple-touch-icon.png', filled, 180);
await writePng('badge-96.png', drawBadge(), 96);

async function writePng(name: string, svg: string, sidePx: number): Promise<void> {
  const density = (72 * sidePx) / 64;
  await sharp(Buffer.from(svg), { density })
    .resize(sidePx, sidePx)
    .png({ compressionLevel: 9, palette: sidePx > 64 })
    .toFile(path(name));
}

function path(name: string): string {
  return fileURLToPath(new URL(`../../public/${name}`, import.meta.url));
}
