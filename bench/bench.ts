/** What a file `bench/<name>.bench.ts` exports; `npm run bench [-- <name>]` runs each in a process of its own. */
export interface Bench {
  /** What the table's section is called, e.g. 'HTTP-FLV fan-out'. */
  readonly name: string
  /** Starts what it needs, measures, stops everything. Progress goes to stderr. */
  readonly run: () => Promise<BenchRow[]>
}

export interface BenchRow {
  /** What was measured and under which load, e.g. '1,000 readers at 1 Mbps: CPU of the server'. */
  readonly measure: string
  readonly value: number
  /** As it stands behind the number: 'ms', '% of a core', 'KB'. */
  readonly unit: string
  /** How good it is meant to be. A row without a target only informs. */
  readonly target?: { readonly atMost: number } | { readonly atLeast: number }
  /** The least that any program must spend on this, measured in the same run: it tells slow code from a slow machine. */
  readonly floor?: { readonly what: string, readonly value: number }
}
