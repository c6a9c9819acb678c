import './language-choice.css';
import { Button } from '../../design/button.tsx';
import { useLanguage } from '../../language/language.tsx';
import { languages } from '../../language/languages.ts';
import { preferences } from '../../view-models/preferences.ts';

/** The languages that are not shown now, each by its own name. */
export function LanguageChoice() {
  const { code } = useLanguage();
  const others = Object.entries(languages).filter(([each]) => each !== code);
  return (
    <div className="language-choice">
      {others.map(([each, { name }]) => (
        <Button
          key={each}
          kind="plain"
          lang={each}
          onClick={() => preferences.change({ language: each })}
        >
          {name}
        </Button>
      ))}
    </div>
  );
}
