import { CodeBlock } from '../../code-block.tsx';
import { Plot } from '../../plot.tsx';
import type { Language } from '../look.ts';
import { Chapter, Specimen } from '../specimen.tsx';

const subscribers = [812, 830, 851, 849, 902, 968, 1010, 1022, 1090, 1144, 1171, 1198, 1220, 1240];
const views = [120, 340, 260, 0, 480, 655, 390, 210, 305, 720, 512, 433, 290, 610];
const code = `const log = await client.open('observatory');
for await (const post of log.follow()) {
  show(post.text); // 1, 2, 3, … and no gap
}`;

export function Numbers({ language }: { readonly language: Language }) {
  const day = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const number = new Intl.NumberFormat(language);
  const over = (values: readonly number[]) =>
    values.map((value, index) => ({
      label: day.format(Date.UTC(2026, 10, index + 1)),
      value,
    }));
  return (
    <Chapter title="Numbers and code">
      <Specimen title="Plot: line" stack>
        <Plot
          kind="line"
          title="Subscribers"
          points={over(subscribers)}
          fromZero={false}
          format={(value) => number.format(value)}
          columns={['Day', 'Subscribers']}
          tableLabel="Subscribers as a table"
        />
      </Specimen>
      <Specimen title="Plot: bars" stack>
        <Plot
          kind="bars"
          title="Views"
          points={over(views)}
          format={(value) => number.format(value)}
          columns={['Day', 'Views']}
          tableLabel="Views as a table"
        />
      </Specimen>
      <Specimen title="CodeBlock" stack>
        <CodeBlock label="Code" language="ts" onCopy={() => undefined} copyLabel="Copy the code">
          {code}
        </CodeBlock>
      </Specimen>
    </Chapter>
  );
}
