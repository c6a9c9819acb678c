import { useState } from 'react';
import type { ChannelFacts } from '../../bridge/contract/log.ts';
import type { DayView } from '../../bridge/contract/management.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { ChartIcon } from '../../design/icons/places.tsx';
import { Plot } from '../../design/plot.tsx';
import { Select } from '../../design/select.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { dayTime, everyDay, subscribersByDay } from '../../view-models/growth.ts';
import { useAnswer } from '../../view-models/task.ts';
import { useInnerLevel } from '../shell/pane.tsx';
import { Loaded } from './loaded.tsx';

const periods = ['7', '30', '90', '365'] as const;

/** How a channel grows: counts, never names. */
export function Statistics({ channel }: { readonly channel: ChannelFacts }) {
  const { management } = useTexts();
  const formats = useFormats();
  const call = useCall();
  const [period, setPeriod] = useState<(typeof periods)[number]>('30');
  const { conversationId } = channel;
  const answer = useAnswer(`${conversationId} ${period}`, () =>
    call('statistics', { conversationId, days: Number(period) }),
  );
  return (
    <div className="pane-body">
      <Select
        label={management.period}
        value={period}
        onChange={setPeriod}
        options={periods.map((days) => ({
          value: days,
          label: formats.plural(Number(days), management.days),
        }))}
      />
      <Loaded answer={answer} empty={management.statisticsNoneNote}>
        {(days) => (
          <Plots
            days={everyDay(days, Number(period), Date.now())}
            subscribers={channel.subscribers}
          />
        )}
      </Loaded>
    </div>
  );
}

interface PlotsProps {
  readonly days: readonly DayView[];
  readonly subscribers: number;
}

function Plots({ days, subscribers }: PlotsProps) {
  const level = useInnerLevel();
  const { management } = useTexts();
  const formats = useFormats();
  if (days.every((day) => day.posts + day.views + day.followed + day.left === 0)) {
    return (
      <EmptyState icon={<ChartIcon size="xl" />} title={management.statisticsNone} level={level}>
        {management.statisticsNoneNote}
      </EmptyState>
    );
  }
  const sum = (count: (day: DayView) => number) => days.reduce((all, day) => all + count(day), 0);
  const pointsOf = (values: readonly number[]) =>
    days.map((day, index) => ({
      label: dayLabel(day.day, formats.locale),
      value: values[index] ?? 0,
    }));
  const common = { format: formats.number, tableLabel: management.asTable };
  return (
    <div className="statistics-plots">
      <div>
        <Plot
          {...common}
          kind="line"
          title={management.growth}
          points={pointsOf(subscribersByDay(days, subscribers))}
          columns={[management.day, management.growth]}
          fromZero={false}
        />
        <p className="pane-note">
          {fill(
            management.followedAndLeft,
            formats.number(sum((day) => day.followed)),
            formats.number(sum((day) => day.left)),
          )}
        </p>
      </div>
      <Plot
        {...common}
        kind="bars"
        title={management.viewsByDay}
        points={pointsOf(days.map((day) => day.views))}
        columns={[management.day, management.viewsColumn]}
      />
      <Plot
        {...common}
        kind="bars"
        title={management.postsByDay}
        points={pointsOf(days.map((day) => day.posts))}
        columns={[management.day, management.postsColumn]}
      />
    </div>
  );
}

// The days are UTC's: in another zone the evening before would be shown.
function dayLabel(day: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  return format.format(dayTime(day));
}
