/** Who asks, as old clients say it in the address. WeChat's neither encodes what it appends nor looks whether it is there already. */
import type { ParsedUrlQuery } from 'node:querystring'
import type { Body } from './parsing'
import { WeappCode, WeappError } from '../WeappError'

type Query = Readonly<Record<string, ParsedUrlQuery[string] | object>>

export interface LoginQuery {
  readonly sdkAppId: number
  readonly account: string
  readonly userSig: string
}

/** @throws WeappError noUserId, loginParamsMissing */
export function readLogin({ sdkAppID, userID, userSig }: Query): LoginQuery {
  const [id, account, signature] = [first(sdkAppID), first(userID), first(userSig)]
  if (account === '')
    throw new WeappError(WeappCode.noUserId, 'userID is missing.')
  if (!/^\d{1,10}$/.test(id) || signature === '')
    throw new WeappError(WeappCode.loginParamsMissing, 'sdkAppID or userSig is missing.')
  return { sdkAppId: Number(id), account, userSig: signature }
}

/** @throws WeappError noUserId */
export function readCredentials({ userID, token }: Query): { readonly account: string, readonly token: string } {
  const [account, one] = [first(userID), first(token)]
  if (account === '' || one === '')
    throw new WeappError(WeappCode.noUserId, 'userID or token is missing.')
  return { account, token: one }
}

/** A body need not say who asks. @throws WeappError otherUserId */
export function throwIfOther({ userID }: Body, account: string): void {
  const said = typeof userID === 'number' ? String(userID) : userID ?? ''
  if (said !== '' && said !== account)
    throw new WeappError(WeappCode.otherUserId, 'userID in the body is not the one in the address.')
}

/** The one that is meant comes first. */
function first(value: Query[string]): string {
  const one: unknown = Array.isArray(value) ? value[0] : value
  return typeof one === 'string' ? one : ''
}
