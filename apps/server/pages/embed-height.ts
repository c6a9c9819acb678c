import { pictureRows, shownSize } from './markup/files.ts';
import type { PublicFile } from './reading/files.ts';
import type { PublicPost } from './reading/posts.ts';

/** Measures of an embed in CSS pixels, as `markup/style.ts` sets them. */
const FRAME = { sides: 32, nameplate: 85, post: 80, line: 31, gap: 12 };
const LETTER = { narrow: 9.5, wide: 19 };
const ROW = { note: 34, figures: 44, file: 58, sound: 116, videoUnknown: 300 };
const LEAST = 180;
/** A longer post scrolls in its frame. */
const MOST = 1_200;
/** More than fills the highest frame. */
const TEXT_CHARACTERS = 4_000;
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;

/**
 * How high a frame of `width` pixels has to be to show a post without scrolling, in CSS pixels. An
 * estimate: fonts differ between machines.
 */
export function embedHeight(post: PublicPost, width: number): number {
  const inner = Math.max(width - FRAME.sides, 120);
  const { author, files, forwardedFrom, reactions, replyTo, text, views } = post;
  const height =
    FRAME.nameplate +
    FRAME.post +
    textHeight(text, inner) +
    picturesHeight(files, inner) +
    rowsHeight(files) +
    (forwardedFrom ? ROW.note : 0) +
    (replyTo ? ROW.note : 0) +
    (author ? ROW.note : 0) +
    (reactions.length > 0 || views > 0 ? ROW.figures : 0);
  return Math.min(MOST, Math.max(LEAST, Math.ceil(height)));
}

function textHeight(text: string, width: number): number {
  if (text === '') return 0;
  let height = FRAME.gap;
  for (const line of text.slice(0, TEXT_CHARACTERS).split('\n')) {
    height += line.trim() === '' ? FRAME.gap : Math.ceil(lineWidth(line) / width) * FRAME.line;
  }
  return height;
}

function lineWidth(line: string): number {
  let width = 0;
  for (const letter of line) width += WIDE.test(letter) ? LETTER.wide : LETTER.narrow;
  return width;
}

function picturesHeight(files: readonly PublicFile[], width: number): number {
  const [first, ...others] = files.filter(({ shape }) => shape === 'photo' || shape === 'video');
  if (!first) return 0;
  if (others.length > 0) return pictureRows(others.length + 1, width);
  const shown = shownSize(first, width);
  return shown.height === 0 ? ROW.videoUnknown : shown.height;
}

function rowsHeight(files: readonly PublicFile[]): number {
  let height = 0;
  for (const { shape } of files) {
    if (shape === 'audio') height += ROW.sound;
    if (shape === 'file') height += ROW.file;
  }
  return height;
}
