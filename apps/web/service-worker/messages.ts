/** From a window to the service worker. */
export type ToServiceWorker =
  /** Answered on the port with a `Version`. */
  | { readonly ask: 'version' }
  /** The waiting version takes over; its tabs stay whole. */
  | { readonly ask: 'activate' }
  /** A window has opened, in this language; empty: what the browser asks for. */
  | { readonly ask: 'opened'; readonly language: string }
  /** Pages of older versions ask so at a sign-out: pictures go. */
  | { readonly ask: 'forget' };

/** From the service worker to windows. */
export type ToWindows =
  /** Answered on the port with the page's `Version`. */
  | { readonly ask: 'version' }
  /** The browser changed the push subscription: the server must be told. */
  | { readonly tell: 'push-changed' };

export type Version = { readonly version: string };

type Post = (message: { readonly ask: 'version' }, ports: MessagePort[]) => void;

/** Asks for a version over a port of its own. A worker that is still being started answers once it runs. */
export function askVersion(post: Post): Promise<string> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Version>) => {
      port1.close();
      resolve(data.version);
    };
    post({ ask: 'version' }, [port2]);
  });
}
