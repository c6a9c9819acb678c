import { randomBytes } from 'node:crypto';
import type { ProcessIdentity } from '../ports.ts';

/** Names this process by its number, made unique; whether another lives is asked of the system. */
export const nodeProcess: ProcessIdentity = {
  session: `${process.pid}-${randomBytes(8).toString('hex')}`,
  isAlive: (session) => {
    const pid = Number(session.split('-')[0]);
    return Number.isSafeInteger(pid) && pid > 0 && pid !== process.pid && runs(pid);
  },
};

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, of another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
