/** How an attribute of a native tag is written down: once, for both platforms, with its bounds. */
export interface Attribute<Value> {
  /** What the tag does when nothing is said. */
  readonly usual: Value
  /** The value as the tag may have it, numbers brought into their range; undefined when it makes no sense. */
  readonly read: (value: unknown) => Value | undefined
  /** Of a number: the least and the most. */
  readonly range?: readonly [number, number]
  /** Of a number. */
  readonly unit?: string
  /** What there is to choose from. */
  readonly values?: readonly (string | number)[]
  /** The web does it, too. */
  readonly onWeb: boolean
}

export type ValueOf<Definition> = Definition extends Attribute<infer Value> ? Value : never
/** All attributes of a tag with their values. */
export type TagValues<Table> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> }

export function flag(usual: boolean): Attribute<boolean> {
  return { usual, onWeb: false, read: value => typeof value === 'boolean' ? value : undefined }
}

export function number(usual: number, min: number, max: number, unit?: string): Attribute<number> {
  return { usual, range: [min, max], unit, onWeb: false, read: value => Number.isFinite(value) ? Math.min(max, Math.max(min, value as number)) : undefined }
}

/** Addresses and paths; none of the tags' texts is longer. */
export function text(usual = ''): Attribute<string> {
  return { usual, onWeb: false, read: value => typeof value === 'string' && value.length <= 2048 ? value : undefined }
}

/** The usual one comes first, unless it is named. */
export function oneOf<const Value extends string | number>(values: readonly Value[], usual: Value = values[0]): Attribute<Value> {
  return { usual, values, onWeb: false, read: value => values.find(known => known === value) }
}

export function listOf<const Value extends string>(values: readonly Value[]): Attribute<readonly Value[]> {
  return { usual: [], values, onWeb: false, read: value => Array.isArray(value) && value.every(item => values.includes(item)) ? value : undefined }
}

/** Marks what the web does, too. */
export function both<Value>(attribute: Attribute<Value>): Attribute<Value> {
  return { ...attribute, onWeb: true }
}

type Wanted<Table> = Partial<TagValues<Table>>

/**
 * What is wanted of a tag, numbers brought into their range; the rest is left out, for who has a usual of its own.
 *
 * @param table the definition
 * @param wanted may name what differs from the usual
 * @param refuse hears the names whose wanted value makes no sense; they are left out
 */
export function readWanted<Table extends Record<string, Attribute<unknown>>>(table: Table, wanted: Wanted<Table>, refuse: (name: keyof Table) => void = () => {}): Wanted<Table> {
  return Object.fromEntries(Object.entries(table).flatMap(([name, { read }]) => {
    if (wanted[name] === undefined)
      return []
    const good = read(wanted[name])
    if (good === undefined)
      refuse(name)
    return good === undefined ? [] : [[name, good]]
  })) as Wanted<Table>
}

/** All values of a tag: what is wanted, as readWanted takes it, and the usual one for the rest. */
export function readTag<Table extends Record<string, Attribute<unknown>>>(table: Table, wanted: Wanted<Table>, refuse: (name: keyof Table) => void = () => {}): TagValues<Table> {
  const usual = Object.fromEntries(Object.entries(table).map(([name, attribute]) => [name, attribute.usual]))
  return { ...usual, ...readWanted(table, wanted, refuse) } as TagValues<Table>
}
