import type { Status } from '../Finding'
import type { FakeWorld } from './fakeWorld'

/** For each check by its id: worlds, the status that it should give, and a word that its English answer should have. */
export type Cases = Readonly<Record<string, readonly (readonly [world: FakeWorld, status: Status, says: string])[]>>
