import './code-block.css';
import { IconButton } from './button.tsx';
import { CopyIcon } from './icons/conversation.tsx';

interface CodeBlockProps {
  readonly children: string;
  /** Names the box, which scrolls and so takes the focus. */
  readonly label: string;
  /** As its author named it. */
  readonly language?: string | undefined;
  /** With it a button that copies is drawn. */
  readonly onCopy?: (() => void) | undefined;
  readonly copyLabel?: string | undefined;
}

/** Code is left to right in every language. */
export function CodeBlock({ children, label, language, onCopy, copyLabel }: CodeBlockProps) {
  return (
    <div className="ui-code-block">
      {language || onCopy ? (
        <div className="ui-code-block-head">
          <bdi>{language}</bdi>
          {onCopy ? (
            <IconButton label={copyLabel ?? label} size="s" onClick={onCopy}>
              <CopyIcon size="s" />
            </IconButton>
          ) : null}
        </div>
      ) : null}
      <section
        className="ui-code-block-text focus-inside"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard.
        tabIndex={0}
      >
        <pre>
          <code>{children}</code>
        </pre>
      </section>
    </div>
  );
}
