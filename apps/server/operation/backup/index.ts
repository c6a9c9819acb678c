export { backup } from './backup.ts';
export { restore } from './restore.ts';
export { verifyBackup } from './verify.ts';
