import { environment } from '../environment.ts';
/** Colours, on a terminal that wants them (NO_COLOR: https://no-color.org). */
export type Style = {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly accent: (text: string) => string;
  readonly warning: (text: string) => string;
};

export function createStyle(colour: boolean): Style {
  const code = (open: number, close: number) => (text: string) =>
    colour ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { bold: code(1, 22), dim: code(2, 22), accent: code(33, 39), warning: code(31, 39) };
}

export function wantsColour(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR: never = '', TERM: terminal } = environment;
  return stream.isTTY === true && never === '' && terminal !== 'dumb';
}
