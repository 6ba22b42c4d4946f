import { MINUTE } from '../../../shared/base/time.ts'
import type { Cause } from '../../../shared/monitor/visit/probes.ts'
import { chance, pick } from '../cast/random.ts'
import { type Rota, type Turn, turnAt, turnsOf } from '../cast/rota.ts'

/**
 * What a visitor finds in the site's place, and the cause that the monitor should name. All sites share one
 * port, so a refused connection can only be a reset as soon as the host is known.
 */
export const OUTAGE_CAUSES = {
  refused: 'reset',
  reset: 'reset',
  closed: 'closed',
  silent: 'timeout',
  slow: 'timeout',
  trickle: 'timeout',
  http_500: 'http_5xx',
  http_502: 'http_5xx',
  http_503: 'http_5xx',
  http_404: 'http_4xx',
  truncated: 'truncated',
  empty: 'empty',
  redirect_loop: 'redirect_loop',
  tls_expired: 'tls_expired',
  tls_wrong_host: 'tls_wrong_host',
  tls_self_signed: 'tls_self_signed',
  firewall: 'blocked_firewall',
  captcha: 'blocked_captcha',
} as const satisfies Record<string, Cause>

export type OutageKind = keyof typeof OUTAGE_CAUSES
export const OUTAGE_KINDS = Object.keys(OUTAGE_CAUSES) as OutageKind[]

/** Something else answers for the site, which says nothing about the site. */
export function isBlocking(kind: OutageKind): boolean {
  return kind === 'firewall' || kind === 'captcha'
}

/** From `start` to `end` (epoch ms, end not included). */
export interface Outage {
  readonly start: number
  readonly end: number
  readonly kind: OutageKind
}

/**
 * How a turn of a rota is spent. `whole`: out all the time. `repeated`: out for `min` to `max` once in each
 * `every`. `passing`: one outage, or now and then a row of short ones (flapping). `failure`: one short outage.
 */
export type Shape =
  | { readonly kind: 'whole' }
  | { readonly kind: 'repeated'; readonly every: number; readonly min: number; readonly max: number }
  | { readonly kind: 'passing'; readonly flaps: boolean }
  | { readonly kind: 'failure'; readonly min: number; readonly max: number }

/** A rota that a site takes part in, itself or (`member`) through its platform. */
export interface Part {
  readonly rota: Rota
  readonly member: number
  readonly shape: Shape
  readonly kinds: readonly OutageKind[]
}

/** The outage that a site is in, by the rotas it takes part in; of two at a time the one that began first. */
export function outageAt(parts: readonly Part[], atMs: number): Outage | null {
  let found: Outage | null = null
  for (const part of parts) {
    const turn = turnAt(part.rota, atMs)
    if (turn.member !== part.member) continue
    const outage = outagesOf(part, turn).find(({ start, end }) => start <= atMs && atMs < end)
    if (outage && (!found || outage.start < found.start)) found = outage
  }
  return found
}

/** All outages in [fromMs, toMs), cut to it, in time order and never overlapping: the same as `outageAt` says. */
export function outagesIn(parts: readonly Part[], fromMs: number, toMs: number): Outage[] {
  const all = parts.flatMap((part) =>
    turnsOf(part.rota, part.member, fromMs, toMs).flatMap((turn) => outagesOf(part, turn)),
  )
  all.sort((a, b) => a.start - b.start)
  const result: Outage[] = []
  let free = fromMs
  for (const { start, end, kind } of all) {
    const cut = { start: Math.max(start, free), end: Math.min(end, toMs), kind }
    if (cut.start >= cut.end) continue
    result.push(cut)
    free = cut.end
  }
  return result
}

function outagesOf({ rota, shape, kinds }: Part, turn: Turn): Outage[] {
  const kind = pick(kinds, rota.salt, turn.number, 1)
  if (shape.kind === 'whole') return [{ start: turn.start, end: turn.end, kind }]
  if (shape.kind === 'repeated') return repeated(shape, rota, turn, kind)
  if (shape.kind === 'failure') return [within(turn, rota.salt, shape.min, shape.max, kind)]
  if (shape.flaps && chance(rota.salt, turn.number, 2) < 0.25) return flapping(turn, kind)
  return [within(turn, rota.salt, 0.3 * rota.turnMs, 0.7 * rota.turnMs, kind)]
}

function repeated(shape: Shape & { kind: 'repeated' }, rota: Rota, turn: Turn, kind: OutageKind): Outage[] {
  const outages: Outage[] = []
  for (let start = turn.start; start + shape.every <= turn.end; start += shape.every) {
    const number = turn.number * 1_000 + outages.length
    const part = { number, start, end: start + shape.every }
    outages.push(within(part, rota.salt, shape.min, shape.max, kind))
  }
  return outages
}

/** Five outages of two minutes, two minutes apart. */
function flapping(turn: Turn, kind: OutageKind): Outage[] {
  return Array.from({ length: 5 }, (_, index) => {
    const start = turn.start + (1 + 4 * index) * MINUTE
    return { start, end: start + 2 * MINUTE, kind }
  })
}

/** One outage of `min` to `max` ms somewhere inside the turn. */
function within(
  turn: Omit<Turn, 'member'>,
  salt: number,
  min: number,
  max: number,
  kind: OutageKind,
): Outage {
  const length = Math.round(min + (max - min) * chance(salt, turn.number, 3))
  const start = turn.start + Math.floor((turn.end - turn.start - length) * chance(salt, turn.number, 4))
  return { start, end: start + length, kind }
}
