/** Sizes in bytes of the fixed fields; RFC 8032 for Ed25519, draft-connolly-cfrg-xwing-kem for X-Wing. */
export const HASH_BYTES = 32;
export const ED25519_PUBLIC_KEY_BYTES = 32;
export const ED25519_SIGNATURE_BYTES = 64;
export const X_WING_PUBLIC_KEY_BYTES = 1216;
export const X_WING_CIPHERTEXT_BYTES = 1120;
export const ACCOUNT_ID_BYTES = 32;
export const DEVICE_ID_BYTES = 16;
export const OPENER_ID_BYTES = 16;
export const LOCATOR_BYTES = 16;

/** Devices of one account that are active at the same time. */
export const MAX_ACTIVE_DEVICES = 20;
/** Statements in one device list. */
export const MAX_DEVICE_STATEMENTS = 500;
/** The last statement that may add a device, so that every device can still be revoked after it. */
export const MAX_ADDITION_SEQ = MAX_DEVICE_STATEMENTS - MAX_ACTIVE_DEVICES;
/** UTF-8 bytes of a device name. */
export const MAX_DEVICE_NAME_BYTES = 64;
/** Bytes of one encoded device statement. */
export const MAX_DEVICE_STATEMENT_BYTES = 1_600;

/** Bytes of a server challenge. */
export const MIN_CHALLENGE_BYTES = 16;
export const MAX_CHALLENGE_BYTES = 256;
/** ASCII characters of an origin. */
export const MAX_ORIGIN_BYTES = 255;

/** Leading zero bits that a proof of work may ask for. */
export const MAX_DIFFICULTY_BITS = 40;

export const MAX_OPENERS = 32;
/** Bytes of the public, kind-specific data of one opener. */
export const MAX_OPENER_DESCRIPTOR_BYTES = 512;
export const MAX_ARCHIVE_KEYS = 1_024;
/** Bytes of an encoded vault. */
export const MAX_VAULT_BYTES = 131_072;
