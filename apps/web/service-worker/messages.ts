/** From a window to the service worker. */
export type ToServiceWorker =
  /** Answered on the port with a `Version`. */
  | { readonly ask: 'version' }
  /** The waiting version takes over; its tabs stay whole. */
  | { readonly ask: 'activate' }
  /** A window has opened, in this language; empty: what the browser asks for. */
  | { readonly ask: 'opened'; readonly language: string }
  /** Somebody signed out: pictures go. */
  | { readonly ask: 'forget' };

/** From the service worker to windows. */
export type ToWindows =
  /** Answered on the port with the page's `Version`. */
  | { readonly ask: 'version' }
  /** The browser changed the push subscription: the server must be told. */
  | { readonly tell: 'push-changed' };

export type Version = { readonly version: string };

const ANSWER_WITHIN_MS = 2_000;

/** Asks for a version over a port of its own; undefined when nobody answers. */
export function askVersion(
  post: (message: { readonly ask: 'version' }, ports: MessagePort[]) => void,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const done = (version: string | undefined) => {
      port1.close();
      resolve(version);
    };
    const timer = setTimeout(done, ANSWER_WITHIN_MS, undefined);
    port1.onmessage = ({ data }: MessageEvent<Version>) => {
      clearTimeout(timer);
      done(data.version);
    };
    post({ ask: 'version' }, [port2]);
  });
}
