/** What the doctor answers to programs. */
import * as v from 'valibot'
import { AREAS, STATUSES } from './Finding'

const Count = v.pipe(v.number(), v.integer(), v.minValue(0))

export const DoctorFinding = v.object({
  /** Stays the same for good. */
  id: v.string(),
  area: v.picklist(AREAS),
  status: v.picklist(STATUSES),
  title: v.string(),
  found: v.string(),
  why: v.string(),
  /** What to do; null: nothing. */
  fix: v.nullable(v.string()),
  /** A page to read. */
  doc: v.nullable(v.string()),
  variables: v.array(v.string()),
})
export type DoctorFinding = v.InferOutput<typeof DoctorFinding>

export const DoctorReport = v.object({
  /** `failed`: something has to be put right. */
  status: v.picklist(['ok', 'failed']),
  counts: v.object({ ok: Count, warning: Count, failed: Count, unknown: Count, skipped: Count }),
  findings: v.array(DoctorFinding),
})
export type DoctorReport = v.InferOutput<typeof DoctorReport>
