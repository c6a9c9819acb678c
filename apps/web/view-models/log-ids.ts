/** An id that makes repeating a command harmless: 16 bytes in hex, laid out by time as append ids are. */
export function newActionId(): string {
  const [time, random] = [Date.now().toString(16).padStart(12, '0'), new Uint8Array(10)];
  crypto.getRandomValues(random);
  random[0] = 0x70 | ((random[0] ?? 0) & 0x0f);
  random[2] = 0x80 | ((random[2] ?? 0) & 0x3f);
  return time + Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
