import type { PageLanguage } from '../language/language.ts';
import type { PublicFile } from '../reading/files.ts';
import { sources } from './files.ts';
import { type Html, html } from './html.ts';
import { oneLine } from './words.ts';

/** Files where our style does not reach: plain elements with absolute addresses. */
export function feedFilesMarkup(
  files: readonly PublicFile[],
  { base, language }: { readonly base: string; readonly language: PageLanguage },
): Html {
  return html`${files.map((file) => html`<p>${element(file, `${base}${file.path}`, language)}</p>`)}`;
}

function element(file: PublicFile, url: string, { formats, texts }: PageLanguage): Html {
  const { description, height, name, shape, size, width } = file;
  const measures = width > 0 && html` width="${width}" height="${height}"`;
  const label = oneLine(description) || oneLine(name) || texts.file;
  const choice = sources(file, url);
  switch (shape) {
    case 'photo':
      return html`<img src="${url}"${choice && html` srcset="${choice}" sizes="100vw"`} alt="${oneLine(description) || texts.photo}"${measures}>`;
    case 'video':
      return html`<video src="${url}" controls preload="none"${measures}></video>`;
    case 'audio':
      return html`<audio src="${url}" controls preload="none"></audio>`;
    case 'file':
      return html`<a href="${url}">${label}</a> (${formats.byteSize(size)})`;
  }
}
