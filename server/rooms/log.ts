/** Where rooms write for the reader at 3 a.m.; pino fits. Never a key, a token or a signed URL. */
export interface RoomLog {
  info: (fields: object, message: string) => void
  error: (fields: object, message: string) => void
}
