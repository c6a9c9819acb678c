/**
 * The one Trusted Types policy of the app: scripts of this origin, made by this build. Everything
 * else that would become script or markup is refused by the browser.
 */
const policy = globalThis.trustedTypes?.createPolicy('heliogram', {
  createScriptURL: (url) => {
    if (new URL(url, location.href).origin === location.origin) return url;
    throw new TypeError('scripts come from this origin only');
  },
});

/** `url` as a script URL where the browser asks for trusted ones. */
export function scriptUrl(url: string): string {
  // Browsers without Trusted Types take the text, the others the object that stands for it.
  return (policy?.createScriptURL(url) ?? url) as string;
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): unknown };
}

declare global {
  var trustedTypes: TrustedTypes | undefined;
}
