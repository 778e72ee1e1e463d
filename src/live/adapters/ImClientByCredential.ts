/** The chat that a session's credential is for: our own hub or Tencent IM. Which one it is shows with the first login. */
import type { ImCredential } from '@/shared/protocol/rest'
import type { ImClient, ImEvents, ImJoined, ImState } from '@/src/ports/ImClient'

export function createImClientByCredential(clients: Readonly<Record<ImCredential['kind'], ImClient>>): ImClient {
  return new ImClientByCredential(clients)
}

class ImClientByCredential implements ImClient {
  private chosen: ImClient

  constructor(private readonly clients: Readonly<Record<ImCredential['kind'], ImClient>>) {
    this.chosen = clients.embedded
  }

  get state(): ImState {
    return this.chosen.state
  }

  login(credential: ImCredential, token: string): void {
    const client = this.clients[credential.kind]
    if (client !== this.chosen)
      this.chosen.logout()
    this.chosen = client
    client.login(credential, token)
  }

  logout(): void {
    this.chosen.logout()
  }

  retryNow(): void {
    this.chosen.retryNow()
  }

  join(roomId: string): Promise<ImJoined> {
    return this.chosen.join(roomId)
  }

  leave(): void {
    this.chosen.leave()
  }

  sendText(text: string): Promise<string> {
    return this.chosen.sendText(text)
  }

  /** Only who is logged in has something to tell. */
  listen(events: Partial<ImEvents>): () => void {
    const stops = [...new Set(Object.values(this.clients))].map(client => client.listen(events))
    return () => stops.forEach(stop => stop())
  }
}
