import { RadioGroup } from '../../design/radio-group.tsx';
import { useTexts } from '../../language/language.tsx';
import { languages } from '../../language/languages.ts';
import { preferences, usePreferences } from '../../view-models/preferences.ts';

/** `''` cannot name a radio button in a form. */
const asBrowser = 'browser';

/** The language of this browser's windows. */
export function LanguageSettings() {
  const { settings } = useTexts();
  const { language } = usePreferences();
  return (
    <>
      <RadioGroup
        label={settings.language}
        hideLabel
        value={language === '' ? asBrowser : language}
        onChange={(chosen) => preferences.change({ language: chosen === asBrowser ? '' : chosen })}
        options={[
          { value: asBrowser, label: settings.languageBrowser },
          ...Object.entries(languages).map(([code, { name }]) => ({
            value: code,
            label: <span lang={code}>{name}</span>,
          })),
        ]}
      />
      <p className="pane-note">{settings.languageNote}</p>
    </>
  );
}
