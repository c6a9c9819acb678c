import { busContract } from './contract-suite.ts';
import { createInProcessBus } from './in-process.ts';

busContract('in process', async () => ({
  bus: createInProcessBus(),
  settled: async () => undefined,
}));
