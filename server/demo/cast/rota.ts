import { choose } from './random.ts'

/**
 * Time cut into turns of equal length; in each turn it is one member's turn to have the rota's trouble, and in
 * each lap everybody has one turn. So the number of members in trouble is constant while the members change,
 * and whose turn it is at a time, and when a member's turns are, are both plain arithmetic.
 */
export interface Rota {
  readonly members: readonly number[]
  readonly turnMs: number
  readonly offsetMs: number
  readonly salt: number
  readonly stride: number
}

export interface Turn {
  readonly number: number
  readonly member: number
  readonly start: number
  readonly end: number
}

export function makeRota(members: readonly number[], turnMs: number, salt: number): Rota {
  if (members.length === 0) throw new RangeError('A rota needs members.')
  return { members, turnMs, salt, offsetMs: choose(turnMs, salt, 1), stride: coprime(members.length, salt) }
}

/** The turn that runs at an instant (epoch ms). */
export function turnAt(rota: Rota, atMs: number): Turn {
  return turnNumber(rota, Math.floor((atMs - rota.offsetMs) / rota.turnMs))
}

/** The turns of one member that touch [fromMs, toMs), in time order. */
export function turnsOf(rota: Rota, member: number, fromMs: number, toMs: number): Turn[] {
  const size = rota.members.length
  const seat = rota.members.indexOf(member)
  if (seat < 0 || fromMs >= toMs) return []
  const first = Math.floor((fromMs - rota.offsetMs) / rota.turnMs)
  const last = Math.floor((toMs - 1 - rota.offsetMs) / rota.turnMs)
  const turns: Turn[] = []
  for (let lap = Math.floor(first / size); lap <= Math.floor(last / size); lap++) {
    const number = lap * size + placeInLap(rota, lap, seat)
    if (number >= first && number <= last) turns.push(turnNumber(rota, number))
  }
  return turns
}

function turnNumber(rota: Rota, number: number): Turn {
  const size = rota.members.length
  const lap = Math.floor(number / size)
  const place = number - lap * size
  const seat = (place * rota.stride + shift(rota, lap)) % size
  const start = rota.offsetMs + number * rota.turnMs
  return { number, member: rota.members[seat] as number, start, end: start + rota.turnMs }
}

/** The inverse of `place → seat`; pools are small, so trying is as good as a modular inverse. */
function placeInLap(rota: Rota, lap: number, seat: number): number {
  const size = rota.members.length
  let current = shift(rota, lap)
  for (let place = 0; place < size; place++) {
    if (current === seat) return place
    current = (current + rota.stride) % size
  }
  return 0
}

function shift(rota: Rota, lap: number): number {
  return choose(rota.members.length, rota.salt, lap, 2)
}

function coprime(size: number, salt: number): number {
  if (size < 3) return 1
  let stride = 1 + choose(size - 1, salt, 3)
  while (gcd(stride, size) !== 1) stride = 1 + (stride % (size - 1))
  return stride
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}
