export { backup } from './backup.ts';
export { restore } from './restore.ts';
export { type VerifiedBackup, verifyBackup } from './verify.ts';
