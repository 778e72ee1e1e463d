/** A process of its own that mixes two people, to be killed. Says the ids of its ffmpegs when the mix is there. */
import process from 'node:process'
import { until } from '../../embedded/testing/until'
import { mixerProcesses } from './processes'
import { ANCHOR, GUEST, MIXED, mixOf, publish, seat, startStage } from './stage'

async function run() {
  const stage = await startStage()
  await publish(stage, ANCHOR, GUEST)
  await stage.provider.mix(MIXED, mixOf(seat(GUEST, 1)))
  await until(() => stage.hub.find(MIXED) !== undefined)
  process.send!(mixerProcesses().map(({ pid }) => pid))
}

void run()
