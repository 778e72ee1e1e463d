/** Where chat writes for the reader at 3 a.m.; pino fits. Never a token, never what was said. */
export interface ChatLog {
  info: (fields: object, message: string) => void
  warn: (fields: object, message: string) => void
  error: (fields: object, message: string) => void
}
