import { lighthouseRows } from '../harness/lighthouse.ts';
import type { BenchResult } from '../harness/report.ts';
import { AppHouse, realLines } from './app-house.ts';

const CHANNEL = 'front_channel';

/** Lighthouse, mobile profile, on what the app shows to a stranger first. */
export async function benchWebLighthouse(): Promise<BenchResult> {
  const house = await AppHouse.open();
  await house.newChannel(CHANNEL, realLines(200));
  const rows = [
    ...(await lighthouseRows(`${house.origin}/`)),
    ...(await lighthouseRows(`${house.origin}/#@${CHANNEL}`)),
  ];
  await house.close();
  return { bench: 'web-lighthouse', rows };
}
