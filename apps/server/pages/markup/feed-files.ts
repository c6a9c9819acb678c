import type { PublicFile } from '../reading/files.ts';
import { type Html, html } from './html.ts';
import { byteSize, oneLine } from './words.ts';

/** Files where our style does not reach: plain elements with absolute addresses. */
export function feedFilesMarkup(files: readonly PublicFile[], base: string): Html {
  return html`${files.map((file) => html`<p>${element(file, `${base}${file.path}`)}</p>`)}`;
}

function element(file: PublicFile, url: string): Html {
  const { description, height, name, shape, size, width } = file;
  const measures = width > 0 && html` width="${width}" height="${height}"`;
  const label = oneLine(description) || oneLine(name) || 'File';
  switch (shape) {
    case 'photo':
      return html`<img src="${url}" alt="${oneLine(description) || 'Photo'}"${measures}>`;
    case 'video':
      return html`<video src="${url}" controls preload="none"${measures}></video>`;
    case 'audio':
      return html`<audio src="${url}" controls preload="none"></audio>`;
    case 'file':
      return html`<a href="${url}">${label}</a> (${byteSize(size)})`;
  }
}
