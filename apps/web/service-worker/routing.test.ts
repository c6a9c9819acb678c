import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RequestFacts, type Route, routeOf } from './routing.ts';

const ORIGIN = 'https://hill.example';
const precached = new Set(['/', '/assets/app-1.js', '/icon-192.png', '/manifest.webmanifest']);
const id = 'ab'.repeat(16);

const route = (path: string, facts: Partial<RequestFacts> = {}): Route =>
  routeOf(
    {
      method: 'GET',
      url: new URL(path, ORIGIN).href,
      navigates: false,
      authorized: false,
      ...facts,
    },
    { origin: ORIGIN, precached },
  );

test('APP-6: the app’s own files may come from here; calls, uploads, files and public pages never', () => {
  const page = { navigates: true };
  const table: [string, Partial<RequestFacts>, Route][] = [
    ['/', page, 'page'],
    ['/?source=pwa', page, 'page'],
    ['/#c/00', page, 'page'],
    ['/assets/app-1.js', {}, 'hashed'],
    ['/assets/of-another-version-2.js', {}, 'hashed'],
    ['/icon-192.png', {}, 'shell'],
    ['/manifest.webmanifest', {}, 'shell'],
    [`/media/${id}/thumbnail`, {}, 'picture'],
    [`/media/${id}${id}/thumbnail`, {}, 'picture'],
    ['/', {}, 'network'],
    ['/@the_hill', page, 'network'],
    ['/@the_hill/12', page, 'network'],
    ['/directory', page, 'network'],
    ['/assets/app-1.js', page, 'network'],
    ['/healthz', {}, 'network'],
    ['/metrics', {}, 'network'],
    [`/media/${id}`, {}, 'network'],
    [`/media/${id}/thumbnail?x`, {}, 'network'],
    ['/media/short/thumbnail', {}, 'network'],
    [`/uploads/${id}`, { method: 'HEAD' }, 'network'],
    [`/uploads/${id}`, { method: 'PATCH' }, 'network'],
    ['/heliogram.v1.LogService/Read', { method: 'POST' }, 'network'],
    ['/heliogram.v1.LogService/Read', {}, 'network'],
    ['/service-worker.js', {}, 'network'],
    ['https://elsewhere.example/assets/app-1.js', {}, 'network'],
    ['https://elsewhere.example/', page, 'network'],
  ];
  for (const [path, facts, expected] of table) {
    assert.equal(route(path, facts), expected, `${path} ${JSON.stringify(facts)}`);
  }
});

test('APP-8: what is asked for with a secret is never kept', () => {
  const authorized = { authorized: true };
  for (const path of [`/media/${id}/thumbnail`, '/icon-192.png', '/assets/app-1.js']) {
    assert.equal(route(path, authorized), 'network', path);
  }
});
