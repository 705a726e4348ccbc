import { type RefObject, useEffect } from 'react';

/** Calls `close` when something outside an element is pressed, while `open`. */
export function useCloseOutside(element: RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: closing means the same at every drawing
  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent): void => {
      if (event.target instanceof Node && element.current?.contains(event.target) === false) close();
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [open]);
}
