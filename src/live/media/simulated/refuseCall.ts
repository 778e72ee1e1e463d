import { MediaCallError } from '../tags/call'

/** A drawn picture has none of the tags' further powers. @throws MediaCallError */
export async function refuseCall(name: string): Promise<never> {
  throw new MediaCallError('UNSUPPORTED', `${name}: the picture is simulated`)
}
