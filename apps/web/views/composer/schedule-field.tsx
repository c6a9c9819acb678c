import { TextField } from '../../design/text-field.tsx';
import { fill } from '../../language/fill.ts';
import { type Texts, useFormats, useTexts } from '../../language/language.tsx';
import { localFieldValue, maxAheadMs } from '../../view-models/composer-schedule.ts';

type Reason = 'missing' | 'past' | 'far';

interface ScheduleFieldProps {
  /** Of a `datetime-local` field. */
  readonly value: string;
  readonly now: number;
  readonly onChange: (value: string) => void;
  /** Why this time cannot be taken. */
  readonly reason: Reason | undefined;
}

/** Day and time in the writer's own zone, which is named. */
export function ScheduleField({ value, now, onChange, reason }: ScheduleFieldProps) {
  const texts = useTexts().composer;
  const formats = useFormats();
  return (
    <TextField
      label={texts.scheduleAt}
      note={fill(texts.scheduleZone, zoneName(formats.locale))}
      type="datetime-local"
      min={localFieldValue(now)}
      max={localFieldValue(now + maxAheadMs)}
      value={value}
      onChange={onChange}
      {...(reason && { error: reasonText(reason, texts) })}
    />
  );
}

function reasonText(reason: Reason, texts: Texts['composer']): string {
  switch (reason) {
    case 'missing':
      return texts.scheduleMissing;
    case 'past':
      return texts.schedulePast;
    case 'far':
      return texts.scheduleFar;
  }
}

function zoneName(locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'long' }).formatToParts();
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}
