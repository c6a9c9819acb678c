import {
  type CipherSuite,
  type CipherSuiteId,
  MLS_128_DHKEMP256_AES128GCM_SHA256_P256,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519,
  MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_ED25519,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519,
} from '../crypto-provider.ts';

const ed25519 = {
  signature: 'ed25519',
  signaturePublicKeyLength: 32,
  signaturePrivateKeyLength: 32,
  signatureMaxLength: 64,
} as const;

const ecdsaP256 = {
  signature: 'ecdsa-p256-sha256',
  signaturePublicKeyLength: 65,
  signaturePrivateKeyLength: 32,
  signatureMaxLength: 72,
} as const;

const x25519 = {
  kem: 'dhkem-x25519',
  kemOutputLength: 32,
  kemPublicKeyLength: 32,
  kemPrivateKeyLength: 32,
} as const;

const p256 = {
  kem: 'dhkem-p256',
  kemOutputLength: 65,
  kemPublicKeyLength: 65,
  kemPrivateKeyLength: 32,
} as const;

const mlkem768X25519 = {
  kem: 'mlkem768-x25519',
  kemOutputLength: 1120,
  kemPublicKeyLength: 1216,
  kemPrivateKeyLength: 32,
} as const;

const sha256 = { hash: 'sha256', hashLength: 32 } as const;
const sha384 = { hash: 'sha384', hashLength: 48 } as const;

const aes128Gcm = {
  aead: 'aes-128-gcm',
  aeadKeyLength: 16,
  aeadNonceLength: 12,
  aeadTagLength: 16,
} as const;
const aes256Gcm = { ...aes128Gcm, aead: 'aes-256-gcm', aeadKeyLength: 32 } as const;
const chacha20Poly1305 = { ...aes128Gcm, aead: 'chacha20-poly1305', aeadKeyLength: 32 } as const;

/** Every suite this package speaks, by ascending id (RFC 9420 section 17.1, and the hybrid one). */
export const cipherSuites: readonly CipherSuite[] = [
  {
    id: MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519,
    name: 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519',
    ...x25519,
    ...sha256,
    ...aes128Gcm,
    ...ed25519,
  },
  {
    id: MLS_128_DHKEMP256_AES128GCM_SHA256_P256,
    name: 'MLS_128_DHKEMP256_AES128GCM_SHA256_P256',
    ...p256,
    ...sha256,
    ...aes128Gcm,
    ...ecdsaP256,
  },
  {
    id: MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_ED25519,
    name: 'MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519',
    ...x25519,
    ...sha256,
    ...chacha20Poly1305,
    ...ed25519,
  },
  {
    id: MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519,
    name: 'MLS_128_MLKEM768X25519_AES256GCM_SHA384_Ed25519',
    ...mlkem768X25519,
    ...sha384,
    ...aes256Gcm,
    ...ed25519,
  },
];

export const cipherSuiteIds: readonly CipherSuiteId[] = cipherSuites.map((suite) => suite.id);
