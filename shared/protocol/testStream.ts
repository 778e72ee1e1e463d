/** What the door for test addresses answers: a stream of one's own that belongs to no room. */
import * as v from 'valibot'
import { PlayUrls, PublishUrls } from './rest'

export const TestStream = v.object({ publish: PublishUrls, play: PlayUrls })
export type TestStream = v.InferOutput<typeof TestStream>
