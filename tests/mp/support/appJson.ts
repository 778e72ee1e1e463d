/** The text of a build's files, and what its app.json says. */

/** Path inside the build → text. */
export type Files = Readonly<Record<string, string>>

export interface AppJson {
  readonly pages: readonly string[]
  readonly subPackages?: readonly { readonly root: string, readonly pages: readonly string[] }[]
  readonly usingComponents?: Readonly<Record<string, string>>
}

export const subPackageRoots = ({ subPackages = [] }: AppJson): string[] => subPackages.map(({ root }) => root.replace(/\/$/, ''))
