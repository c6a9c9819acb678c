import './pane.css';
import { createContext, type ReactNode, use } from 'react';
import { IconButton } from '../../design/button.tsx';
import { BackIcon, CloseIcon } from '../../design/icons/navigation.tsx';
import { useTexts } from '../../language/language.tsx';
import { goBack } from '../../view-models/way-back.ts';

interface PaneProps {
  readonly title: string;
  /** `back` where it covers what was before, `close` where it stands beside it. */
  readonly leave?: 'back' | 'close' | undefined;
  readonly onLeave?: (() => void) | undefined;
  /** At the end of the bar. */
  readonly actions?: ReactNode;
  /** The level of its heading. */
  readonly level?: 1 | 2 | undefined;
  readonly children: ReactNode;
}

const PaneLevel = createContext<1 | 2>(1);

/** The level of headings inside of a pane. */
export function useInnerLevel(): 2 | 3 {
  return use(PaneLevel) === 1 ? 2 : 3;
}

/** A screen of its own: a bar with its title, what scrolls beneath. */
export function Pane(props: PaneProps) {
  const { title, leave, onLeave = goBack, actions, level = 1, children } = props;
  const { app } = useTexts();
  const Heading = `h${level}` as const;
  return (
    <div className="pane">
      <header className="pane-bar">
        {leave ? (
          <IconButton label={leave === 'back' ? app.back : app.close} onClick={onLeave}>
            {leave === 'back' ? <BackIcon /> : <CloseIcon />}
          </IconButton>
        ) : null}
        <Heading className="pane-title" dir="auto">
          {title}
        </Heading>
        {actions}
      </header>
      <PaneLevel value={level}>
        <div className="pane-scroll">{children}</div>
      </PaneLevel>
    </div>
  );
}

/** Several fields or rows under a heading. */
export function PaneGroup(props: {
  readonly title?: string | undefined;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}) {
  const { title, note, children } = props;
  const Heading = `h${useInnerLevel()}` as const;
  return (
    <section className="pane-group" aria-label={title}>
      {title ? <Heading>{title}</Heading> : null}
      {children}
      {note ? <p className="pane-note">{note}</p> : null}
    </section>
  );
}
