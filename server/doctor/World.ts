/** Everything a check may look at, handed in: the settings, this machine, and the network. */
import type { Clock } from '../clock'
import type { Environment } from '../environment'

export interface World {
  readonly settings: Settings
  readonly clock: Clock
  readonly machine: Machine
  readonly network: Network
}

/** What is set, as far as it can be read: a wrong value is as good as none, and is told of. */
export interface Settings {
  readonly values: Environment
  /** Names of what is set, right or wrong. */
  readonly given: readonly string[]
  /** One sentence each, in English, beginning with the variable. */
  readonly problems: readonly string[]
  /** Of the build, not of the server. */
  readonly serverUrl: string | null
}

export interface Machine {
  readonly nodeVersion: string
  /** Of package.json: `>=20.12`. */
  readonly nodeNeeded: string
  readonly file: (path: string) => FileSight | null
  /** Undefined where it cannot be read. */
  readonly read: (path: string) => string | undefined
  readonly canWrite: (folder: string) => boolean
  readonly freeBytes: (folder: string) => number | undefined
  /** The texts of the built mini-program; null: it is not built. */
  readonly miniProgram: () => readonly string[] | null
  readonly hasWebApp: () => boolean
  /** Why ffmpeg cannot be used; null: it can. */
  readonly ffmpegProblem: (path: string | null) => Promise<string | null>
  /** Whether somebody listens there. */
  readonly isPortTaken: (port: number, host: string) => Promise<boolean>
}

export interface FileSight {
  readonly isFile: boolean
  /** Permissions, as 0o600. */
  readonly mode: number
}

export interface Network {
  /** Gives up after a few seconds. Rejects when nobody answers. */
  readonly fetch: typeof fetch
  /** Rejects with the `code` of node:dns: ENOTFOUND and ENODATA are answers, others are not. */
  readonly resolveCname: (host: string) => Promise<readonly string[]>
  readonly resolve: (host: string) => Promise<readonly string[]>
  readonly certificate: (host: string, port: number) => Promise<Certificate>
}

export interface Certificate {
  /** Unix milliseconds. */
  readonly validTo: number
  /** Why a client would refuse it, in OpenSSL's word; null: it would not. */
  readonly problem: string | null
}
