/**
 * What a camera reads to come into a room: the fields of a QR code (light edge included, true for dark); and where a picture may
 * stand in their place, as WeChat's own mini-program codes do, its address. It may not be there.
 */
export type RoomCode = (roomId: string) => Promise<{ readonly fields: readonly (readonly boolean[])[], readonly picture?: string }>
