/** The live room, on both sides of the camera. */
export const live = {
}
