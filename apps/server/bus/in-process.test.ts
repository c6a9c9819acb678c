import { createInProcessBus } from './in-process.ts';
import { busContract } from './tests/contract-suite.ts';

busContract('in process', async () => ({
  bus: createInProcessBus(),
  settled: async () => undefined,
}));
