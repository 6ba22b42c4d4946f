import { type ComputedRef, computed } from 'vue'
import { groupBy } from '../../../../shared/base/lists/group.ts'
import type { BoardSite } from '../../../../shared/city/board.ts'
import { useCity } from '../../../base/live/store.ts'
import {
  newSince,
  ownershipOf,
  sameTile,
  sameTiles,
  sitesBeingFixed,
  sortTiles,
  type Tile,
  tileOf,
} from './tiles.ts'

/**
 * The tiles of each group. A tile is the same object until it is to be drawn anew, and so is a group's list: in a
 * storm only what changes is drawn.
 */
export function useTiles(): ComputedRef<ReadonlyMap<string, readonly Tile[]>> {
  const city = useCity()
  let known = new Map<number, Tile>()
  return computed((before?: ReadonlyMap<string, readonly Tile[]>) => {
    const inputs = {
      ownership: ownershipOf(city.board.alerts.values(), city.minute),
      fixing: sitesBeingFixed(city.board.rectifications.values()),
      newSinceMs: newSince(city.minute),
    }
    const fresh = new Map<number, Tile>()
    const draw = (site: BoardSite): Tile => {
      const tile = tileOf(site, inputs)
      const old = known.get(site.id)
      const drawn = old && sameTile(old, tile) ? old : tile
      fresh.set(site.id, drawn)
      return drawn
    }
    const groups = new Map<string, readonly Tile[]>()
    for (const [code, sites] of groupBy(city.board.sites.values(), ({ district }) => district)) {
      const tiles = sortTiles(sites.map(draw))
      const old = before?.get(code)
      groups.set(code, old && sameTiles(old, tiles) ? old : tiles)
    }
    known = fresh
    return groups
  })
}
