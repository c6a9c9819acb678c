import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { limits, RegistrationPolicy, ServerService } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import { type BoundService, bindService } from './service.ts';

const POLICIES = {
  open: RegistrationPolicy.OPEN,
  invite: RegistrationPolicy.INVITE,
  closed: RegistrationPolicy.CLOSED,
} as const;

/** What anyone may know of this server before signing in. */
export function serverInfoService(facts: {
  readonly name: string;
  readonly version: string;
  readonly registration: keyof typeof POLICIES;
  readonly maxUploadBytes: number;
  readonly runtime: Runtime;
  readonly origin: () => string;
}): BoundService {
  return bindService(ServerService, {
    getInfo: () => ({
      name: facts.name,
      version: facts.version,
      minProtocolVersion: limits.protocolVersion.min,
      maxProtocolVersion: limits.protocolVersion.max,
      registration: POLICIES[facts.registration],
      now: timestampFromMs(facts.runtime.now()),
      maxUploadBytes: facts.maxUploadBytes,
      origin: facts.origin(),
    }),
  });
}
