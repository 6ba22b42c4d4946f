import type { Share } from '../../../../shared/city/storm-rules.ts'
import { textWidth } from '../plan/sizes.ts'

export interface ShownShares {
  readonly shown: readonly { readonly name: string; readonly n: number }[]
  /** Those that found no room, and their sites. */
  readonly others: { readonly groups: number; readonly sites: number } | null
}

/** As many of the largest as have room, with a place kept for what is said of the rest. */
export function sharesThatFit(
  shares: readonly Share[],
  nameOf: (key: string) => string,
  room: {
    readonly width: number
    readonly lines: number
    readonly size: number
    readonly gap: number
    /** What is said of the rest, at its longest. */
    readonly rest: string
  },
): ShownShares {
  const named = shares.map(({ key, n }) => ({ name: nameOf(key), n }))
  const widthOf = ({ name, n }: { name: string; n: number }): number =>
    textWidth(`${name} ${n}`, room.size) + room.gap
  const rest = textWidth(room.rest, room.size) + room.gap
  const fits = (count: number): boolean => {
    const widths = named.slice(0, count).map(widthOf)
    if (count < named.length) widths.push(rest)
    return linesOf(widths, room.width) <= room.lines
  }
  let count = named.length
  while (count > 1 && !fits(count)) count -= 1
  const left = named.slice(count)
  const sites = left.reduce((sum, { n }) => sum + n, 0)
  return {
    shown: named.slice(0, count),
    others: left.length > 0 ? { groups: left.length, sites } : null,
  }
}

/** How many lines parts of such widths take, none of them broken. */
function linesOf(widths: readonly number[], width: number): number {
  let lines = 1
  let used = 0
  for (const one of widths) {
    if (used > 0 && used + one > width) {
      lines += 1
      used = 0
    }
    used += one
  }
  return lines
}
