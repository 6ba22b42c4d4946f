import { type ComputedRef, computed } from 'vue'
import type { BoardSite } from '../../../../shared/city/board.ts'
import { serverNow } from '../../../base/clock.ts'
import { useCity } from '../../../base/live/store.ts'
import { newSince, ownershipOf, sameTiles, sitesBeingFixed, sortTiles, type Tile, tileOf } from './tiles.ts'

/** The tiles of each district. A district's list is the same object until something in it is to be drawn anew. */
export function useTiles(): ComputedRef<ReadonlyMap<string, readonly Tile[]>> {
  const city = useCity()
  return computed((before?: ReadonlyMap<string, readonly Tile[]>) => {
    const inputs = {
      ownership: ownershipOf(city.board.alerts.values(), city.minute),
      fixing: sitesBeingFixed(city.board.rectifications.values()),
      newSinceMs: newSince(city.board.sites.values(), serverNow()),
    }
    const groups = new Map<string, readonly Tile[]>()
    for (const [code, sites] of byDistrict(city.board.sites.values())) {
      const tiles = sortTiles(sites.map((site) => tileOf(site, inputs)))
      const old = before?.get(code)
      groups.set(code, old && sameTiles(old, tiles) ? old : tiles)
    }
    return groups
  })
}

function byDistrict(sites: Iterable<BoardSite>): Map<string, BoardSite[]> {
  const groups = new Map<string, BoardSite[]>()
  for (const site of sites) {
    const group = groups.get(site.district)
    if (group) group.push(site)
    else groups.set(site.district, [site])
  }
  return groups
}
