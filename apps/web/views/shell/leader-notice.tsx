import './leader-notice.css';
import { useSyncExternalStore } from 'react';
import { Banner } from '../../design/banner.tsx';
import { useTexts } from '../../language/language.tsx';
import { useApp } from '../../view-models/app.tsx';

/** Says that the tab with the store and the connection does not respond, so this tab cannot work (WEB-19). */
export function LeaderNotice() {
  const { shell } = useTexts();
  const { bridge } = useApp();
  const responds = useSyncExternalStore(
    (changed) => bridge.onLeaderChange(changed),
    () => bridge.leaderResponds,
  );
  if (responds) return null;
  return (
    <div className="leader-notice">
      <Banner tone="warning" title={shell.otherTabStopped}>
        {shell.otherTabStoppedNote}
      </Banner>
    </div>
  );
}
