import { Switch } from '../../design/switch.tsx';
import { TextSizeSetting, ThemeSetting } from '../../design/theme-setting.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import { preferences, usePreferences } from '../../view-models/preferences.ts';
import { PaneGroup } from '../shell/pane.tsx';

/** Theme, text size and keys of this browser. */
export function AppearanceSettings() {
  const { settings } = useTexts();
  const formats = useFormats();
  const { theme, textSize, sendBy } = usePreferences();
  return (
    <>
      <ThemeSetting
        label={settings.theme}
        names={{
          system: settings.themeSystem,
          light: settings.themeLight,
          dark: settings.themeDark,
        }}
        value={theme}
        onChange={(chosen) => preferences.change({ theme: chosen })}
      />
      <TextSizeSetting
        label={settings.textSize}
        letter={settings.letter}
        valueText={formats.percent(textSize / 100)}
        value={textSize}
        onChange={(chosen) => preferences.change({ textSize: chosen })}
      />
      <p className="settings-sample">{settings.sample}</p>
      <PaneGroup title={settings.writing}>
        <div className="pane-card">
          <Switch
            label={settings.enterSends}
            note={settings.enterSendsNote}
            checked={sendBy === 'enter'}
            onChange={(on) => preferences.change({ sendBy: on ? 'enter' : 'ctrl-enter' })}
          />
        </div>
      </PaneGroup>
    </>
  );
}
