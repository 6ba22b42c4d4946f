import { lookup, resolve6 } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { SECOND } from '../../../shared/base/time.ts'
import { systemClock } from '../../base/clock.ts'
import type { Config } from '../../base/config.ts'
import { APART_MS } from '../../base/db/line/agreed-time.ts'
import { createAnewResolver } from '../../monitor/visit/net/dns.ts'
import { hasOwnSix } from '../../monitor/visit/net/own-six.ts'
import { createProber } from '../../monitor/visit/visit.ts'
import { type Finding, fault, fine, type Look, warn, whyOf } from './finding.ts'

const PATIENCE_MS = 5 * SECOND
/** A visit's time is judged by the minute, and sign-in codes by half of one. */
const CLOCK_MS = { warn: 2 * SECOND, fault: APART_MS } as const
/** Asked where no reference target is set. */
const USUAL_NAME = 'www.gov.cn'

const namesIn = (urls: readonly (string | undefined)[]): string[] => [
  ...new Set(urls.flatMap((url) => (url === undefined ? [] : new URL(url).hostname.replace(/^\[|\]$/g, '')))),
]

/** Names of the reference targets, or the usual one. */
function targetsOf({ referenceTargets }: Config): string[] {
  const names = namesIn(referenceTargets)
  return names.length > 0 ? names : [USUAL_NAME]
}

const isKnown = (name: string): Promise<boolean> =>
  lookup(name).then(
    () => true,
    () => false,
  )

/** Of the reference targets, asked as visits ask, by the name servers; of the origin that people see and the sign-in provider, by the system. */
export const lookAtNames: Look = async ({ config }) => {
  const resolve = createAnewResolver({ hosts: config.hosts })
  const targets = targetsOf(config)
  const others = namesIn([config.publicOrigin, config.provider?.issuer]).filter(
    (one) => !targets.includes(one),
  )
  const names = [...targets, ...others]
  const found = await Promise.all([
    ...targets.map(async (name) => 'addresses' in (await resolve(name))),
    ...others.map(isKnown),
  ])
  const lost = names.filter((_, index) => !found[index])
  if (lost.length === 0) return [fine('dns', 'dns.fine', { names: names.join(', ') })]
  const values = { names: lost.join(', ') }
  // The others may be known to browsers alone; and where nobody has named any target, the line may lead to inner sites only.
  const isFault = config.referenceTargets.length > 0 && targets.every((name) => lost.includes(name))
  return [(isFault ? fault : warn)('dns', 'dns.lost', 'mend.dns', values)]
}

/** The reference targets, asked as the monitor asks them. */
export const lookAtLine: Look = async ({ config }) => {
  const { referenceTargets: targets, extraCaFile } = config
  if (config.role === 'web') return [fine('line', 'line.notNeeded')]
  if (targets.length === 0) return [warn('line', 'line.none', 'mend.targets')]
  const prober = createProber({
    userAgent: config.userAgent,
    nowMs: systemClock.now,
    allowAddresses: config.allowAddresses,
    hosts: config.hosts,
    ...(extraCaFile ? { ca: readFileSync(extraCaFile, 'utf8') } : {}),
  })
  try {
    const answers = await Promise.all(
      targets.map((url) => prober.visit({ url, signal: AbortSignal.timeout(PATIENCE_MS) })),
    )
    const lost = targets.flatMap((url, index) => {
      const { status, cause } = answers[index]?.result ?? { status: null, cause: null }
      return status === null ? [`${url} (${cause ?? 'no answer'})`] : []
    })
    const values = { n: targets.length - lost.length, all: targets.length, lost: lost.join(', ') }
    if (lost.length === 0) return [fine('line', 'line.fine', values)]
    return lost.length * 2 >= targets.length
      ? [fault('line', 'line.lost', 'mend.line', values)]
      : [warn('line', 'line.lost', 'mend.line', values)]
  } finally {
    prober.close()
  }
}

/** What the clock of a web server says (epoch ms); what was kept on the way is older by the time that it was kept for. */
function dateOf(url: string): Promise<number> {
  const request = new URL(url).protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'HEAD', timeout: PATIENCE_MS, rejectUnauthorized: false },
      (answer) => {
        answer.resume()
        const keptMs = Number(answer.headers.age ?? 0) * SECOND
        resolve(Date.parse(answer.headers.date ?? '') + keptMs)
      },
    )
    sent.on('timeout', () => sent.destroy(new Error('timeout')))
    sent.on('error', reject)
    sent.end()
  })
}

/** @param apartMs how far this machine is ahead; @param whose the other clock's */
export function clockFinding(apartMs: number, whose: string): Finding {
  const values = { whose, seconds: (apartMs / SECOND).toFixed(1) }
  const apart = Math.abs(apartMs)
  if (apart >= CLOCK_MS.fault) return fault('clock', 'clock.apart', 'mend.clock', values)
  return apart >= CLOCK_MS.warn
    ? warn('clock', 'clock.apart', 'mend.clock', values)
    : fine('clock', 'clock.fine', values)
}

/** A date of HTTP has whole seconds, of when it was sent. */
export const lookAtClock: Look = async ({ config }) => {
  const url = config.referenceTargets[0] ?? `https://${USUAL_NAME}/`
  const beganMs = systemClock.now()
  try {
    const theirs = await dateOf(url)
    const middle = (beganMs + systemClock.now()) / 2
    if (Number.isNaN(theirs)) return [warn('clock', 'clock.unknown', 'mend.clockUnknown', { url, why: '-' })]
    const found = clockFinding(middle - theirs - SECOND / 2, new URL(url).hostname)
    // One server may be wrong by itself, and the clock of a PostgreSQL is asked, too.
    const isSure = config.databaseUrl === undefined || found.level !== 'fault'
    return [isSure ? found : { ...found, level: 'warning' }]
  } catch (error) {
    return [warn('clock', 'clock.unknown', 'mend.clockUnknown', { url, why: whyOf(error) })]
  }
}

function reach(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port: 443, timeout: PATIENCE_MS }, () => {
      socket.destroy()
      resolve()
    })
    socket.on('timeout', () => socket.destroy(new Error('timeout')))
    socket.on('error', reject)
  })
}

export const lookAtIpv6: Look = async ({ config }) => {
  if (config.role === 'web') return [fine('ipv6', 'line.notNeeded')]
  if (!hasOwnSix()) return [warn('ipv6', 'ipv6.none', 'mend.ipv6')]
  const found = await Promise.allSettled(targetsOf(config).map((name) => resolve6(name)))
  const [address] = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  if (address === undefined) return [fine('ipv6', 'ipv6.untried')]
  try {
    await reach(address)
    return [fine('ipv6', 'ipv6.fine', { address })]
  } catch (error) {
    return [warn('ipv6', 'ipv6.lost', 'mend.ipv6', { address, why: whyOf(error) })]
  }
}
