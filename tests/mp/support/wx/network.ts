/** Whether the phone has a network, and what is open on it. */
export interface Network {
  isUp: boolean
  sockets: number
  /** Ends of requests and sockets that are busy. */
  readonly open: Set<() => void>
}

export const createNetwork = (): Network => ({ isUp: true, sockets: 0, open: new Set() })

export function hangUp({ open }: Network): void {
  open.forEach(end => end())
}
