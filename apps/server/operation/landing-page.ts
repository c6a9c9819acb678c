import type { ServerConfig } from '../config/config.ts';

/** A small mirror on its stand, catching light. */
export const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">
<path d="M24 31v11M16 42h16" stroke="#7a6a45" stroke-width="3" stroke-linecap="round"/>
<circle cx="24" cy="19" r="12" fill="#fff3cf" stroke="#b7791f" stroke-width="3"/>
<path d="M18 22l9-9M23 25l7-7" stroke="#e0a21b" stroke-width="3" stroke-linecap="round"/>
<path d="M38 9l5-4M40 17h6M35 3l2-3" stroke="#e0a21b" stroke-width="2" stroke-linecap="round"/>
</svg>
`;

export const landingStyle = `
:root {
  color-scheme: light dark;
  --paper: #fdfaf2; --ink: #2a2417; --soft: #5c5340; --line: #e6dcc3; --sun: #8a5a00; --code: #f6efdd;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17150f; --ink: #f3ecda; --soft: #b9af97; --line: #3a3427; --sun: #f2bd4b; --code: #221f17;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 48px 20px 64px; max-width: 40rem;
  background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere;
}
img { display: block; width: 64px; height: 64px; }
h1 { margin: 16px 0 4px; font-size: 2rem; line-height: 1.2; }
h2 { margin: 40px 0 8px; font-size: 1.125rem; }
p { margin: 8px 0; }
.lead { color: var(--soft); font-size: 1.1875rem; }
pre {
  margin: 12px 0; padding: 12px 16px; overflow-x: auto; overflow-wrap: normal;
  background: var(--code); border: 1px solid var(--line); border-radius: 8px;
}
code { font: 0.9375rem/1.6 ui-monospace, monospace; }
a { color: var(--sun); }
pre:focus-visible, a:focus-visible { outline: 2px solid var(--sun); outline-offset: 2px; }
footer { margin-top: 48px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.9375rem; }
`;

const SIGN_UP: Readonly<Record<ServerConfig['registration']['policy'], string>> = {
  open: 'Anyone can sign up. No phone number or email needed.',
  invite: 'You need an invite code to sign up. No phone number or email needed.',
  closed:
    'This server is not accepting new accounts. You can read its public channels without one.',
};

/** The whole page. Values are text: whatever they hold is shown, never run. */
export function landingPage(facts: {
  readonly name: string;
  readonly policy: ServerConfig['registration']['policy'];
  readonly origin: string;
}): string {
  const name = escapeHtml(facts.name);
  const origin = escapeHtml(facts.origin);
  const invite = facts.policy === 'invite' ? ' --invite CODE' : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<style>${landingStyle}</style>
</head>
<body>
<main>
<img src="/mark.svg" alt="">
<h1>${name}</h1>
<p class="lead">Broadcast in the open.</p>
<p>This is a <strong>Heliogram</strong> server: people post in channels here, and subscribers get every
post immediately. ${SIGN_UP[facts.policy]}</p>

<h2>From the command line</h2>
<p>In a clone of the Heliogram repository, after <code>npm ci</code>:</p>
<pre tabindex="0"><code>npx heliogram sign-up --server ${origin} --name "Your name"${invite}
npx heliogram channel follow @username
npx heliogram read @username
npx heliogram tail @username</code></pre>

<h2>From a program</h2>
<p>Every call answers plain HTTP with JSON. This call describes the server:</p>
<pre tabindex="0"><code>curl ${origin}/heliogram.v1.ServerService/GetInfo \\
  -H 'content-type: application/json' -d '{}'</code></pre>
<p>New posts arrive over a WebSocket at <code>/connect</code>.</p>
</main>
<footer>Public channels can be read, searched and moderated. Subscriber counts are public; subscriber names are not.</footer>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
