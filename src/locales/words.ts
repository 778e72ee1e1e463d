/** Another language's version of the same words: a key missing or too many does not compile. */
export type Words<Source> = { readonly [Key in keyof Source]: string }
