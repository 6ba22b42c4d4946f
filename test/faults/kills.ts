import type { FaultPart } from './part.ts'
import { Place, type Role } from './place.ts'

/** Each process is killed in the middle of its work, by turns, and started again as its keeper would. */
export const kills: FaultPart = async ({ times, say }) => {
  const place = await Place.open()
  await place.start('vantage')
  for (let round = 1; round <= times; round++) {
    for (const role of ['web', 'monitor', 'vantage'] satisfies Role[]) {
      await (role === 'vantage' ? place.looks() : place.flows())
      await place.product(role).kill()
      await (await place.start(role)).ready()
    }
    say(`${round} of ${times} kills of each`)
  }
  await place.settle()
  await place.looks()
  return place.close(`web, monitor and a monitor of another place killed, ${times} times each`)
}
