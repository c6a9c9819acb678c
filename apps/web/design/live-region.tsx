import './visually-hidden.css';

interface LiveRegionProps {
  /** What is read aloud when it changes. Keep the region mounted, else the first text is not read. */
  readonly text: string;
  /** `now` interrupts: only for what cannot wait. */
  readonly urgency?: 'polite' | 'now' | undefined;
}

/** Tells people who listen what others see happening. */
export function LiveRegion({ text, urgency = 'polite' }: LiveRegionProps) {
  return (
    <div className="ui-visually-hidden" aria-live={urgency === 'now' ? 'assertive' : 'polite'}>
      {text}
    </div>
  );
}
