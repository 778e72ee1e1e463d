/** What the person should know about the network, from the last statistics. Pure. */
import type { MediaStatistics, NetworkGrade } from '@/src/live/components/media'

/** Statistics older than this say nothing about now. */
const GRADE_WINDOW_MS = 10_000
/** Bandwidth estimation needs this long after the start until its numbers mean something. */
const LOOKS_BEFORE_JUDGING = 5
const LOOKS_TO_WORSEN = 2
/** Better is believed later than worse, or the mark would flicker. */
const LOOKS_TO_IMPROVE = 4
const WARNINGS_FOR_BAD = 2

const ORDER = ['good', 'weak', 'bad'] as const
type Judged = typeof ORDER[number]

/**
 * @param statistics oldest first, about one a second; older than the window is ignored
 * @param previous the last answer: a grade moves only after several looks agree
 */
export function networkGrade(statistics: readonly MediaStatistics[], previous: NetworkGrade): NetworkGrade {
  const newest = statistics[statistics.length - 1]
  if (!newest)
    return 'unknown'
  const recent = statistics.filter(({ at }) => newest.at - at < GRADE_WINDOW_MS)
  const warnings = recent.reduce((sum, one) => sum + (one.warnings ?? 0), 0)
  if (warnings >= WARNINGS_FOR_BAD)
    return 'bad'
  const looks = recent.map(judge)
  if (previous === 'unknown')
    return looks.length < LOOKS_BEFORE_JUDGING ? 'unknown' : mildest(looks.slice(-LOOKS_TO_WORSEN))
  const worse = looks.length < LOOKS_TO_WORSEN ? previous : mildest(looks.slice(-LOOKS_TO_WORSEN))
  if (rank(worse) > rank(previous))
    return worse
  const better = looks.length < LOOKS_TO_IMPROVE ? previous : harshest(looks.slice(-LOOKS_TO_IMPROVE))
  return rank(better) < rank(previous) ? better : previous
}

/** For one connection: remembers what it needs of its statistics; each call answers whether the network is poor now. */
export function createWeakWatch(): (statistics: MediaStatistics) => boolean {
  let samples: readonly MediaStatistics[] = []
  let grade: NetworkGrade = 'unknown'
  return (statistics) => {
    samples = [...samples.filter(({ at }) => statistics.at - at < GRADE_WINDOW_MS), statistics]
    grade = networkGrade(samples, grade)
    return grade === 'weak' || grade === 'bad'
  }
}

function judge({ bitrateKbps, fps, width, capacityPercent, lossPercent = 0, rttMs = 0 }: MediaStatistics): Judged {
  // Where the network's capacity is known, few frames are the device's doing: it is slow, or the room is dark.
  const isPictureFrozen = width > 0 && fps < 12 && capacityPercent === undefined
  if (isPictureFrozen || bitrateKbps === 0 || lossPercent >= 10 || rttMs >= 800 || (capacityPercent ?? 100) < 30)
    return 'bad'
  return lossPercent >= 3 || rttMs >= 300 || (capacityPercent ?? 100) < 60 ? 'weak' : 'good'
}

const rank = (grade: NetworkGrade) => ORDER.indexOf(grade as Judged)
const mildest = (looks: readonly Judged[]) => ORDER[Math.min(...looks.map(rank))]
const harshest = (looks: readonly Judged[]) => ORDER[Math.max(...looks.map(rank))]
