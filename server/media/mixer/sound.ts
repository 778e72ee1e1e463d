const MAX = 0x7FFF
const MIN = -0x8000

/** The sum of several sounds of 16 bits; what is too loud for them is cut off at their limits. */
export function mixSounds(sounds: readonly Int16Array[], length: number): Int16Array {
  const mixed = new Int16Array(length)
  for (let i = 0; i < length; i++) {
    let sum = 0
    for (const sound of sounds)
      sum += sound[i]
    mixed[i] = sum > MAX ? MAX : sum < MIN ? MIN : sum
  }
  return mixed
}
