import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import sharp from 'sharp';
import { createServer, type Plugin } from 'vite';
import type { Material, Picture } from './fake/fake-posts.ts';

const app = join(import.meta.dirname, '../../..');
const realLines = join(app, '../../../shared/data/irc/2010-08-17_18.txt');
const shapes = [
  [1_600, 1_067],
  [1_080, 1_440],
  [1_200, 1_200],
  [2_000, 900],
  [900, 1_700],
] as const;
const skies = [
  ['#f6c56b', '#c2562d', '#3b2140'],
  ['#bfe3f2', '#6ba4c9', '#27506e'],
  ['#fbe3b5', '#e0a058', '#7a4a24'],
  ['#e7d7f5', '#9a74c2', '#2c1b4a'],
  ['#d9f0dc', '#6fae8a', '#1f4a39'],
] as const;

export interface ChannelSite {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the channel's screen over a bridge that is made up, with pictures of known sizes. */
export async function serveChannel(): Promise<ChannelSite> {
  const cacheDir = await mkdtemp(join(tmpdir(), 'heliogram-channel-'));
  const pictures = await Promise.all(shapes.map((_, i) => paint(i)));
  const server = await createServer({
    configFile: false,
    root: app,
    cacheDir,
    logLevel: 'error',
    plugins: [react(), materialPlugin(pictures)],
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    optimizeDeps: {
      include: [
        'react',
        'react-dom/client',
        'react/jsx-dev-runtime',
        'virtua/unstable_core',
        'blurhash',
        'react-aria-components/Menu',
        'react-aria-components/Popover',
        'react-aria-components/Separator',
        'react-aria-components/I18nProvider',
      ],
    },
  });
  await server.listen();
  const address = server.httpServer?.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/views/channel/tests/fake/channel.html`,
    close: async () => {
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}

interface Painted {
  readonly jpeg: Buffer;
  readonly picture: Picture;
}

function materialPlugin(pictures: readonly Painted[]): Plugin {
  const lines = existsSync(realLines)
    ? readFileSync(realLines, 'utf8').split('\n').filter(Boolean)
    : madeUpLines();
  const material: Material = {
    lines: lines.slice(0, 4_000),
    pictures: pictures.map(({ picture }) => picture),
  };
  return {
    name: 'material',
    configureServer: (server) => {
      server.middlewares.use('/fake', (request, response, next) => {
        const [, number] = /^\/(\d+)\.jpg/.exec(request.url ?? '') ?? [];
        const picture = number === undefined ? undefined : pictures[Number(number)];
        if (picture) return response.setHeader('content-type', 'image/jpeg').end(picture.jpeg);
        if (request.url !== '/material.json') return next();
        response.setHeader('content-type', 'application/json').end(JSON.stringify(material));
      });
    },
  };
}

function madeUpLines(): string[] {
  return Array.from(
    { length: 500 },
    (_, i) => `<somebody> line ${i}, ${'and so on '.repeat(i % 9)}`,
  );
}

/** A dune under a sky. */
async function paint(index: number): Promise<Painted> {
  const [width, height] = shapes[index] ?? [800, 600];
  const [top, middle, low] = skies[index] ?? ['#ffffff', '#888888', '#000000'];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${middle}"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#s)"/>
    <circle cx="${width * 0.7}" cy="${height * 0.35}" r="${Math.min(width, height) * 0.11}" fill="#fff6dd"/>
    <path d="M0 ${height * 0.72} C ${width * 0.25} ${height * 0.5} ${width * 0.45} ${height * 0.85} ${width} ${height * 0.6} V ${height} H 0 Z" fill="${middle}"/>
    <path d="M0 ${height * 0.86} C ${width * 0.35} ${height * 0.66} ${width * 0.6} ${height * 0.98} ${width} ${height * 0.78} V ${height} H 0 Z" fill="${low}"/>
  </svg>`;
  const jpeg = await sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer();
  const blur = await blurOf(jpeg);
  const url = `/fake/${index}.jpg`;
  return { jpeg, picture: { url, thumbnailUrl: url, width, height, blur, size: jpeg.length } };
}

async function blurOf(jpeg: Buffer): Promise<string> {
  const { encode } = await import('blurhash');
  const { data, info } = await sharp(jpeg)
    .resize(32, 32, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return encode(new Uint8ClampedArray(data), info.width, info.height, 4, 3);
}
