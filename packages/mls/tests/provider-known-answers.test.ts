import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256 } from '@noble/hashes/sha2.js';
import {
  type CryptoProvider,
  MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_ED25519 as chachaId,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519 as hybridId,
  MLS_128_DHKEMP256_AES128GCM_SHA256_P256 as p256Id,
  type SuiteCrypto,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519 as x25519Id,
} from '../src/crypto-provider.ts';
import { concat, fromHex } from '../src/providers/bytes.ts';
import { hkdfOver } from '../src/providers/hkdf.ts';
import { Hpke } from '../src/providers/hpke.ts';
import { MlKem768X25519 } from '../src/providers/mlkem768-x25519.ts';
import { createNobleProvider, noblePlatform } from '../src/providers/noble.ts';
import { createNodeProvider } from '../src/providers/node.ts';
import { createWebProvider } from '../src/providers/web.ts';
import { RandomSource } from '../src/random-source.ts';
import { hex } from './conformance/case.ts';

const providers: readonly CryptoProvider[] = [
  createNobleProvider(),
  createNodeProvider(),
  await createWebProvider(crypto.subtle),
];

/** Answers with these bytes, one piece after another, and with nothing else. */
function scripted(...pieces: readonly Uint8Array[]): RandomSource {
  const bytes = concat(...pieces);
  let at = 0;
  const fill = (length: number) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  return new RandomSource(fill, { reproducible: true });
}

const ode = fromHex('4f6465206f6e2061204772656369616e2055726e');
const beauty = fromHex('4265617574792069732074727574682c20747275746820626561757479');
const count0 = fromHex('436f756e742d30');
const nothing = new Uint8Array(0);

interface HpkeVector {
  readonly name: string;
  readonly suiteId: number;
  readonly inputKey?: string;
  readonly privateKey: string;
  readonly publicKey?: string;
  /** What the sender draws: the ephemeral key of X25519, the input key of P-256. */
  readonly random?: string;
  readonly kemOutput: string;
  readonly ciphertext: string;
  readonly exported?: string;
}

const rfc9180: readonly HpkeVector[] = [
  {
    name: 'RFC 9180 A.1.1, X25519 and AES-128-GCM',
    suiteId: x25519Id,
    inputKey: '6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037',
    privateKey: '4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8',
    publicKey: '3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d',
    random: '52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736',
    kemOutput: '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431',
    ciphertext:
      'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a',
    exported: '3853fe2b4035195a573ffc53856e77058e15d9ea064de3e59f4961d0095250ee',
  },
  {
    name: 'RFC 9180 A.2.1, X25519 and ChaCha20-Poly1305',
    suiteId: chachaId,
    privateKey: '8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb',
    kemOutput: '1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a',
    ciphertext:
      '1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28',
  },
  {
    name: 'RFC 9180 A.3.1, P-256 and AES-128-GCM',
    suiteId: p256Id,
    inputKey: '668b37171f1072f3cf12ea8a236a45df23fc13b82af3609ad1e354f6ef817550',
    privateKey: 'f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2',
    publicKey:
      '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
    random: '4270e54ffd08d79d5928020af4686d8f6b7d35dbe470265f1f5aa22816ce860e',
    kemOutput:
      '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
    ciphertext:
      '5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434',
    exported: '5e9bc3d236e1911d95e65b576a8a86d478fb827e8bdfe77b741b289890490d4d',
  },
];

async function checkHpke(suite: SuiteCrypto, vector: HpkeVector): Promise<void> {
  const privateKey = fromHex(vector.privateKey);
  const publicKey = await suite.kemPublicKey(privateKey);
  const keyPair = { publicKey, privateKey };
  const kemOutput = fromHex(vector.kemOutput);
  const ciphertext = fromHex(vector.ciphertext);
  const opening = { keyPair, kemOutput, ciphertext, info: ode, aad: count0 };
  assert.deepEqual(await suite.openBase(opening), beauty);
  if (vector.publicKey) assert.equal(hex(publicKey), vector.publicKey);
  if (vector.inputKey) {
    assert.deepEqual(await suite.deriveKeyPair(fromHex(vector.inputKey)), keyPair);
  }
  const exporting = { info: ode, exporterContext: nothing, length: 32 };
  if (vector.exported) {
    const secret = await suite.exportBaseReceiver({ ...exporting, keyPair, kemOutput });
    assert.equal(hex(secret), vector.exported);
  }
  if (vector.random) {
    const sealing = { publicKey, info: ode, aad: count0, plaintext: beauty };
    const sealed = await suite.sealBase(sealing, scripted(fromHex(vector.random)));
    assert.deepEqual(sealed, { kemOutput, ciphertext });
  }
}

for (const vector of rfc9180) {
  test(vector.name, async () => {
    for (const provider of providers) await checkHpke(provider.suite(vector.suiteId), vector);
  });
}

/** draft-connolly-cfrg-xwing-kem appendix C; of long values the SHA-256. */
const xWing = [
  {
    seed: '7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26',
    random:
      '3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2',
    shared: 'd2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384',
    publicKeyDigest: '2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb',
    kemOutputDigest: '17cd532d657e44c897ca6583e548a5424fc70bf54f99515a4d2bcf99e3469f33',
  },
  {
    seed: 'badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea',
    random:
      '17cda7cfad765f5623474d368ccca8af0007cd9f5e4c849f167a580b14aabdefaee7eef47cb0fca9767be1fda69419dfb927e9df07348b196691abaeb580b32d',
    shared: 'f2e86241c64d60f6649fbc6c5b7d17180b780a3f34355e64a85749949c45f150',
    publicKeyDigest: 'c42ba5f8430d7d2c83739338203819f090e8303ce9c8b02107c272bfa5376916',
    kemOutputDigest: '1661ea86d608a1924ba30840cb0a65f13ae051e3aec9cf0f064efc0bc92f2154',
  },
];

const hybridKem = new MlKem768X25519(noblePlatform);

for (const [index, vector] of xWing.entries()) {
  test(`X-Wing draft vector ${index + 1}`, async () => {
    const privateKey = fromHex(vector.seed);
    for (const provider of providers) {
      const publicKey = await provider.suite(hybridId).kemPublicKey(privateKey);
      assert.equal(hex(sha256(publicKey)), vector.publicKeyDigest);
    }
    const publicKey = await hybridKem.publicKey(privateKey);
    const sent = await hybridKem.encapsulate(publicKey, scripted(fromHex(vector.random)));
    assert.equal(hex(sha256(sent.kemOutput)), vector.kemOutputDigest);
    assert.equal(hex(sent.shared), vector.shared);
    const received = await hybridKem.decapsulate(sent.kemOutput, { publicKey, privateKey });
    assert.equal(hex(received), vector.shared);
  });
}

/** draft-ietf-hpke-pq: MLKEM768-X25519, HKDF-SHA256, ChaCha20-Poly1305. */
test('HPKE vector of MLKEM768-X25519 in draft-ietf-hpke-pq', async () => {
  const keyPair = await hybridKem.deriveKeyPair(
    fromHex('b86e76a59fabfc87b30cd7b1f7aaa28a834eb64e7a261c197b9a842893fbce56'),
  );
  assert.equal(
    hex(keyPair.privateKey),
    '3ec47fa82dd5689d27c6190e724c74ec8f608df3331ce331929e37b829676630',
  );
  assert.equal(
    hex(sha256(keyPair.publicKey)),
    'ad8aaf3f00d8a39bfeec2947a7d5dde68be08bba19bd301a348a45dc5fcc8341',
  );
  const hpke = new Hpke({
    suite: createNobleProvider().suite(chachaId).suite,
    platform: noblePlatform,
    kem: hybridKem,
    hkdf: hkdfOver({ hashLength: 32, blockLength: 64, hash: sha256 }),
  });
  const sealed = await hpke.seal(
    {
      publicKey: keyPair.publicKey,
      info: fromHex(
        '34663634363532303666366532303631323034373732363536333639363136653230353537323665',
      ),
      aad: count0,
      plaintext: fromHex(
        '34323635363137353734373932303639373332303734373237353734363832633230373437323735373436383230363236353631373537343739',
      ),
    },
    scripted(
      fromHex(
        '2a1c0a3745fe8a48fb62034d300f54dfe1974a5b2e169e580a8789cb1cf5fd190fc00f3fd899594e01a8b15334b9f3fa03d8de44da86e19f5776850fb689e6c8',
      ),
    ),
  );
  assert.equal(
    hex(sha256(sealed.kemOutput)),
    '95c0a5fca31ea59f29bbc66255ad6637b5a476b3212886af11afdc8930aeb772',
  );
  assert.equal(
    hex(sealed.ciphertext),
    'c5c591f99092d5e38df0a52699af249c66f8275a863423c076de8147a53e65cc584041c963b77a7e59ea93841b1339b5efda8909b71f74bb0073ad62e899de310c1566dea2fd29eba377',
  );
  const exported = await hpke.exportReceiver({
    keyPair,
    kemOutput: sealed.kemOutput,
    info: fromHex(
      '34663634363532303666366532303631323034373732363536333639363136653230353537323665',
    ),
    exporterContext: fromHex('70736575646f72616e646f6d30'),
    length: 32,
  });
  assert.equal(hex(exported), '5a78d37f40e078c17ef43fa40963f1ff7dcdee56e366da9099dc181c3eccaee5');
});

/** RFC 5869 A.1 and A.2: HKDF with SHA-256, short and over several blocks. */
test('RFC 5869 vectors of HKDF', () => {
  const counting = (from: number, to: number) =>
    Uint8Array.from({ length: to - from + 1 }, (_, at) => from + at);
  for (const provider of providers) {
    const suite = provider.suite(x25519Id);
    const short = suite.hkdfExtract(counting(0, 12), new Uint8Array(22).fill(0x0b));
    assert.equal(
      hex(suite.hkdfExpand(short, counting(0xf0, 0xf9), 42)),
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
    const long = suite.hkdfExtract(counting(0x60, 0xaf), counting(0, 0x4f));
    assert.equal(
      hex(suite.hkdfExpand(long, counting(0xb0, 0xff), 82)),
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
    );
  }
});
