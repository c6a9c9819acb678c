type Policy = { createScriptURL(url: string): string };
type Policies = {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): Policy;
};

/** A script's address as a page under Trusted Types must give it. */
export function trustedWorkerUrl(address: string): string {
  const { trustedTypes } = globalThis as unknown as { readonly trustedTypes: Policies };
  const policy = trustedTypes.createPolicy('test', { createScriptURL: (url) => url });
  return policy.createScriptURL(address);
}
