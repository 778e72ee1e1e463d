/** Hands out UDP ports in turn, one peer at a time: the library looks for a free one by trying, and tries would collide. */
export class UdpPorts {
  private next: number
  private queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly first: number, private readonly last: number) {
    if (!(first >= 1024 && first < last && last <= 65_535))
      throw new Error(`UDP ports ${first}-${last} are no range within 1024-65535`)
    this.next = first
  }

  /** `bind` is given the range to try from its beginning, and answers the port it took, or undefined when none was free. */
  async claim(bind: (range: [number, number]) => Promise<number | undefined>): Promise<number | undefined> {
    const turn = this.queue.then(() => bind([this.next, this.last]))
    this.queue = turn.catch(() => {})
    const port = await turn
    // At the end of the range begin again; the last port is only ever the second of a range of two.
    this.next = port === undefined || port + 1 >= this.last ? this.first : port + 1
    return port
  }
}
