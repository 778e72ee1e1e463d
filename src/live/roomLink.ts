/** The web address of a room, for people: short, and good on every device. */
export const roomLink = (serverUrl: string, roomId: string): string => `${serverUrl}/r/${roomId}`
