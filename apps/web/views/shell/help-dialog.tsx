import './help-dialog.css';
import { Fragment } from 'react';
import { Dialog } from '../../design/dialog.tsx';
import { Kbd } from '../../design/kbd.tsx';
import { type Texts, useTexts } from '../../language/language.tsx';

/** The keys that work everywhere. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const texts = useTexts();
  return (
    <Dialog open onClose={onClose} title={texts.shell.help} closeLabel={texts.app.close}>
      <dl className="help-keys">
        {shortcutsOf(texts.shell).map(({ does, keys }) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key, index) => (
                <Fragment key={key}>
                  {index > 0 ? texts.shell.or : null}
                  <bdi dir="ltr">
                    <Kbd>{key}</Kbd>
                  </bdi>
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function shortcutsOf(shell: Texts['shell']) {
  const command = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
  return [
    { does: shell.shortcutSearch, keys: [`${command}+K`] },
    { does: shell.shortcutNext, keys: ['Alt+↓'] },
    { does: shell.shortcutPrevious, keys: ['Alt+↑'] },
    { does: shell.shortcutList, keys: ['↑', '↓', 'Home', 'End'] },
    { does: shell.shortcutMenu, keys: ['≣', 'Shift+F10'] },
    { does: shell.shortcutBack, keys: ['Esc'] },
    { does: shell.shortcutHelp, keys: ['?'] },
  ];
}
