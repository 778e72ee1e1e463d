/** What another account system gives to show the server who a person is; undefined when it gives none in time. Never rejects. */
export type AccountToken = () => Promise<string | undefined>
