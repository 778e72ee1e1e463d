/** WeChat's way of saying no: HTTP 200, with a number. */
export class Refusal extends Error {
  constructor(readonly errcode: number, errmsg: string) {
    super(errmsg)
  }
}
