import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

export interface Viewport {
  height: number;
  width: number;
  scrollTop: number;
}

/** Size and scroll position of a scrolling element, at most once a frame. */
export function useViewport(element: RefObject<HTMLElement | null>): Viewport {
  const [viewport, setViewport] = useState<Viewport>({ height: 0, width: 0, scrollTop: 0 });

  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return;
    const measure = (): void =>
      setViewport({ height: node.clientHeight, width: node.clientWidth, scrollTop: node.scrollTop });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);

  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    let frame = 0;
    const onScroll = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setViewport((old) => ({ ...old, scrollTop: node.scrollTop })));
    };
    node.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      node.removeEventListener('scroll', onScroll);
    };
  }, [element]);

  return viewport;
}
