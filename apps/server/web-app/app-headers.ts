/** React Aria writes one style element; the browser knows it by its hash. */
const REACT_ARIA_STYLE = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

/** What the app never does, its dependencies included. Names that Chromium does not know would be complained about. */
const DENIED_FEATURES = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'screen-wake-lock',
  'serial',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];
const OWN_FEATURES = ['clipboard-write', 'fullscreen', 'picture-in-picture'];

const PERMISSIONS = [
  ...DENIED_FEATURES.map((feature) => `${feature}=()`),
  ...OWN_FEATURES.map((feature) => `${feature}=(self)`),
].join(', ');

/**
 * Script of this origin only, never from text; nothing from or to anybody else; no frames either way;
 * a process of its own. Workers take their rules from their own answer, so every file carries them.
 */
export function appHeaders(origins: readonly string[]): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentPolicy(origins),
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': PERMISSIONS,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

function contentPolicy(origins: readonly string[]): string {
  // 'self' covers WebSockets in Chromium and Firefox; older Safari wants them named.
  const sockets = new Set(origins.map((origin) => origin.replace(/^http/, 'ws')));
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' ${REACT_ARIA_STYLE}`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...sockets].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types heliogram',
  ].join('; ');
}
