import { editions, frontPage } from '../../apps/server/pages/tests/front-page.ts';
import { Newsroom } from '../../apps/server/pages/tests/newsroom.ts';
import { lighthouseRows } from '../harness/lighthouse.ts';
import type { BenchResult, Row } from '../harness/report.ts';

/** Lighthouse, mobile profile, on pages with posts of every kind. */
export async function benchLighthouse(): Promise<BenchResult> {
  const room = await new Newsroom().open();
  const { photoPost, username } = await frontPage(room);
  await room.reopenWith(editions);
  const rows: Row[] = [];
  for (const path of [
    `/@${username}`,
    `/@${username}/${photoPost}`,
    '/@eveningrelay',
    '/directory',
  ]) {
    rows.push(...(await lighthouseRows(`${room.url}${path}`)));
  }
  await room.close();
  return { bench: 'pages-lighthouse', rows };
}
