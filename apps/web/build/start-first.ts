import type { HtmlTagDescriptor, Plugin } from 'vite';

/** The entry of the build that a page runs before its own script. */
const START = 'start';

/**
 * Puts the build's `start` into a page before everything else. It is asynchronous: it waits neither for
 * styles nor for the script that draws, which imports it.
 */
export function startFirst(page: string): Plugin {
  return {
    name: 'heliogram-start-first',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle, filename }) {
        if (!filename.endsWith(`/${page}`)) return [];
        if (!bundle) return [script(`/${START}.ts`)];
        const entry = Object.values(bundle).find(
          (part) => part.type === 'chunk' && part.isEntry && part.name === START,
        );
        if (!entry) throw new TypeError(`the build has no ${START}`);
        return [script(`/${entry.fileName}`)];
      },
    },
  };
}

const script = (src: string): HtmlTagDescriptor => ({
  tag: 'script',
  attrs: { type: 'module', async: true, crossorigin: true, src },
  injectTo: 'head-prepend',
});
