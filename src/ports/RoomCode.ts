/**
 * What a camera reads to come into a room: the fields of a QR code (light edge included, true for dark), or the address of a
 * picture, as WeChat's own mini-program codes are.
 */
export type RoomCode = (roomId: string) => Promise<{ readonly fields: readonly (readonly boolean[])[] } | { readonly picture: string }>
