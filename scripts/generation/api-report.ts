import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { runProgram } from '../checks/check.ts';
import type { Generator } from './generator.ts';

const packageFolder = 'packages/mls';

/** What `packages/mls` offers, one report an entry point: a change of it is seen in review. */
export const apiReportGenerator: Generator = {
  name: 'API report',
  target: `${packageFolder}/api`,
  isPresent: (root) => existsSync(join(root, packageFolder, 'package.json')),
  async write(root, outputRoot) {
    const folder = mkdtempSync(join(tmpdir(), 'api-report-'));
    const target = join(outputRoot, packageFolder, 'api');
    mkdirSync(target, { recursive: true });
    try {
      const entries = entryPoints(root);
      await emitDeclarations({ root, folder, sources: [...entries.values()] });
      for (const [name, source] of entries) writeReport({ folder, target, name, source });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** The source of each entry point that package.json exports, by the name of its report. */
function entryPoints(root: string): Map<string, string> {
  const text = readFileSync(join(root, packageFolder, 'package.json'), 'utf8');
  const { exports }: { exports: Record<string, string> } = JSON.parse(text);
  const named = Object.entries(exports).map(([path, source]): [string, string] => {
    return [path === '.' ? 'mls' : path.slice('./'.length), source.slice('./src/'.length)];
  });
  return new Map(named);
}

interface Emission {
  readonly root: string;
  readonly folder: string;
  readonly sources: readonly string[];
}

async function emitDeclarations({ root, folder, sources }: Emission): Promise<void> {
  const sourceFolder = join(root, packageFolder, 'src');
  const config = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: sourceFolder,
      outDir: join(folder, 'dist'),
    },
    files: sources.map((source) => join(sourceFolder, source)),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'package.json'), '{ "name": "@heliogram/mls", "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { status, output } = await runProgram({ root, program: 'tsc', args: ['-p', folder] });
  if (status !== 0) throw new Error(`No declarations of packages/mls:\n${output}`);
}

interface ReportToWrite {
  readonly folder: string;
  readonly target: string;
  readonly name: string;
  readonly source: string;
}

function writeReport({ folder, target, name, source }: ReportToWrite): void {
  const silent = { default: { logLevel: ExtractorLogLevel.None } };
  const extractorConfig = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, 'dist', source.replace(/\.ts$/, '.d.ts')),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            lib: ['es2022'],
            types: ['node'],
            module: 'nodenext',
            moduleResolution: 'nodenext',
            allowImportingTsExtensions: true,
            noEmit: true,
            strict: true,
            skipLibCheck: true,
          },
        },
      },
      newlineKind: 'lf',
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: target,
        reportTempFolder: join(folder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  });
  const complaints: string[] = [];
  const result = Extractor.invoke(extractorConfig, {
    localBuild: true,
    messageCallback(message) {
      if (message.logLevel === ExtractorLogLevel.Error)
        complaints.push(message.formatMessageWithLocation(folder));
      message.handled = true;
    },
  });
  if (!result.succeeded) throw new Error(`No report of ${name}:\n${complaints.join('\n')}`);
}
