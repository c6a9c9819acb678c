import './button.css';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { withClass } from './class-name.ts';
import { Spinner } from './spinner.tsx';

type ButtonSize = 's' | 'm' | 'l';

interface ButtonLook {
  /** One primary button a screen. `quiet` has an outline, `plain` none. */
  readonly kind?: 'primary' | 'quiet' | 'plain' | 'danger' | undefined;
  readonly size?: ButtonSize | undefined;
  /** Before the text. */
  readonly icon?: ReactNode;
  /** As wide as what holds it. */
  readonly wide?: boolean | undefined;
}

interface ButtonProps extends ComponentProps<'button'>, ButtonLook {
  /** Under way: keeps its size and the focus, presses do nothing. */
  readonly busy?: boolean | undefined;
}

/** A native button; `type` is `button` unless told otherwise. */
export function Button(props: ButtonProps) {
  const { kind = 'quiet', size = 'm', icon, wide, busy, className, children, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      {...whileBusy(busy, rest.onClick)}
      className={withClass('ui-button', className)}
      data-kind={kind}
      data-size={size}
      data-wide={wide || undefined}
    >
      <span className="ui-button-face">
        {icon}
        {children}
      </span>
      {busy ? <Spinner size="s" /> : null}
    </button>
  );
}

/** A link that looks like a button: it goes somewhere, so it can be opened in a tab of its own. */
export function ButtonLink(props: ComponentProps<'a'> & ButtonLook) {
  const { kind = 'quiet', size = 'm', icon, wide, className, children, ...rest } = props;
  return (
    <a
      {...rest}
      className={withClass('ui-button', className)}
      data-kind={kind}
      data-size={size}
      data-wide={wide || undefined}
    >
      {icon}
      {children}
    </a>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** Its name, read aloud and shown as a tooltip. */
  readonly label: string;
  /** For a button that is on or off. */
  readonly pressed?: boolean | undefined;
  readonly size?: ButtonSize | undefined;
  readonly tone?: 'quiet' | 'primary' | 'danger' | undefined;
  readonly busy?: boolean | undefined;
}

/** A round button with an icon as its child. */
export function IconButton(props: IconButtonProps) {
  const { label, pressed, size = 'm', tone = 'quiet', busy, className, children, ...rest } = props;
  return (
    <button
      type="button"
      data-tip={label}
      {...rest}
      {...whileBusy(busy, rest.onClick)}
      className={withClass('ui-button', className)}
      aria-label={label}
      aria-pressed={pressed}
      data-kind="icon"
      data-tone={tone}
      data-size={size}
    >
      <span className="ui-button-face">{children}</span>
      {busy ? <Spinner size="s" /> : null}
    </button>
  );
}

// Not `disabled`: that would throw the focus of a keyboard user away.
function whileBusy(busy: boolean | undefined, onClick: ComponentProps<'button'>['onClick']) {
  if (!busy) return { onClick };
  return { 'aria-busy': true, 'aria-disabled': true, onClick: ignorePress };
}

function ignorePress(event: MouseEvent): void {
  event.preventDefault();
}
