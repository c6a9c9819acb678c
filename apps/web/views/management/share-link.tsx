import './share-link.css';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { CopyIcon, ShareIcon } from '../../design/icons/conversation.tsx';
import { QrIcon } from '../../design/icons/places.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { copyText } from '../../view-models/copying.ts';

const QrCode = lazy(async () => ({ default: (await import('../../design/qr-code.tsx')).QrCode }));

interface ShareLinkProps {
  readonly link: string;
  readonly title: string;
}

/** A link to give to others: to copy, to scan, to share. */
export function ShareLink({ link, title }: ShareLinkProps) {
  const { app, management } = useTexts();
  const [qr, setQr] = useState(false);
  const said = { done: management.linkCopied, refused: management.notCopied };
  return (
    <div className="share-link">
      <p className="share-link-text" dir="ltr">
        {link}
      </p>
      <div className="share-link-buttons">
        <Button icon={<CopyIcon />} onClick={() => copyText(link, said)}>
          {management.copyLink}
        </Button>
        <Button icon={<QrIcon />} onClick={() => setQr(true)}>
          {management.showQr}
        </Button>
        {'share' in navigator ? (
          <Button
            icon={<ShareIcon />}
            onClick={() => {
              // Whoever closes the sheet of the system has changed their mind.
              navigator.share({ title, url: link }).catch(() => undefined);
            }}
          >
            {management.share}
          </Button>
        ) : null}
      </div>
      <Dialog open={qr} onClose={() => setQr(false)} title={title} closeLabel={app.close} size="s">
        <div className="share-qr">
          <Suspense>
            <QrCode text={link} label={fill(management.qr, title)} />
          </Suspense>
          <p>{management.qrNote}</p>
          <p className="share-link-text" dir="ltr">
            {link}
          </p>
        </div>
      </Dialog>
    </div>
  );
}
