/** What WeChat gives to show the server who a person is; undefined elsewhere, or when it gives none in time. Never rejects. */
export type LoginCode = () => Promise<string | undefined>
