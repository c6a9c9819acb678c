// Runs in a window and in a worker: milliseconds for the same loop, which tells how slow each is.

function spin(): number {
  const began = performance.now();
  let x = 1;
  for (let i = 0; i < 20_000_000; i += 1) x = (x * 1_103_515_245 + 12_345) % 2_147_483_648;
  return x < 0 ? 0 : performance.now() - began;
}

Object.assign(globalThis, { spin });
