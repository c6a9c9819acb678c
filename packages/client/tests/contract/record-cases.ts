import { same } from './assertions.ts';
import type { Check } from './check.ts';

export function recordCases(check: Check): void {
  check('records are kept by space and key', async ({ records }) => {
    await records.put('name', new Map([['k', '1']]));
    await records.put('upload', new Map([['k', '2']]));
    await records.put('name', new Map([['k', '3']]));
    same([...(await records.get('name', ['k', 'none']))], [['k', '3']]);
    const stands = await records.putIfAbsent(
      'name',
      new Map([
        ['k', 'new'],
        ['l', 'new'],
      ]),
    );
    same([...stands].sort(), [
      ['k', '3'],
      ['l', 'new'],
    ]);
    await records.delete('name', ['k']);
    same([...(await records.get('name', ['k']))], []);
    same([...(await records.get('upload', ['k']))], [['k', '2']]);
    await records.put(
      'setting',
      new Map([
        ['b', '1'],
        ['a', '2'],
      ]),
    );
    same([...(await records.all('setting'))].sort(), [
      ['a', '2'],
      ['b', '1'],
    ]);
    same([...(await records.all('name'))], [['l', 'new']]);
  });
}
