import { type RunningServer, startServer } from '@heliogram/server';
import { benchConfig } from './bench-config.ts';
import { answerParent, usage } from './child.ts';

let server: RunningServer | undefined;

answerParent(async (question) => {
  if (question.ask === 'usage') return usage();
  if (question.ask === 'cpu') {
    const { user, system } = process.cpuUsage();
    return { cpuUs: user + system, userUs: user };
  }
  if (question.ask === 'listen') {
    const startedMs = performance.now();
    const { dataDirectory, port, webAppDirectory } = question;
    server = await startServer({
      ...benchConfig(String(dataDirectory), Number(port ?? 0)),
      ...(webAppDirectory === undefined ? {} : { webAppDirectory: String(webAppDirectory) }),
    });
    return {
      port: server.port,
      startedMs: performance.now() - startedMs,
      uptimeMs: performance.now(),
    };
  }
  throw new Error(`unknown question ${question.ask}`);
});

process.on('SIGTERM', () => {
  void (server?.close() ?? Promise.resolve()).then(() => process.exit(0));
});
