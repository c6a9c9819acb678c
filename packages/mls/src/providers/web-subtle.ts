export type WebBytes = Uint8Array<ArrayBuffer>;

/** A platform's key handle: opaque here. */
export interface WebKey {
  readonly type: string;
}

/** The name of an algorithm with whatever parameters it takes. */
export interface WebAlgorithm {
  readonly name: string;
  readonly namedCurve?: string;
  readonly hash?: string;
  readonly public?: WebKey;
  readonly iv?: WebBytes;
  readonly additionalData?: WebBytes;
  readonly tagLength?: number;
}

/** The public coordinates of an exported key, in base64url; `pub` is ML-KEM's. */
export interface WebJwk {
  readonly x?: string;
  readonly y?: string;
  readonly pub?: string;
}

export type WebKeyFormat = 'raw' | 'pkcs8' | 'spki';

/**
 * What is used of `crypto.subtle`: WebCrypto, and its ML-KEM methods where they are there. An
 * interface of its own, so that this package names no platform's types.
 */
export interface WebSubtle {
  importKey(
    format: WebKeyFormat,
    data: WebBytes,
    algorithm: WebAlgorithm,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<WebKey>;
  exportKey(format: 'jwk', key: WebKey): Promise<WebJwk>;
  sign(algorithm: WebAlgorithm, key: WebKey, message: WebBytes): Promise<ArrayBuffer>;
  verify(
    algorithm: WebAlgorithm,
    key: WebKey,
    signature: WebBytes,
    message: WebBytes,
  ): Promise<boolean>;
  encrypt(algorithm: WebAlgorithm, key: WebKey, plaintext: WebBytes): Promise<ArrayBuffer>;
  decrypt(algorithm: WebAlgorithm, key: WebKey, ciphertext: WebBytes): Promise<ArrayBuffer>;
  deriveBits(algorithm: WebAlgorithm, key: WebKey, length: number): Promise<ArrayBuffer>;
  encapsulateBits?(
    algorithm: WebAlgorithm,
    key: WebKey,
  ): Promise<{ readonly sharedKey: ArrayBuffer; readonly ciphertext: ArrayBuffer }>;
  decapsulateBits?(
    algorithm: WebAlgorithm,
    key: WebKey,
    ciphertext: WebBytes,
  ): Promise<ArrayBuffer>;
}
