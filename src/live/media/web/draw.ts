/** Draws one frame of a picture that we make ourselves. `at` in unix milliseconds. */
export type Draw = (pen: CanvasRenderingContext2D, size: { width: number, height: number }, at: number) => void
