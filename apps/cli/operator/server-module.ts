/** Parts of the server program, loaded only by the commands that need them: all others start fast. */
export const loadServer = () => import('@heliogram/server');
export const loadOperator = () => import('../../server/operator.ts');
