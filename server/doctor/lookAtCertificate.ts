import type { Outcome } from './Finding'
import type { World } from './World'
import { notReachable } from './ask'
import { failed, ok, text, warning } from './Finding'

const DAY_MS = 24 * 60 * 60_000
const SOON_DAYS = 14

/** What OpenSSL says of chains that phones refuse and a desktop browser may still take. */
const INCOMPLETE = ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_GET_ISSUER_CERT']

/** `renew` says where a new certificate comes from. */
export async function lookAtCertificate({ network, clock }: World, host: string, port: number, renew: { readonly zh: string, readonly en: string }): Promise<Outcome> {
  let certificate
  try {
    certificate = await network.certificate(host, port)
  }
  catch {
    return notReachable(`https://${host}:${port}`)
  }
  const { problem, validTo } = certificate
  const day = new Date(validTo).toISOString().slice(0, 10)
  if (validTo <= clock.now())
    return failed(text(`${day} 已过期`, `It ran out on ${day}`), text(renew.zh, renew.en))
  if (problem !== null && INCOMPLETE.includes(problem))
    return failed(text(`证书链不完整（${problem}）`, `Its chain is not complete (${problem})`), text(`配置带中间证书的完整链（fullchain）。${renew.zh}`, `Install the full chain with the certificates between. ${renew.en}`))
  if (problem !== null)
    return failed(text(`不被信任（${problem}）`, `It is not trusted (${problem})`), text(renew.zh, renew.en))
  const days = Math.floor((validTo - clock.now()) / DAY_MS)
  return days < SOON_DAYS
    ? warning(text(`还有 ${days} 天到期（${day}）`, `It runs out in ${days} days (${day})`), text(renew.zh, renew.en))
    : ok(`有效期到 ${day}`, `Good until ${day}`)
}
