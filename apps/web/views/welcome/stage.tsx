import './stage.css';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '../../design/button.tsx';
import { BackIcon } from '../../design/icons/navigation.tsx';
import { useTexts } from '../../language/language.tsx';
import { LanguageChoice } from './language-choice.tsx';

interface StageProps {
  readonly title: string;
  readonly note?: ReactNode;
  /** Absent where there is no way back. */
  readonly onBack?: (() => void) | undefined;
  readonly wide?: boolean | undefined;
  readonly children: ReactNode;
}

/** A screen of the first minute: one thing at a time. A new title takes the focus and is read. */
export function Stage({ title, note, onBack, wide, children }: StageProps) {
  const { app } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another step.
  useEffect(() => heading.current?.focus(), [title]);
  return (
    <div className="stage" data-mood="sun">
      <header className="stage-bar">
        {onBack ? (
          <IconButton label={app.back} onClick={onBack}>
            <BackIcon />
          </IconButton>
        ) : null}
        <span className="stage-brand">
          <img src="/mark.svg" alt="" width="28" height="28" />
          {app.name}
        </span>
        <LanguageChoice />
      </header>
      <main className="stage-main">
        <div className="stage-body" data-wide={wide || undefined}>
          <div className="stage-head">
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
            {note ? <p>{note}</p> : null}
          </div>
          {children}
        </div>
      </main>
    </div>
  );
}
