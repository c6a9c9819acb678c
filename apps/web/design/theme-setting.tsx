import './choice.css';
import './field.css';
import './theme-setting.css';
import { useId } from 'react';
import { type TextSize, type Theme, textSizes } from './appearance.ts';

const themes: readonly Theme[] = ['system', 'light', 'dark'];

interface ThemeSettingProps {
  readonly label: string;
  readonly names: Readonly<Record<Theme, string>>;
  readonly value: Theme;
  readonly onChange: (theme: Theme) => void;
}

/** The themes as small pages to choose from. */
export function ThemeSetting({ label, names, value, onChange }: ThemeSettingProps) {
  const group = useId();
  return (
    <fieldset className="ui-theme-setting">
      <legend className="ui-radio-legend">{label}</legend>
      {themes.map((theme) => (
        <label key={theme} className="ui-theme-option">
          <span className="ui-theme-page" data-shows={theme} aria-hidden="true" />
          <span className="ui-theme-name">
            <input
              type="radio"
              className="ui-check"
              name={group}
              checked={theme === value}
              onChange={() => onChange(theme)}
            />
            {names[theme]}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface TextSizeSettingProps {
  readonly label: string;
  /** One letter in the script of the language, shown small and large. */
  readonly letter: string;
  /** The size as text, "112.5 %", formatted for the language. */
  readonly valueText: string;
  readonly value: TextSize;
  readonly onChange: (size: TextSize) => void;
}

export function TextSizeSetting(props: TextSizeSettingProps) {
  const { label, letter, valueText, value, onChange } = props;
  const id = useId();
  return (
    <div className="ui-text-size">
      <label className="ui-field-label" htmlFor={id}>
        {label}: {valueText}
      </label>
      <div className="ui-text-size-line">
        <span className="ui-text-size-small" aria-hidden="true">
          {letter}
        </span>
        <input
          id={id}
          type="range"
          min={0}
          max={textSizes.length - 1}
          step={1}
          value={textSizes.indexOf(value)}
          aria-valuetext={valueText}
          onChange={(event) => onChange(textSizes[event.currentTarget.valueAsNumber] ?? 100)}
        />
        <span className="ui-text-size-large" aria-hidden="true">
          {letter}
        </span>
      </div>
    </div>
  );
}
