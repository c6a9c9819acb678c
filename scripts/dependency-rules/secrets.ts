import type { SourceGraph, SourceModule } from '../source-graph/source-graph.ts';
import { importViolation, type Rule, shippedImports, type Violation } from './rule.ts';

const mls = /^@[a-z]+\/mls(\/|$)/;
const crypto = /^@[a-z]+\/crypto(\/|$)/;
/** The one place of crypto where the engine is plugged in. */
const enginePort = /^packages\/crypto\/src\/mls-engine[/.-]/;

/** Names of what only the holder of a private key does, or of the key itself. */
const secretHandling =
  /^(sign|decrypt|unseal|decapsulate|unwrapKey|aeadOpen|openBase)((?!In|Up)[A-Z]\w*)?$|([pP]rivate|[sS]ecret)Key(?!Bytes)|^(createPrivateKey|createDecipheriv|diffieHellman|getSharedSecret|generateKeyPair|deriveKeyPair|recoveryPhrase)/;

const serverDoors: Rule = {
  id: 'SECRET-1',
  sentence: 'The server imports of mls only mls/public and of crypto only crypto/verify.',
  find: (graph) =>
    shippedImports(graph)
      .filter(({ module, edge }) => {
        const specifier = edge.specifier ?? '';
        if (module.workspace !== 'apps/server') return false;
        const isWrongMls = mls.test(specifier) && !specifier.endsWith('/mls/public');
        return isWrongMls || (crypto.test(specifier) && !specifier.endsWith('/crypto/verify'));
      })
      .map(importViolation),
};

const serverReach: Rule = {
  id: 'SECRET-2',
  sentence:
    'Nothing that the server can reach, however far, decrypts, signs or holds a private key for a member.',
  find: (graph) => reachableFromServer(graph).flatMap(secretsOf),
};

const enginePortOnly: Rule = {
  id: 'SECRET-3',
  sentence:
    'Only the MlsEngine port of crypto names the engine; clients choose a primitive provider, the server has mls/public.',
  find: (graph) =>
    shippedImports(graph)
      .filter(({ module, edge }) => {
        const specifier = edge.specifier ?? '';
        if (!mls.test(specifier) || enginePort.test(module.file)) return false;
        if (module.workspace === 'packages/client') return !/\/mls\/provider-/.test(specifier);
        return module.workspace === 'packages/crypto' || module.workspace === 'apps/web';
      })
      .map(importViolation),
};

export const secretRules: readonly Rule[] = [serverDoors, serverReach, enginePortOnly];

/** The package modules that run when the server runs: types are erased, lazy imports are not. */
function reachableFromServer(graph: SourceGraph): readonly SourceModule[] {
  const reached = new Set<string>();
  const waiting = [...graph.modules.values()]
    .filter((module) => module.workspace === 'apps/server' && !module.isTest)
    .map(({ file }) => file);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const { target, isType } of graph.modules.get(file)?.imports ?? []) {
      if (target !== undefined && !isType) waiting.push(target);
    }
  }
  const modules = [...reached].flatMap((file) => graph.modules.get(file) ?? []);
  return modules.filter(({ file }) => /^packages\/(mls|crypto|client)\//.test(file));
}

function secretsOf({ file, uses, workspace }: SourceModule): readonly Violation[] {
  if (workspace === 'packages/client') return [{ file, line: 1, found: 'the client' }];
  const found = uses.filter(({ name }) => !name.includes('.') && secretHandling.test(name));
  return found.map(({ name, line }) => ({ file, line, found: name }));
}
