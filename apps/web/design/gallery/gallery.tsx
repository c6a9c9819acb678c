import './gallery.css';
import { useState } from 'react';
import { textSizes } from '../appearance.ts';
import { Mark } from '../mark.tsx';
import { Select } from '../select.tsx';
import { Toasts } from '../toast.tsx';
import { ToastQueue } from '../toast-queue.ts';
import { TooltipLayer } from '../tooltip-layer.tsx';
import { Actions } from './chapters/actions.tsx';
import { Forms } from './chapters/forms.tsx';
import { Foundations } from './chapters/foundations.tsx';
import { Lists } from './chapters/lists.tsx';
import { Media } from './chapters/media.tsx';
import { Messages } from './chapters/messages.tsx';
import { Moods } from './chapters/moods.tsx';
import { Numbers } from './chapters/numbers.tsx';
import { type Look, useLook } from './look.ts';
import { samples } from './samples.ts';

/** Every component with its states. Written for those who build with them, in English alone. */
export function Gallery() {
  const [look, setLook] = useLook();
  const [toasts] = useState(() => new ToastQueue());
  const text = samples[look.language];
  return (
    <>
      <main className="gallery">
        <header className="gallery-head">
          <div className="gallery-name">
            <Mark />
            <h1>Heliogram, the design system</h1>
          </div>
          <p>Sunlight for what is public, shade for what is private, night for what is secret.</p>
        </header>
        <Settings look={look} onChange={setLook} />
        <Moods text={text} />
        <Foundations />
        <Actions toasts={toasts} />
        <Forms look={look} onChange={setLook} />
        <Lists text={text} />
        <Messages toasts={toasts} />
        <Media />
        <Numbers language={look.language} />
      </main>
      <Toasts queue={toasts} label="Notices" closeLabel={text.close} />
      <TooltipLayer />
    </>
  );
}

interface SettingsProps {
  readonly look: Look;
  readonly onChange: (change: Partial<Look>) => void;
}

function Settings({ look, onChange }: SettingsProps) {
  return (
    <search className="gallery-settings" aria-label="How the page looks">
      <Select
        label="Theme"
        options={options(['system', 'light', 'dark'])}
        value={look.theme}
        onChange={(theme) => onChange({ theme })}
      />
      <Select
        label="Mood"
        options={options(['sun', 'shade', 'night'])}
        value={look.mood}
        onChange={(mood) => onChange({ mood })}
      />
      <Select
        label="Language"
        options={[
          { value: 'en', label: 'English' },
          { value: 'ar', label: 'العربية' },
        ]}
        value={look.language}
        onChange={(language) => onChange({ language })}
      />
      <Select
        label="Text"
        options={textSizes.map((size) => ({ value: String(size), label: `${size} %` }))}
        value={String(look.textSize)}
        onChange={(text) =>
          onChange({ textSize: textSizes.find((size) => String(size) === text) ?? 100 })
        }
      />
    </search>
  );
}

function options<const Value extends string>(values: readonly Value[]) {
  return values.map((value) => ({ value, label: value }));
}
