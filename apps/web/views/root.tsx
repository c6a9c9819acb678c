import { useWatch } from '../view-models/app.tsx';

export function Root() {
  const session = useWatch('session', null);
  return <p>{session?.phase ?? 'starting'}</p>;
}
