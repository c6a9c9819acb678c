export { Dispatcher } from './dispatcher.ts';
export { isKnown } from './if-none-match.ts';
export { listenSentence } from './listen-error.ts';
export { RateLimiter } from './rate-limiter.ts';
export { targetOf } from './request-target.ts';
export { failureOf } from './server-frames.ts';
