import type { MediaProblem, MediaProblemCode } from '@/src/live/components/media'

/** Camera and microphone: what the person or the system withholds, and no address and no waiting can give. */
export const DEVICE_PROBLEMS: readonly MediaProblemCode[] = ['CAMERA_DENIED', 'MICROPHONE_DENIED', 'NO_CAMERA', 'NO_MICROPHONE', 'DEVICE_BUSY']

export const isOfDevice = ({ code }: MediaProblem): boolean => DEVICE_PROBLEMS.includes(code)
