/** Counts the steps of a search, so that it ends after the same work on every computer. */
export class Work {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  /** Takes a step, or several; false once there are none left. */
  step(steps = 1): boolean {
    if (this.#left < steps) {
      this.#left = 0;
      return false;
    }
    this.#left -= steps;
    return true;
  }

  get left(): number {
    return this.#left;
  }
}
