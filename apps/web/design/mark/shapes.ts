// A small round mirror that catches light, on a field of 64 units.
const flash =
  'M42.5 7c1.2 10.6 4.9 14.3 15.5 15.5-10.6 1.2-14.3 4.9-15.5 15.5-1.2-10.6-4.9-14.3-15.5-15.5 10.6-1.2 14.3-4.9 15.5-15.5z';
const mirror = `<mask id="gap">
    <path d="M0 0h64v64H0z" fill="#fff"/>
    <path d="${flash}" stroke="#000" stroke-width="3.6" stroke-linejoin="round"/>
  </mask>
  <g mask="url(#gap)">
    <circle cx="28.5" cy="36.5" r="19" fill="#2a1d02"/>
    <circle cx="28.5" cy="36.5" r="13.5" fill="#fdf3d9"/>
    <path d="M18.954 46.046a13.5 13.5 0 0 1 19.092-19.092z" fill="#f3bb45"/>
  </g>
  <path d="${flash}" fill="#fff"/>`;
const light = `<linearGradient id="light" x2="0" y2="1">
    <stop stop-color="#fcd477"/>
    <stop offset="1" stop-color="#f0a722"/>
  </linearGradient>`;

interface MarkShape {
  /** Of the field's corners, in units. */
  readonly corner: number;
  /** Of the drawing in the field: systems that mask an icon keep the middle 80 %. */
  readonly scale: number;
}

/** The mark as an SVG document. */
export function drawMark({ corner, scale }: MarkShape): string {
  const inset = 32 * (1 - scale);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <title>Heliogram</title>
  ${light}
  <rect width="64" height="64" rx="${corner}" fill="url(#light)"/>
  <g transform="translate(${inset} ${inset}) scale(${scale})">
  ${mirror}
  </g>
</svg>
`;
}

/** One colour on nothing, as systems want it beside a notice. */
export function drawBadge(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <title>Heliogram</title>
  <mask id="gap">
    <path d="M0 0h64v64H0z" fill="#fff"/>
    <path d="${flash}" stroke="#000" stroke-width="6"/>
  </mask>
  <circle cx="28.5" cy="36.5" r="18" fill="none" stroke="#fff" stroke-width="6" mask="url(#gap)"/>
  <path d="${flash}" fill="#fff"/>
</svg>
`;
}
