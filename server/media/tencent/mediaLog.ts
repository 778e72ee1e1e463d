/** Where media write for the reader at 3 a.m.; pino fits. Never a key, a signature or a signed URL. */
export interface MediaLog {
  readonly info: (fields: object, message: string) => void
  readonly warn: (fields: object, message: string) => void
}
