import { useState } from 'react';
import { Chip } from '../../design/chip.tsx';
import { fill } from '../../language/fill.ts';
import { type Texts, useFormats, useTexts } from '../../language/language.tsx';
import type { ComposerModel } from '../../view-models/composer-model.ts';
import {
  localFieldValue,
  type Preset,
  readLocalField,
  schedulePresets,
} from '../../view-models/composer-schedule.ts';
import { toasts } from '../../view-models/toasts.ts';
import { DialogForm } from './dialog-form.tsx';
import { ScheduleField } from './schedule-field.tsx';

interface ScheduleDialogProps {
  readonly model: ComposerModel;
  readonly onClose: () => void;
}

/** When the post goes out: one of the times that people choose most, or any other. */
export function ScheduleDialog({ model, onClose }: ScheduleDialogProps) {
  const texts = useTexts().composer;
  const formats = useFormats();
  const [now] = useState(() => Date.now());
  const [value, setValue] = useState(() => localFieldValue(now + 3_600_000));
  const [tried, setTried] = useState(false);
  const choice = readLocalField(value, now);
  const schedule = async () => {
    setTried(true);
    if (!choice.ok) return;
    onClose();
    const done = await model.post(choice.at);
    const text = fill(texts.scheduled, formats.moment(choice.at));
    if (done) toasts.show({ text });
  };
  return (
    <DialogForm
      title={texts.scheduleTitle}
      submitLabel={texts.scheduleNow}
      onSubmit={() => {
        schedule().catch(() => undefined);
      }}
      onClose={onClose}
    >
      <div className="composer-presets">
        {schedulePresets(now).map(({ preset, at }) => (
          <Chip
            key={preset}
            pressed={value === localFieldValue(at)}
            onClick={() => setValue(localFieldValue(at))}
          >
            {presetText(preset, texts)} · {formats.brief(at, now)}
          </Chip>
        ))}
      </div>
      <ScheduleField
        value={value}
        now={now}
        onChange={setValue}
        reason={tried && !choice.ok ? choice.reason : undefined}
      />
    </DialogForm>
  );
}

function presetText(preset: Preset, texts: Texts['composer']): string {
  switch (preset) {
    case 'one-hour':
      return texts.oneHour;
    case 'this-evening':
      return texts.thisEvening;
    case 'tomorrow-morning':
      return texts.tomorrowMorning;
    case 'next-monday':
      return texts.nextMonday;
  }
}
