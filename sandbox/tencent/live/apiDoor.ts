/** POST /: the API as https://live.tencentcloudapi.com has it. Says 200 to everything it understood; a refusal stands in the body. */
import type { RequestHandler } from 'express'
import type { Actions } from './actions'
import type { LiveFaults } from './LiveFaults'
import type { Tc3DoorOptions } from './tc3Door'
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { LiveRefusal } from './LiveRefusal'
import { ACTIONS, isAction } from './shapes'
import { openTc3Door } from './tc3Door'

export interface ApiCall {
  readonly action: string
  readonly parameters: unknown
}

export interface ApiDoorOptions extends Tc3DoorOptions {
  readonly actions: Actions
  readonly faults: LiveFaults
  /** Of each action. */
  readonly requestsPerSecond: number
  readonly onCall: (call: ApiCall) => void
}

/** The body has to be there as text. */
export function apiDoor({ actions, faults, requestsPerSecond, onCall, ...door }: ApiDoorOptions): RequestHandler {
  let second = 0
  const counts = new Map<string, number>()

  function count(action: string): void {
    const now = Math.floor(door.now() / 1000)
    if (now !== second)
      counts.clear()
    second = now
    counts.set(action, (counts.get(action) ?? 0) + 1)
    if (counts.get(action)! > requestsPerSecond)
      throw new LiveRefusal('RequestLimitExceeded', 'Too many requests.')
  }

  async function answer(headers: Parameters<RequestHandler>[0]['headers'], body: string): Promise<object> {
    const action = openTc3Door(door, headers, body)
    if (faults.api.code !== undefined)
      throw new LiveRefusal(faults.api.code, 'Told to fail.')
    if (!isAction(action))
      throw new LiveRefusal('InvalidAction', `This double does not know ${action}.`)
    count(action)
    const parameters = parse(action, body)
    onCall({ action, parameters })
    return actions[action](parameters as never)
  }

  return async (request, response) => {
    const { isDown, delayMs } = faults.api
    if (isDown)
      return void request.socket.destroy()
    if (delayMs !== undefined)
      await new Promise(resolve => setTimeout(resolve, delayMs))
    const RequestId = randomUUID()
    try {
      response.json({ Response: { ...await answer(request.headers, request.body as string), RequestId } })
    }
    catch (error) {
      const { code, message } = error instanceof LiveRefusal ? error : new LiveRefusal('InternalError', String(error))
      response.json({ Response: { Error: { Code: code, Message: message }, RequestId } })
    }
  }
}

function parse(action: keyof typeof ACTIONS, body: string): unknown {
  let json: unknown
  try {
    json = JSON.parse(body)
  }
  catch {
    throw new LiveRefusal('InvalidParameter', 'The body is not JSON.')
  }
  const parsed = v.safeParse<v.GenericSchema>(ACTIONS[action], json)
  if (parsed.success)
    return parsed.output
  const [issue] = parsed.issues
  const code = issue.type === 'strict_object' ? (issue.expected === 'never' ? 'UnknownParameter' : 'MissingParameter') : 'InvalidParameterValue'
  throw new LiveRefusal(code, `${v.getDotPath(issue)}: ${issue.message}`)
}
