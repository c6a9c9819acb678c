import type { ReactNode } from 'react';

interface SpecimenProps {
  readonly title: string;
  readonly children: ReactNode;
  /** A column in place of a row that wraps. */
  readonly stack?: boolean;
  readonly wide?: boolean;
}

/** A component with its states under its name. */
export function Specimen({ title, children, stack, wide }: SpecimenProps) {
  return (
    <section className="specimen" data-wide={wide || undefined}>
      <h3 className="specimen-title">{title}</h3>
      <div className="specimen-body" data-stack={stack || undefined}>
        {children}
      </div>
    </section>
  );
}

export function Chapter({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="chapter">
      <h2 className="chapter-title">{title}</h2>
      <div className="chapter-grid">{children}</div>
    </section>
  );
}
