const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:(?:Headless)?Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const machines: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'Mac'],
  [/Linux|X11/, 'Linux'],
];

/** As some browsers say it of themselves, more precisely than their old line of text. */
interface Agent {
  readonly userAgent: string;
  readonly userAgentData?: { readonly brands: readonly { readonly brand: string }[] };
}

const brands: readonly (readonly [RegExp, string])[] = [
  [/Edge/, 'Edge'],
  [/Opera/, 'Opera'],
  [/Samsung/, 'Samsung Internet'],
  [/Brave/, 'Brave'],
  [/Vivaldi/, 'Vivaldi'],
  [/Chrome/, 'Chrome'],
  [/Chromium/, 'Chromium'],
];

/** What the list of devices calls this browser: `Firefox, Linux`. */
export function deviceName({ userAgent, userAgentData }: Agent): string {
  const named = userAgentData?.brands.map(({ brand }) => brand).join('\n') ?? '';
  const found = (known: readonly (readonly [RegExp, string])[], text: string) =>
    known.find(([sign]) => sign.test(text))?.[1];
  return [found(brands, named) ?? found(browsers, userAgent) ?? 'Web', found(machines, userAgent)]
    .filter((part) => part !== undefined)
    .join(', ');
}
