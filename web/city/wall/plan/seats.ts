import type { Area } from './city-plan.ts'

/** Where a tile stands in its group, and how large it is. */
export interface Seat {
  readonly x: number
  readonly y: number
  readonly size: number
}

/** Healthy tiles are smaller than what an even grid would allow; what they leave, the wrong ones take. */
const HEALTHY_SHARE = 0.9
/** Wrong ones are twice as wide as healthy ones while there is room, and shrink by these steps as they become more. */
const WRONG_SIZES = [2, 1.8, 1.6, 1.4, 1.25, 1.11, 1]
/** Larger would say nothing more. */
const MOST_HEALTHY = 44

/**
 * Seats of a group: first those of what is wrong, row by row, then those of the rest, which begin beside the last
 * of the wrong ones.
 * @param pitch at which all of them would fit as an even grid.
 */
export function seatsOf(wrong: number, total: number, area: Area, pitch: number): Seat[] {
  const small = Math.min(MOST_HEALTHY, pitch * HEALTHY_SHARE)
  const largest = pitch > MOST_HEALTHY ? pitch / small : undefined
  const sizes = largest ? [largest, ...WRONG_SIZES.filter((size) => size < largest)] : WRONG_SIZES
  const tried = sizes.map((size) => () => seated(wrong, total, area, small, small * size))
  for (const attempt of tried) {
    const seats = attempt()
    const ends = [seats[wrong - 1], seats.at(-1)].map((seat) => (seat ? seat.y + seat.size : 0))
    if (Math.max(...ends) <= area.height + 0.01) return seats
  }
  return seated(wrong, total, area, small, small)
}

function seated(wrong: number, total: number, { width }: Area, small: number, large: number): Seat[] {
  const grid = (count: number, x: number, y: number, size: number, across: number): Seat[] =>
    Array.from({ length: count }, (_, index) => ({
      x: x + (index % across) * size,
      y: y + Math.floor(index / across) * size,
      size,
    }))
  const across = Math.max(1, Math.floor(width / large))
  const rows = Math.ceil(wrong / across)
  const inLast = wrong - Math.max(0, rows - 1) * across
  const right = inLast * large
  const beside = wrong > 0 ? Math.floor((width - right) / small) : 0
  const filled = Math.min(total - wrong, beside * Math.floor(large / small + 0.01))
  const below = total - wrong - filled
  return [
    ...grid(wrong, 0, 0, large, across),
    ...grid(filled, right, (rows - 1) * large, small, Math.max(1, beside)),
    ...grid(below, 0, rows * large, small, Math.max(1, Math.floor(width / small))),
  ]
}
