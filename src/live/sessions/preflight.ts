/**
 * Before somebody goes on the mic: may we use the devices? It looks without asking; what has to be asked is explained first,
 * and what was refused needs the settings.
 */
import type { Medium } from '@/shared/domain/linkMic'
import type { DeviceAccess, Permission } from '@/src/ports/DeviceAccess'
import type { PrivacyGuide } from '@/src/ports/PrivacyGuide'
import type { Simulator } from '@/src/ports/Simulator'
import { Observable } from './Observable'

export type Device = 'camera' | 'microphone'

/**
 * `agreeing`: WeChat wants agreement to the privacy guide of this name before anything else; `refused`: it was not given. `noTags`: WeChat gives this
 * mini-program no live tags. `insecure`: the page needs https.
 * `asking`: nobody has been asked for the device yet, say why it is needed first. `denied` needs the settings. `missing`:
 * there is none, or another program uses it.
 */
export type Preflight
  = | { readonly status: 'none' }
    | { readonly status: 'checking', readonly medium: Medium }
    | { readonly status: 'agreeing', readonly medium: Medium, readonly guide: string }
    | { readonly status: 'refused' | 'noTags' | 'insecure', readonly medium: Medium }
    | { readonly status: 'asking' | 'denied' | 'missing', readonly medium: Medium, readonly devices: readonly Device[] }

const NEEDED: Readonly<Record<Medium, readonly Device[]>> = { video: ['camera', 'microphone'], voice: ['microphone'] }

export class PreflightSession {
  readonly state = new Observable<Preflight>({ status: 'none' })
  /** Of the latest step: what an earlier one learns too late changes nothing. */
  private turn = 0
  private goOn: (medium: Medium) => void = () => {}

  constructor(private readonly devices: DeviceAccess, private readonly privacyGuide: Pick<PrivacyGuide, 'pending'>, private readonly tags: Pick<Simulator, 'isOn' | 'areTagsMissing' | 'noteTags'>) {}

  /** Calls `goOn` as soon as everything is allowed, which may be at once. */
  begin(medium: Medium, goOn: (medium: Medium) => void): void {
    this.goOn = goOn
    void this.look(medium)
  }

  /** From a tap: lets the system ask, or looks again after what was said to the privacy guide. */
  async allow(): Promise<void> {
    const { value: state } = this.state
    if (state.status === 'noTags')
      this.tags.noteTags(false)
    if (state.status === 'noTags' || state.status === 'agreeing' || state.status === 'refused')
      return this.look(state.medium)
    if (!('devices' in state))
      return
    const answers = await this.put(state.medium, device => this.devices.request(device))
    this.judge(answers, 'missing')
  }

  /** Not to the privacy guide. */
  refuse(): void {
    const { value: state } = this.state
    if (state.status === 'agreeing')
      this.state.set({ status: 'refused', medium: state.medium })
  }

  /** Back from there it looks again. */
  async openSettings(): Promise<void> {
    const { value: state } = this.state
    if (state.status !== 'denied')
      return
    const turn = ++this.turn
    await this.devices.openSettings()
    if (turn === this.turn)
      await this.look(state.medium)
  }

  cancel(): void {
    this.turn++
    this.state.set({ status: 'none' })
  }

  private async look(medium: Medium): Promise<void> {
    const turn = ++this.turn
    if (this.tags.areTagsMissing() && !this.tags.isOn())
      return this.state.set({ status: 'noTags', medium })
    this.state.set({ status: 'checking', medium })
    const guide = await this.privacyGuide.pending()
    if (turn !== this.turn)
      return
    if (guide !== undefined)
      return this.state.set({ status: 'agreeing', medium, guide })
    this.judge(await this.put(medium, device => this.devices.query(device)), 'asking')
  }

  /** One device after the other: a system that asks asks once at a time. */
  private async put(medium: Medium, question: (device: Device) => Promise<Permission>) {
    const turn = ++this.turn
    this.state.set({ status: 'checking', medium })
    const answers: [Device, Permission][] = []
    for (const device of NEEDED[medium])
      answers.push([device, turn === this.turn ? await question(device) : 'unknown'])
    return { turn, medium, answers }
  }

  private judge({ answers, medium, turn }: Awaited<ReturnType<PreflightSession['put']>>, unknown: 'asking' | 'missing'): void {
    if (turn !== this.turn)
      return
    const those = (permission: Permission) => answers.flatMap(([device, answer]) => answer === permission ? [device] : [])
    if (those('insecure').length > 0)
      return this.state.set({ status: 'insecure', medium })
    if (those('denied').length > 0)
      return this.state.set({ status: 'denied', medium, devices: those('denied') })
    if (those('unknown').length > 0)
      return this.state.set({ status: unknown, medium, devices: those('unknown') })
    this.state.set({ status: 'none' })
    this.goOn(medium)
  }
}
