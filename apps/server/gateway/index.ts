export { Dispatcher } from './dispatcher.ts';
export { RateLimiter } from './rate-limiter.ts';
export { failureOf } from './server-frames.ts';
