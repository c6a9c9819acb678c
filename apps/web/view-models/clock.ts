import { useEffect, useState } from 'react';

const minuteMs = 60_000;

/** The time, anew each minute: for "14:05" that becomes "Thu" at midnight. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minuteMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
