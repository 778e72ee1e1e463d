import path from 'node:path'

/** The repository, whatever folder a script is started from. */
export const root = path.resolve(import.meta.dirname, '../..')
export const inRoot = (...segments) => path.join(root, ...segments)
