import type { Request, RequestHandler, Response } from 'express'
import { MINUTE } from '../../../shared/base/time.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import { networkOf } from '../../base/http/proxy.ts'
import { Refusal } from '../../base/refusal.ts'

/** Callers that are remembered; the least recent are forgotten first, which only makes them seem rested. */
const MAX_CALLERS = 20_000

interface Allowance {
  points: number
  atMs: number
}

/**
 * What each caller may still ask for: a minute's points at once, and then as they come in again. By process: it
 * guards the process, and a flood through several of them is as many times as large.
 */
export function createAllowances(perMinute: number, nowMs: () => number = () => performance.now()) {
  const callers = new Map<string, Allowance>()
  /** @returns the seconds to wait; 0 where the points were there and have been taken. */
  return (caller: string, points: number): number => {
    const now = nowMs()
    const before = callers.get(caller) ?? { points: perMinute, atMs: now }
    const rested = before.points + ((now - before.atMs) / MINUTE) * perMinute
    const left = Math.min(perMinute, rested) - points
    callers.delete(caller)
    callers.set(caller, { points: left < 0 ? left + points : left, atMs: now })
    if (callers.size > MAX_CALLERS) callers.delete(callers.keys().next().value ?? '')
    return left < 0 ? Math.ceil((-left / perMinute) * 60) : 0
  }
}

/**
 * Takes a point for each request from the allowance of its person, token, wall or, before sign-in, network; and leaves
 * in `res.locals.charge` how an endpoint takes what it costs besides. @param perMinute 0: no limit
 */
export function limitRequests(perMinute: number): RequestHandler {
  const take = createAllowances(perMinute)
  return (req, res, next) => {
    if (perMinute === 0) return next()
    const caller = callerOf(req, res.locals.user)
    const charge = (points: number) => {
      const seconds = take(caller, points)
      if (seconds === 0) return
      res.setHeader('Retry-After', seconds)
      throw new Refusal('too_many_requests', 'requests.manyRequests', { values: { seconds } })
    }
    res.locals.charge = charge
    charge(1)
    next()
  }
}

/** Takes what an endpoint costs beyond the point of every request. @throws Refusal too_many_requests */
export function chargeFor(cost: number, res: Response): void {
  const charge: ((points: number) => void) | undefined = res.locals.charge
  if (cost > 1) charge?.(cost - 1)
}

function callerOf(req: Request, user: User | null): string {
  if (!user) return `network ${networkOf(req.ip ?? '')}`
  return user.access === 'wallLink' ? `wall ${req.session?.wallLinkId}` : `${user.access} ${user.id}`
}
