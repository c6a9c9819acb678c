import { type Timestamp, timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';

/** Milliseconds since the epoch; 0 for a time that was not said. */
export function msOf(timestamp: Timestamp | undefined): number {
  return timestamp ? timestampMs(timestamp) : 0;
}

/** From milliseconds since the epoch. */
export function timestampOf(ms: number): Timestamp {
  return timestampFromMs(ms);
}
