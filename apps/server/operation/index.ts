export { ClockMark } from './clock-mark.ts';
export { ClockWatch } from './clock-watch.ts';
export { healthRoute } from './health-route.ts';
export { landingRoute } from './landing-route.ts';
export { LongestBlock } from './longest-block.ts';
export { metricsRoute } from './metrics-route.ts';
export { createLog } from './pino-log.ts';
export { createPrometheusTelemetry } from './prometheus-telemetry.ts';
