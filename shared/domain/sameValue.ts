/** Whether two plain values (what JSON can say) are the same, whoever made them and in whatever order their keys came. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other))
    return true
  if (!isRecord(one) || !isRecord(other))
    return false
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every(key => key in other && sameValue(one[key], other[key]))
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
