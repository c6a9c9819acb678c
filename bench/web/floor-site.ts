import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a browser needs for the same posts without an app: the floor of each figure. */
export interface FloorSite {
  readonly origin: string;
  close(): Promise<void>;
}

const STYLE = `body{margin:0;font:16px/1.5 system-ui}#list{height:100vh;overflow-y:auto}
[data-seq]{padding:8px 16px;white-space:pre-wrap;overflow-wrap:anywhere}`;

/**
 * `/posts?count=N`: so many posts as plain elements in one page. `/live`: the last fifty, and more at
 * the pace of the bench, each an element at the end.
 */
export async function openFloorSite(lines: readonly string[], everyMs: number): Promise<FloorSite> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://floor');
    const count = Number(searchParams.get('count') ?? 50);
    const script = pathname === '/live' ? liveScript(lines, count, everyMs) : '';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><title>Floor</title><style>${STYLE}</style><div id="list">${lines
        .slice(0, count)
        .map((line, index) => `<div data-seq="${index + 1}">${escaped(line)}</div>`)
        .join('')}</div>${script}`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function liveScript(lines: readonly string[], from: number, everyMs: number): string {
  const texts = JSON.stringify(lines.slice(from)).replaceAll('<', '\\u003c');
  return `<script>const texts=${texts};let n=0;const list=document.getElementById('list');
function begin(){const timer=setInterval(()=>{if(n===texts.length)return clearInterval(timer);
const post=document.createElement('div');post.dataset.seq=${from}+1+n;post.textContent=texts[n++];
list.append(post);list.scrollTop=list.scrollHeight},${everyMs})}</script>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
