/** `mls10`, the only protocol version there is (RFC 9420 section 6). */
export const protocolVersion = 1;
