import './chip.css';
import type { ComponentProps, ReactNode } from 'react';
import { withClass } from './class-name.ts';
import { CloseIcon } from './icons/navigation.tsx';

interface ChipProps extends ComponentProps<'button'> {
  /** On or off: a filter, my reaction. */
  readonly pressed?: boolean | undefined;
  readonly size?: 's' | 'm' | undefined;
  readonly icon?: ReactNode;
}

/** A small choice in a row of such: a filter, a reaction with its count. */
export function Chip({ pressed, size = 'm', icon, className, children, ...rest }: ChipProps) {
  return (
    <button
      type="button"
      {...rest}
      className={withClass('ui-chip', className)}
      data-size={size}
      aria-pressed={pressed}
    >
      {icon}
      {children}
    </button>
  );
}

interface RemovableChipProps {
  readonly children: ReactNode;
  /** "Remove Amal". */
  readonly removeLabel: string;
  readonly onRemove: () => void;
  readonly icon?: ReactNode;
}

/** Something chosen that can be taken away again. */
export function RemovableChip({ children, removeLabel, onRemove, icon }: RemovableChipProps) {
  return (
    <span className="ui-chip">
      {icon}
      {children}
      <button
        type="button"
        className="ui-chip-remove"
        aria-label={removeLabel}
        data-tip={removeLabel}
        onClick={onRemove}
      >
        <CloseIcon size="s" />
      </button>
    </span>
  );
}
