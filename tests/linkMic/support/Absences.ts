/** When somebody's socket or stream was not there. */
export class Absences {
  private readonly spells = new Map<string, { readonly from: number, to: number }[]>()

  begin(userId: string, at: number): void {
    const spells = this.spells.get(userId) ?? []
    this.spells.set(userId, spells)
    if (spells.at(-1)?.to !== Infinity)
      spells.push({ from: at, to: Infinity })
  }

  end(userId: string, at: number): void {
    const last = this.spells.get(userId)?.at(-1)
    if (last?.to === Infinity)
      last.to = at
  }

  /** For how long by then. */
  lengthAt(userId: string, at: number): number {
    return Math.max(0, ...(this.spells.get(userId) ?? []).filter(({ from, to }) => from <= at && at <= to).map(({ from }) => at - from))
  }
}
