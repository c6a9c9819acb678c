import './banner.css';
import type { ReactNode } from 'react';
import { CheckIcon } from './icons/navigation.tsx';
import { AlertIcon, FailedIcon, InfoIcon, OfflineIcon } from './icons/state.tsx';

type BannerTone = 'info' | 'offline' | 'good' | 'warning' | 'danger';

interface BannerProps {
  readonly tone?: BannerTone | undefined;
  /** What happened. */
  readonly title: string;
  /** What is safe, and what to do. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** From edge to edge at the top of a screen, in place of a card. */
  readonly edge?: boolean | undefined;
}

/** `danger` is read aloud at once, the others when the listener is done. */
export function Banner({ tone = 'info', title, children, actions, edge }: BannerProps) {
  return (
    <div
      className="ui-banner"
      role={tone === 'danger' ? 'alert' : 'status'}
      data-tone={tone}
      data-edge={edge || undefined}
    >
      <span className="ui-banner-icon">{iconOf(tone)}</span>
      <div className="ui-banner-text">
        <p className="ui-banner-title">{title}</p>
        {children ? <div className="ui-banner-more">{children}</div> : null}
      </div>
      {actions ? <div className="ui-banner-actions">{actions}</div> : null}
    </div>
  );
}

function iconOf(tone: BannerTone): ReactNode {
  switch (tone) {
    case 'info':
      return <InfoIcon />;
    case 'offline':
      return <OfflineIcon />;
    case 'good':
      return <CheckIcon />;
    case 'warning':
      return <AlertIcon />;
    case 'danger':
      return <FailedIcon />;
  }
}
