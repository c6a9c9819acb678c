import { type ESTree, parseSync, Visitor } from 'vite';

/** One way in which a module names another. */
export interface ImportFact {
  /** As written, without a bundler's query; `undefined` when computed. */
  readonly specifier: string | undefined;
  /** Erased before it runs. */
  readonly isType: boolean;
  /** Loaded when reached: `import()`, or a worker's `new URL()`. */
  readonly isDynamic: boolean;
  /** The imported names; `*` for a namespace or all of a re-export. */
  readonly names: readonly string[];
  readonly line: number;
}

/** A name the module uses: `setTimeout`, `Date.now`, `new Date()`. */
export interface UseFact {
  readonly name: string;
  readonly line: number;
}

export interface ModuleFacts {
  readonly imports: readonly ImportFact[];
  /** Every identifier, every `object.property` of two names, and `new X()` without arguments. */
  readonly uses: readonly UseFact[];
}

type LineOf = (offset: number) => number;
type Declaration =
  | ESTree.ImportDeclaration
  | ESTree.ExportNamedDeclaration
  | ESTree.ExportAllDeclaration;

/**
 * Reads what a module imports and uses, from its syntax tree.
 * @throws Error when the text is not TypeScript.
 */
export function readModuleFacts(file: string, text: string): ModuleFacts {
  const { program, errors } = parseSync(file, text);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  const lineOf = lineCounter(text);
  return { imports: readImports(program, lineOf), uses: readUses(program, lineOf) };
}

function readImports(program: ESTree.Program, lineOf: LineOf): readonly ImportFact[] {
  const imports: ImportFact[] = [];
  const add = (node: ESTree.Span, fact: Omit<ImportFact, 'line'>): void => {
    const specifier = fact.specifier?.replace(/\?.*$/, '');
    imports.push({ ...fact, specifier, line: lineOf(node.start) });
  };
  const addDeclaration = (node: Declaration): void => {
    if (node.source) add(node, declarationFact(node, node.source.value));
  };
  new Visitor({
    ImportDeclaration: addDeclaration,
    ExportNamedDeclaration: addDeclaration,
    ExportAllDeclaration: addDeclaration,
    ImportExpression: (node) =>
      add(node, {
        specifier: literalText(node.source),
        isType: false,
        isDynamic: true,
        names: ['*'],
      }),
    TSImportType: (node) =>
      add(node, { specifier: node.source.value, isType: true, isDynamic: false, names: ['*'] }),
    NewExpression: (node) => {
      const specifier = siblingUrl(node);
      if (specifier) add(node, { specifier, isType: false, isDynamic: true, names: ['*'] });
    },
  }).visit(program);
  return imports;
}

function declarationFact(node: Declaration, specifier: string): Omit<ImportFact, 'line'> {
  const kind = node.type === 'ImportDeclaration' ? node.importKind : node.exportKind;
  return { specifier, isType: kind === 'type', isDynamic: false, names: namesOf(node) };
}

function namesOf(node: Declaration): readonly string[] {
  if (node.type === 'ExportAllDeclaration') return ['*'];
  return node.specifiers.map((specifier) => {
    if (specifier.type === 'ImportSpecifier') return exportName(specifier.imported);
    if (specifier.type === 'ExportSpecifier') return exportName(specifier.local);
    return specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*';
  });
}

function exportName(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name;
}

/** The module of `new URL('./module.ts', import.meta.url)`, as workers are named. */
function siblingUrl(node: ESTree.NewExpression): string | undefined {
  const [first, second] = node.arguments;
  const isUrl = node.callee.type === 'Identifier' && node.callee.name === 'URL';
  if (!isUrl || !first || second?.type !== 'MemberExpression') return undefined;
  const path = first.type === 'SpreadElement' ? undefined : literalText(first);
  return path && /\.tsx?$/.test(path) ? path : undefined;
}

function literalText(node: ESTree.Expression): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  const isPlain = node.type === 'TemplateLiteral' && node.expressions.length === 0;
  return isPlain ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
}

function readUses(program: ESTree.Program, lineOf: LineOf): readonly UseFact[] {
  const uses: UseFact[] = [];
  const add = (node: ESTree.Span, name: string): void => {
    uses.push({ name, line: lineOf(node.start) });
  };
  // A method that happens to be called setTimeout is somebody's own, but for globalThis.
  const properties = new Set<number>();
  new Visitor({
    Identifier: (node) => {
      if (!properties.has(node.start)) add(node, node.name);
    },
    MemberExpression: (node) => {
      const isGlobal = node.object.type === 'Identifier' && node.object.name === 'globalThis';
      if (!node.computed && !isGlobal) properties.add(node.property.start);
      if (node.object.type !== 'Identifier') return;
      const property = node.computed ? literalText(node.property) : propertyName(node.property);
      if (property) add(node, `${node.object.name}.${property}`);
    },
    NewExpression: (node) => {
      const { callee } = node;
      const isBare = node.arguments.length === 0;
      if (isBare && callee.type === 'Identifier') add(node, `new ${callee.name}()`);
    },
  }).visit(program);
  return uses;
}

function propertyName(node: ESTree.Expression | ESTree.PrivateIdentifier): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined;
}

function lineCounter(text: string): LineOf {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
