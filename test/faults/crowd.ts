import { atMost } from '../bench/figure.ts'
import { listen, type Watcher } from '../support/product/watcher.ts'
import { until } from '../support/until.ts'
import type { FaultPart } from './part.ts'
import { Place } from './place.ts'

const BROWSERS = 1_000

/** The web process is killed under a thousand browsers, which all come back at once. */
export const crowd: FaultPart = async ({ say }) => {
  const place = await Place.open()
  const watchers: Watcher[] = []
  for (let n = 0; n < BROWSERS; n++) {
    const watcher = listen(place.session, ['websocket'], true)
    watcher.socket.on('connect', () => {
      const since = watcher.snapshots.length > 0 ? watcher.board.seq : undefined
      watcher.subscribe(['city'], since).catch(() => {})
    })
    watchers.push(watcher)
  }
  const haveAll = () => watchers.every(({ snapshots }) => snapshots.length > 0)
  await until('all browsers have the city', haveAll, 180_000)
  say(`${BROWSERS} browsers look on`)
  await place.product('web').kill()
  await until('all browsers are cut off', () => watchers.every(({ socket }) => !socket.connected), 60_000)
  await (await place.start('web')).ready()
  const began = performance.now()
  const seq = () => Math.max(...watchers.map(({ board }) => board.seq))
  const goal = seq()
  await until(
    'all are back',
    () => watchers.every(({ socket, board }) => socket.connected && board.seq > goal),
    180_000,
  )
  const seconds = (performance.now() - began) / 1000
  const complaints = watchers.reduce((sum, one) => sum + one.complaints.length, 0)
  for (const watcher of watchers) watcher.close()
  await place.settle()
  return [
    ...(await place.close('1,000 browsers back at once')),
    atMost('… until all have news again', seconds, 60, 's', 1),
    atMost('… gaps and repetitions that they saw', complaints, 0, ''),
  ]
}
