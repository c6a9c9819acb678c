import './tooltip-layer.css';
import { useEffect, useRef } from 'react';

const restMs = 500;
const gapPx = 6;
const edgePx = 8;

/**
 * Mounted once: shows the `data-tip` of what the pointer rests on or the keyboard is at. The tip
 * repeats the name of a thing for eyes; ears have it from `aria-label`.
 */
export function TooltipLayer() {
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => (layer.current ? watchTips(layer.current) : undefined), []);
  return <div ref={layer} className="ui-tooltip" popover="manual" aria-hidden="true" />;
}

function watchTips(layer: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: Element | undefined;
  const hide = () => {
    clearTimeout(timer);
    shown = undefined;
    if (layer.matches(':popover-open')) layer.hidePopover();
  };
  const showSoon = (owner: Element, afterMs: number) => {
    hide();
    shown = owner;
    timer = setTimeout(() => show(layer, owner), afterMs);
  };
  const watch = new AbortController();
  const on = (type: keyof DocumentEventMap, act: (event: Event) => void) =>
    document.addEventListener(type, act, { signal: watch.signal, capture: true, passive: true });

  on('pointerover', (event) => {
    if (event instanceof PointerEvent && event.pointerType === 'touch') return;
    if (event.target === layer) return;
    const owner = ownerOf(event);
    if (owner) showSoon(owner, restMs);
    else hide();
  });
  on('focusin', (event) => {
    const owner = ownerOf(event);
    if (owner?.matches(':focus-visible')) showSoon(owner, 0);
    else hide();
  });
  on('keydown', (event) => {
    if (event instanceof KeyboardEvent && event.key === 'Escape') hide();
  });
  // What takes the focus is scrolled into sight: its tip goes with it.
  on('scroll', () => {
    if (shown?.matches(':focus-visible')) showSoon(shown, 0);
    else hide();
  });
  for (const type of ['pointerdown', 'focusout'] as const) on(type, hide);
  return () => {
    hide();
    watch.abort();
  };
}

function ownerOf(event: Event): Element | null {
  return event.target instanceof Element ? event.target.closest('[data-tip]') : null;
}

function show(layer: HTMLElement, owner: Element): void {
  const text = owner.getAttribute('data-tip');
  if (!text || !owner.isConnected || owner.getAttribute('aria-expanded') === 'true') return;
  layer.textContent = text;
  layer.showPopover();
  const box = owner.getBoundingClientRect();
  const half = layer.offsetWidth / 2;
  const middle = box.left + box.width / 2;
  const x = Math.min(Math.max(middle, half + edgePx), window.innerWidth - half - edgePx);
  const above = box.bottom + gapPx + layer.offsetHeight > window.innerHeight - edgePx;
  layer.toggleAttribute('data-above', above);
  layer.style.setProperty('--tip-x', `${x}px`);
  layer.style.setProperty('--tip-y', `${above ? box.top - gapPx : box.bottom + gapPx}px`);
}
