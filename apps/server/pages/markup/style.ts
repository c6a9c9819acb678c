import { createHash } from 'node:crypto';
import { avatarHues } from '@heliogram/content';

/** Paper and ink, one warm accent, a grid of 4 px. Colours of text hold 7:1 in both themes. */
const tokens = `
:root {
  color-scheme: light dark;
  --paper: #fdfaf2; --sheet: #f7f0df; --ink: #241f14; --soft: #584f3b; --line: #e3d8bd;
  --rule: #241f14; --sun: #6f4700; --glow: #f2bd4b; --on-glow: #241f14;
  --reading: "Iowan Old Style", Charter, "Bitstream Charter", "Source Serif 4", Georgia, "Noto Serif", "Noto Naskh Arabic", serif;
  --plain: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17150f; --sheet: #221f17; --ink: #f1e9d6; --soft: #bdb298; --line: #37311f;
    --rule: #6b603f; --sun: #f2bd4b; --glow: #f2bd4b; --on-glow: #241f14;
  }
}`;

const ground = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.125rem/1.6 var(--reading); overflow-wrap: anywhere;
}
h1, h2, p, ul { margin: 0; padding: 0; }
p { text-wrap: pretty; }
a { color: var(--sun); text-decoration-thickness: 1px; text-underline-offset: 3px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--glow); outline-offset: 2px; border-radius: 4px; }
img, video, svg { display: block; max-width: 100%; }
code { font: 0.9em/1.5 ui-monospace, "Cascadia Mono", Menlo, "Liberation Mono", monospace; }
.bar, main, .foot { margin: 0 auto; padding: 0 16px; max-width: 72rem; }
.bar {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 16px; padding-top: 8px;
  font: 1rem/1.4 var(--plain);
}
.bar::after { content: ""; order: 3; flex: 0 0 100%; border-top: 3px double var(--rule); }
.home { display: flex; flex: 0 1 auto; align-items: center; gap: 8px; min-height: 48px; max-width: 50%; color: var(--ink); font-weight: 600; text-decoration: none; }
.home:hover span { text-decoration: underline; }
.button {
  display: inline-flex; align-items: center; min-height: 44px; padding: 8px 20px; border-radius: 24px;
  background: var(--glow); color: var(--on-glow); font: 600 1rem/1.4 var(--plain); text-decoration: none; white-space: nowrap;
}
.button:hover { text-decoration: underline; }
.button.quiet { background: none; color: var(--ink); box-shadow: inset 0 0 0 1px var(--soft); }
.foot {
  display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px 32px;
  margin-top: 64px; padding-top: 16px; padding-bottom: 48px; color: var(--soft); font: 0.9375rem/1.5 var(--plain);
}
.foot::before { content: ""; flex: 0 0 100%; border-top: 1px solid var(--line); margin-bottom: 8px; }
.foot nav { display: flex; flex-wrap: wrap; gap: 4px 24px; }
.foot a { display: inline-block; padding: 4px 0; }
.aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }`;

const heads = `
.masthead { padding: 16px 0 24px; }
.masthead h1, .profile h1 { margin-top: 16px; font-size: 2.25rem; line-height: 1.12; font-weight: 700; letter-spacing: -0.015em; text-wrap: balance; }
.handle { color: var(--soft); font: 1rem/1.5 var(--plain); }
.about { margin-top: 12px; }
.about p + p { margin-top: 4px; }
.facts, .feeds { margin-top: 12px; color: var(--soft); font: 0.9375rem/1.5 var(--plain); }
.feeds { margin-top: 4px; }
.feeds a { display: inline-block; padding: 4px 0; margin-inline-end: 8px; }
.avatar { width: 48px; height: 48px; border-radius: 50%; overflow: clip; object-fit: cover; background: var(--sheet); flex: none; }
.tile { border-radius: 28%; }
.letter {
  display: grid; place-items: center; font: 600 1.125rem/1 var(--plain);
  background: light-dark(oklch(0.87 0.056 var(--hue)), oklch(0.36 0.052 var(--hue)));
  color: light-dark(oklch(0.33 0.075 var(--hue)), oklch(0.93 0.04 var(--hue)));
}
${avatarHues.map((hue) => `.hue-${hue} { --hue: ${hue}; }`).join(' ')}
@media (forced-colors: active) { .letter { border: 1px solid CanvasText; } }
.masthead .avatar, .profile .avatar { width: 80px; height: 80px; }
.masthead .letter, .profile .letter { font-size: 2rem; }
.nameplate { padding: 16px 0; border-bottom: 1px solid var(--line); }
.nameplate a { display: grid; grid-template-columns: 48px 1fr; column-gap: 12px; align-items: center; color: var(--ink); text-decoration: none; }
.nameplate .avatar { grid-row: 1 / 3; }
.nameplate .p-name { font-size: 1.25rem; font-weight: 700; line-height: 1.3; align-self: end; }
.nameplate .handle { align-self: start; }
.nameplate a:hover .p-name { text-decoration: underline; }`;

const posts = `
.day h2 {
  display: flex; align-items: center; gap: 16px; padding: 32px 0 4px; color: var(--soft);
  font: 600 0.9375rem/1.5 var(--plain);
}
.day h2::after { content: ""; flex: 1; border-top: 1px solid var(--rule); }
.day:first-child h2 { padding-top: 8px; }
.post { padding: 20px 0; }
.post + .post { border-top: 1px solid var(--line); }
.when { color: var(--soft); font: 0.9375rem/1.5 var(--plain); font-variant-numeric: tabular-nums; }
.when a { display: inline-block; padding: 2px 0; color: var(--soft); text-decoration: none; }
.when a:hover { text-decoration: underline; }
.edited { font-size: 0.875rem; }
.channel .when { margin-bottom: 4px; }
.text { max-width: 65ch; }
.text > * + * { margin-top: 12px; }
.text p, .text blockquote { white-space: pre-wrap; unicode-bidi: isolate; }
.text blockquote { margin-inline: 0; padding: 2px 0; padding-inline-start: 16px; border-inline-start: 3px solid var(--glow); color: var(--soft); }
.text pre { margin-bottom: 0; padding: 12px 16px; background: var(--sheet); border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
.text :not(pre) > code { padding: 2px 4px; background: var(--sheet); border-radius: 4px; }
.text .host { color: var(--soft); font-size: 0.875em; }
.hashtag, .mention { color: var(--sun); }
.origin, .answered { margin-bottom: 8px; color: var(--soft); font: 0.9375rem/1.5 var(--plain); }
.answered { padding-inline-start: 12px; border-inline-start: 3px solid var(--line); max-width: 65ch; }
.album + .text, .files + .text, .album + .files { margin-top: 12px; }
.signature { margin-top: 8px; font-style: italic; }
.signature::before { content: "— "; }
.embedded .when { margin-bottom: 8px; }
.figures { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-top: 12px; color: var(--soft); font: 0.875rem/1.5 var(--plain); }
.reaction { padding: 2px 10px; border: 1px solid var(--line); border-radius: 16px; background: var(--sheet); }
.single { max-width: 41rem; margin: 0 auto; }
.single .post { padding: 16px 0 24px; }
.single .text { font-size: 1.1875rem; }
.single .when { margin-bottom: 12px; }
.turning { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 16px; padding-top: 24px; border-top: 1px solid var(--rule); }
.empty { padding: 32px 0; color: var(--soft); }`;

const files = `
.tile { position: relative; display: block; overflow: hidden; background: var(--sheet); border-radius: 4px; }
.tile img, .tile video { position: relative; height: auto; }
.mosaic img, .mosaic video { width: 100%; height: 100%; object-fit: cover; }
.tile .blur { position: absolute; inset: 0; width: 100%; height: 100%; }
.album { max-width: 41rem; }
.album.alone .tile { width: fit-content; max-width: 100%; }
.mosaic { display: grid; grid-template-columns: repeat(6, 1fr); gap: 4px; }
.mosaic .tile { grid-column: span 2; aspect-ratio: 1; }
.halves-2 .tile:nth-child(-n+2), .halves-3 .tile:nth-child(-n+3), .halves-4 .tile:nth-child(-n+4) { grid-column: span 3; aspect-ratio: 4 / 3; }
.mosaic.lead .tile:first-child { grid-column: span 6; aspect-ratio: 16 / 9; }
.files { display: grid; gap: 8px; max-width: 41rem; list-style: none; }
.file, .audio { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 12px; padding: 12px 16px; border: 1px solid var(--line); border-radius: 4px; background: var(--sheet); font: 1rem/1.5 var(--plain); }
.file { text-decoration: none; }
.file:hover .name { text-decoration: underline; }
.file::before { content: "↓"; font-weight: 700; }
.files .facts { margin: 0; margin-inline-start: auto; }
.audio audio { flex: 0 0 100%; width: 100%; margin-top: 8px; }`;

const lists = `
.directory h1, .notice h1 { padding: 24px 0 16px; font-size: 2.25rem; line-height: 1.12; letter-spacing: -0.015em; text-wrap: balance; }
.channels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); column-gap: 48px; list-style: none; border-top: 1px solid var(--rule); }
.channels li { padding: 20px 0; border-bottom: 1px solid var(--line); }
.channels a { display: grid; grid-template-columns: 48px 1fr; column-gap: 12px; color: var(--ink); text-decoration: none; }
.channels .avatar { grid-row: 1 / 3; }
.channels .name { font-weight: 700; line-height: 1.3; align-self: end; }
.channels a:hover .name { text-decoration: underline; }
.channels .about { display: -webkit-box; overflow: hidden; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; margin-top: 8px; font-size: 1rem; line-height: 1.5; }
.channels .facts { margin-top: 4px; }
.notice { max-width: 44rem; margin: 0 auto; padding: 32px 0; }
.notice p { margin-bottom: 24px; }
.profile { padding: 32px 0; }
.embedded main { padding: 0 16px 8px; max-width: none; }
.embedded .album, .embedded .text { max-width: none; }`;

const screens = `
@media (min-width: 40rem) {
  .bar, main, .foot { padding-inline: 32px; }
  .masthead .avatar, .profile .avatar { width: 96px; height: 96px; }
  .channel .post { display: grid; grid-template-columns: 64px minmax(0, 1fr); column-gap: 16px; }
  .channel .when { margin: 0; padding-top: 3px; }
  .channel .edited, .channel .edited time { display: block; line-height: 1.3; overflow-wrap: normal; }
}
@media (min-width: 64rem) {
  .channel { display: grid; grid-template-columns: 18rem minmax(0, 1fr); column-gap: 64px; align-items: start; }
  .masthead { position: sticky; top: 0; padding-top: 24px; max-height: 100vh; overflow-y: auto; }
  .stream { max-width: 46rem; padding-top: 16px; }
}
@media (prefers-reduced-motion: no-preference) { .button, .tile { transition: opacity 120ms; } .tile:hover { opacity: 0.94; } }
@media (prefers-contrast: more) { :root { --soft: var(--ink); --line: var(--ink); } }
@media print {
  :root { color-scheme: light; --paper: #fff; --sheet: #fff; --ink: #000; --soft: #333; --line: #bbb; --rule: #000; --sun: #000; }
  @page { margin: 18mm; }
  body { font-size: 10.5pt; line-height: 1.45; }
  .button, .turning, .feeds, .foot nav, audio, video, .blur { display: none; }
  .bar { padding: 0; }
  .bar, main, .foot { max-width: none; padding-inline: 0; }
  .channel { display: block; }
  .masthead { position: static; max-height: none; padding: 12px 0; break-after: avoid; }
  .masthead .avatar { width: 64px; height: 64px; float: inline-end; }
  .stream, .single { max-width: none; }
  .day h2 { break-after: avoid; }
  .post { break-inside: avoid-page; padding: 10px 0; }
  .album { max-width: 110mm; }
  .album.alone img { width: auto; max-height: 90mm; }
  .tile { break-inside: avoid; }
  .text a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.875em; }
  .foot { margin-top: 16px; }
}`;

export const style = [tokens, ground, heads, posts, files, lists, screens].join('\n').trimStart();
const version = createHash('sha256').update(style).digest('hex').slice(0, 16);
/** Named by its content: what a browser keeps under it never grows old. */
export const stylePath = `/pages-style/${version}.css`;
