import type { ChatFigures } from '../chat/ChatHub'
import type { MediaProvider, StreamFigures } from '../media/MediaProvider'
import type { RoomService } from '../rooms/RoomService'
import { Router } from 'express'
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import { Unauthorized } from '../errors'
import { isSameSecret } from '../isSameSecret'

export interface MetricsRoutesOptions {
  readonly rooms: Pick<RoomService, 'figures'>
  readonly media: Pick<MediaProvider, 'figures'>
  readonly chatFigures: () => ChatFigures
  /** Null: anybody may read. */
  readonly token: string | null
}

/** Figures for Prometheus: of the process (CPU, memory, event-loop lag) and of the live rooms. No ids: cardinality stays flat. */
export function metricsRoutes({ token, ...sources }: MetricsRoutesOptions): Router {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  describeRooms(registry, sources.rooms)
  describeStreams(registry, sources.media)
  describeChat(registry, sources.chatFigures)

  const router = Router()
  router.get('/metrics', async (request, response) => {
    if (token !== null && !isSameSecret(request.get('authorization') ?? '', `Bearer ${token}`))
      throw Unauthorized('These figures ask for "Authorization: Bearer <METRICS_TOKEN>".')
    response.type(registry.contentType).send(await registry.metrics())
  })
  return router
}

function describeRooms(registry: Registry, rooms: MetricsRoutesOptions['rooms']): void {
  registry.registerMetric(new Gauge({
    name: 'lianmai_rooms',
    help: 'Rooms that have not ended, by status.',
    labelNames: ['status'],
    registers: [],
    collect() {
      for (const [status, count] of Object.entries(rooms.figures().byStatus))
        this.set({ status }, count)
    },
  }))
  gauge(registry, 'lianmai_viewers', 'People in rooms.', () => rooms.figures().viewers)
  gauge(registry, 'lianmai_link_mic_seats', 'Seats taken on all stages.', () => rooms.figures().linkMic.seats)
  gauge(registry, 'lianmai_link_mic_applications', 'Applications that wait for a seat.', () => rooms.figures().linkMic.applications)
  gauge(registry, 'lianmai_link_mic_mixes', 'Stages that are composed into one stream.', () => rooms.figures().linkMic.mixes)
}

function describeStreams(registry: Registry, media: MetricsRoutesOptions['media']): void {
  registry.registerMetric(new Gauge({
    name: 'lianmai_streams',
    help: 'Streams published, by way of publishing.',
    labelNames: ['publisher'],
    registers: [],
    collect() {
      this.reset()
      for (const { publisher } of media.figures())
        this.inc({ publisher })
    },
  }))
  const sum = (streams: readonly StreamFigures[], of: 'readers' | 'bitrateKbps') => streams.reduce((total, stream) => total + stream[of], 0)
  const sent = () => media.figures().filter(({ publisher }) => publisher !== 'programme') // which shows what others send
  gauge(registry, 'lianmai_stream_readers', 'Readers of all streams.', () => sum(media.figures(), 'readers'))
  gauge(registry, 'lianmai_stream_bits_per_second', 'What publishers send, all together.', () => sum(sent(), 'bitrateKbps') * 1000)
}

function describeChat(registry: Registry, figures: MetricsRoutesOptions['chatFigures']): void {
  gauge(registry, 'lianmai_chat_sockets', 'Chat connections; with IM=tencent, people by their beats.', () => figures().sockets)
  counter(registry, 'lianmai_chat_messages_total', 'Texts said.', () => figures().said)
  counter(registry, 'lianmai_chat_frames_total', 'Frames handed to sockets; with IM=tencent, what the cloud was told.', () => figures().frames)
  counter(registry, 'lianmai_chat_refused_total', 'Requests answered with failed; with IM=tencent, texts refused.', () => figures().refused)
  counter(registry, 'lianmai_chat_passed_over_total', 'Times a slow reader was passed over; with IM=tencent, what the cloud could not be told.', () => figures().passedOver)
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  registry.registerMetric(new Gauge({ name, help, registers: [], collect() {
    this.set(read())
  } }))
}

/** For what is counted elsewhere and only read here. */
function counter(registry: Registry, name: string, help: string, read: () => number): void {
  registry.registerMetric(new Counter({ name, help, registers: [], collect() {
    this.reset()
    this.inc(read())
  } }))
}
