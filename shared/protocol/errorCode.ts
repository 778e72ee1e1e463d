/** Every error that crosses a door. The app turns a code into words (src/locales); the message is for developers. */
export const ERROR_CODES = [
  // any door
  'BAD_REQUEST', // does not fit the schema
  'UNAUTHORIZED', // no session, or an expired one
  'FORBIDDEN', // a session, but not one that may do this
  'NOT_FOUND',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'TOO_MANY_REQUESTS',
  'INTERNAL',
  'UNAVAILABLE', // shutting down, or a part is down
  'CLOUD_UNAVAILABLE', // a service of the cloud does not answer, or says it is overloaded
  'GUESTS_OFF', // a nickname is not enough here
  'TOKEN_REFUSED', // of another account system, or a code of WeChat's: not good, or not any more
  // rooms
  'ROOM_NOT_FOUND',
  'ROOM_ENDED',
  'NOT_ROOM_ANCHOR',
  'TOO_MANY_ROOMS', // one person, too many open rooms
  'NO_WECHAT', // an account without WeChat, to which no message can be sent
  // chat
  'PROTOCOL_VERSION', // the client is too old or too new
  'REPLACED', // the same person: more windows in chat than allowed, or now publishing elsewhere
  'NOT_IN_ROOM',
  'TEXT_EMPTY',
  'TEXT_TOO_LONG',
  'SENDING_TOO_FAST',
  'SILENCED', // the anchor has silenced this person, or everybody
  'TEXT_BLOCKED', // holds words that are not let through
  'REMOVED', // the anchor has sent this person out of the room
  'MODERATED_FULL', // as many people are silenced, or sent away, as may be
  // link-mic
  'LINK_MIC_CLOSED', // the anchor takes no applications, or is not on air
  'LINK_MIC_WAIT', // rejected or removed a moment ago
  'LINK_MIC_QUEUE_FULL',
  'LINK_MIC_STAGE_FULL', // all seats are taken
  'LINK_MIC_BUSY', // that person is applying, invited or on stage already
  'LINK_MIC_GONE', // the application, invitation or seat is over
  // media
  'STREAM_NOT_FOUND',
  'STREAM_REFUSED', // the signature is missing, wrong or expired
  'CODEC_UNSUPPORTED',
  'MEDIA_CAPACITY', // the server carries as many as it may
  // only ever seen on the client
  'NETWORK',
  'TIMEOUT',
  'BAD_RESPONSE',
] as const

export type ErrorCode = typeof ERROR_CODES[number]
