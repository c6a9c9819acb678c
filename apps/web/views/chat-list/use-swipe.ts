import { type MouseEvent, type PointerEvent, useRef } from 'react';

/** So far is meant; less springs back. */
const meantPx = 72;
const furthestPx = 112;
/** From here on it is a swipe and no press. */
const beginsPx = 10;

interface SwipeProps {
  readonly onToStart: () => void;
  readonly onToEnd: () => void;
}

/** A finger pulls the row inside aside; let go far enough out, something is done. */
export function useSwipe({ onToStart, onToEnd }: SwipeProps) {
  const press = useRef<{ id: number; x: number; y: number }>(undefined);
  const pulled = useRef(0);
  const settle = (box: HTMLElement) => {
    delete box.dataset['pulled'];
    const row = rowOf(box);
    row?.animate([{ translate: row.style.translate }, { translate: '0' }], {
      duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 160,
      easing: 'ease-out',
    });
    row?.style.removeProperty('translate');
    press.current = undefined;
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      pulled.current = 0;
      if (event.pointerType !== 'touch') return;
      press.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const start = press.current;
      if (start?.id !== event.pointerId) return;
      const by = event.clientX - start.x;
      if (pulled.current === 0 && Math.abs(by) < beginsPx) return;
      if (pulled.current === 0) event.currentTarget.setPointerCapture(event.pointerId);
      pulled.current = Math.max(-furthestPx, Math.min(furthestPx, by));
      event.currentTarget.dataset['pulled'] = '';
      rowOf(event.currentTarget)?.style.setProperty('translate', `${pulled.current}px`);
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (press.current?.id !== event.pointerId) return;
      const box = event.currentTarget;
      const forth = box.matches(':dir(rtl)') ? -pulled.current : pulled.current;
      settle(box);
      if (forth >= meantPx) onToEnd();
      else if (forth <= -meantPx) onToStart();
    },
    onPointerCancel: (event: PointerEvent<HTMLElement>) => settle(event.currentTarget),
    onClickCapture: (event: MouseEvent) => {
      if (pulled.current === 0) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

function rowOf(box: HTMLElement): HTMLElement | null {
  return box.querySelector<HTMLElement>('.ui-row');
}
