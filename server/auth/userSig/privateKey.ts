/** The private key in a PEM file, or in an `authkeys.txt`, which has other text and the public key around it. */
import { createPrivateKey } from 'node:crypto'

/** The curves that such keys were given out on. */
const CURVES = ['prime256v1', 'secp256k1']
const PEM = /-----BEGIN (?:EC )?PRIVATE KEY-----[\s\S]*?-----END (?:EC )?PRIVATE KEY-----/

export type KeyInText = { readonly pem: string } | { /** Completes "the file …". */ readonly problem: string }

export function privateKeyIn(text: string): KeyInText {
  const pem = PEM.exec(text)?.[0].replaceAll(/^[ \t]+|[ \t]+$/gm, '')
  if (pem === undefined)
    return { problem: 'holds no private key: it needs the lines from "-----BEGIN PRIVATE KEY-----" to "-----END PRIVATE KEY-----"' }
  try {
    const curve = createPrivateKey(pem).asymmetricKeyDetails?.namedCurve
    return curve !== undefined && CURVES.includes(curve) ? { pem } : { problem: 'holds a private key of another kind: one for UserSigs is an EC key (prime256v1 or secp256k1)' }
  }
  catch {
    return { problem: 'holds a private key that cannot be read: download it again from the IM console' }
  }
}
