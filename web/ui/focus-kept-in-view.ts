import { type RefObject, useEffect } from 'react';

/**
 * What has the focus stays in view while things above it come and go: the browser scrolls to what gets the focus, but
 * not again when it is pushed under the edge, or under what sticks there (WCAG 2.4.11). Its `scroll-margin` says how
 * much of the edge is covered. Who has scrolled away from it is left where they are.
 */
export function useFocusKeptInView(room: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = room.current;
    if (!element) return;
    let inView = false;
    const look = () => {
      const at = focusedIn(element)?.getBoundingClientRect();
      inView = at !== undefined && at.bottom > 0 && at.top < innerHeight;
    };
    const watch = new ResizeObserver(() => {
      if (inView) focusedIn(element)?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      look();
    });
    watch.observe(element);
    element.addEventListener('focusin', look);
    addEventListener('scroll', look, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('focusin', look);
      removeEventListener('scroll', look);
    };
  }, [room]);
}

const focusedIn = (room: HTMLElement): Element | null => {
  const { activeElement } = document;
  return activeElement && room.contains(activeElement) ? activeElement : null;
};
