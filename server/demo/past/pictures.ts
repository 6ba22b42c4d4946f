import { DAY, localDay, MINUTE } from '../../../shared/base/time.ts'
import { judgeMessages } from '../../../shared/monitor/messages/messages-rules.ts'
import { KEPT_OF_SITE, type PictureReason } from '../../../shared/monitor/pictures/pictures.ts'
import type { RenderReason } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Tx } from '../../base/db/database.ts'
import { DEMO_PICTURES, demoPicture, demoPictureOf } from '../../monitor/pictures/demo-pictures.ts'
import { keepPictures, type Taken } from '../../monitor/pictures/keep.ts'
import { keepMissing } from '../../monitor/pictures/missing.ts'
import { isDrawn } from '../cast/cast.ts'
import { chance } from '../cast/random.ts'
import type { DemoSite } from '../cast/register.ts'
import { behaviourAt } from '../fleet/script.ts'
import type { PastAlert } from './alerts.ts'
import { letterBoxOf } from './messages.ts'
import type { PastRectification } from './rectifications.ts'

/** So long after what it is of a picture is taken. */
const LATER_MS = 2 * MINUTE
/** So long ago a list was as it had been before somebody changed a date in it. */
const BEFORE_MS = 30 * DAY
/** Rows of one statement. */
const AT_ONCE = 1_000

interface Wanted {
  readonly siteId: number
  readonly atMs: number
  readonly reason: PictureReason
  readonly rule: string
  readonly ref: number | null
  readonly isBroken: boolean
  /** Why there is no picture; without it, there is one. */
  readonly why?: RenderReason
}

/** Of outages of longer ago nobody looks for a picture. */
const OUTAGE_DAYS = 21

/** The pictures that would have been taken of the past: at each change of a verdict, before and after rectifications. */
export async function storePictures(
  tx: Tx,
  sites: readonly { readonly id: number; readonly url: string; readonly demo: DemoSite }[],
  alerts: readonly PastAlert[],
  rectifications: readonly PastRectification[],
  nowMs: number,
): Promise<void> {
  const urls = new Map(sites.map(({ id, url }) => [id, url]))
  const wanted = [
    ...alerts.flatMap((one) => ofAlert(one, nowMs)),
    ...rectifications.flatMap(ofRectification),
    ...sites.flatMap((site) => ofLetters(site, nowMs)),
  ]
  const newest = newestOfEach(wanted)
  const pictures = await picturesByName()
  const taken = newest.flatMap(({ isBroken, atMs, why, ...one }): Taken[] => {
    const name = demoPictureOf(one.rule, isBroken)
    const [picture, url] = [name && pictures.get(name), urls.get(one.siteId)]
    return picture && url !== undefined && why === undefined
      ? [{ ...one, atMs: atMs + LATER_MS, url, ...picture }]
      : []
  })
  const missing = newest.flatMap(({ isBroken: _, atMs, why, ...one }) => {
    const url = urls.get(one.siteId)
    return why && url !== undefined ? [{ ...one, atMs: atMs + LATER_MS, url, why }] : []
  })
  await keepMissing(tx, missing)
  for (let from = 0; from < taken.length; from += AT_ONCE) {
    await keepPictures(tx, taken.slice(from, from + AT_ONCE))
  }
}

const picturesByName = async () =>
  new Map(await Promise.all(DEMO_PICTURES.map(async (name) => [name, await demoPicture(name)] as const)))

/** As many as a site keeps, in the order in which they were taken. */
function newestOfEach(wanted: readonly Wanted[]): Wanted[] {
  const counts = new Map<number, number>()
  const newest = [...wanted]
    .sort((a, b) => b.atMs - a.atMs)
    .filter(({ siteId, reason }) => {
      const n = (counts.get(siteId) ?? 0) + 1
      counts.set(siteId, n)
      return n <= KEPT_OF_SITE || reason !== 'verdict'
    })
  return newest.reverse()
}

function ofAlert({ alert }: PastAlert, nowMs: number): Wanted[] {
  const { id, siteId, rule, openedAt, resolvedAt, evidence } = alert
  const openedMs = Date.parse(openedAt)
  if (siteId === null || (rule === 'DOWN' && nowMs - openedMs > OUTAGE_DAYS * DAY)) return []
  const one = { siteId, reason: 'verdict' as const, rule, ref: id }
  const why = rule === 'DOWN' ? whyNone(evidence.cause ?? null) : {}
  const opened = { ...one, atMs: openedMs, isBroken: true, ...why }
  return resolvedAt === null ? [opened] : [opened, { ...one, atMs: Date.parse(resolvedAt), isBroken: false }]
}

/** What does not answer at all shows a browser nothing. */
function whyNone(cause: string | null): Pick<Wanted, 'why'> {
  if (cause === 'http_5xx' || cause === 'http_4xx') return {}
  return { why: cause === 'timeout' ? 'late' : 'not_open' }
}

/** Letters of a site that have waited too long were seen to some time within the last weeks. */
function ofLetters({ id, demo }: { readonly id: number; readonly demo: DemoSite }, nowMs: number): Wanted[] {
  const behaviour = behaviourAt(demo, nowMs)
  if (isDrawn(behaviour.traits.home)) return []
  const { outcome } = judgeMessages([{ reading: letterBoxOf(behaviour, nowMs) }], localDay(nowMs))
  if (outcome !== 'found') return []
  const atMs = nowMs - Math.round((1 + chance(id, 310) * OUTAGE_DAYS) * DAY)
  return [{ siteId: id, atMs, reason: 'verdict', rule: 'V5', ref: null, isBroken: true }]
}

function ofRectification({ rectification }: PastRectification): Wanted[] {
  const { id, siteId, rules, raisedAt, closedAt } = rectification
  const one = { siteId, rule: rules[0] ?? '', ref: id }
  const before = { ...one, reason: 'before' as const, atMs: Date.parse(raisedAt), isBroken: true }
  if (closedAt === null) return [before]
  return [before, { ...one, reason: 'after' as const, atMs: Date.parse(closedAt), isBroken: false }]
}

/** A problem that a machine has found, as it was seen last. */
export interface PicturedProblem {
  readonly id: number
  readonly siteId: number
  readonly rule: string
  readonly url: string
  readonly lastAt: Date
}

/** The pictures that would have been taken of problems, where the demo has one that shows such a thing. */
export async function storeProblemPictures(tx: Tx, problems: readonly PicturedProblem[]): Promise<void> {
  const pictures = await picturesByName()
  const taken = problems.flatMap(({ id, siteId, rule, url, lastAt }): Taken[] => {
    const one = { siteId, rule, url, ref: id, reason: 'problem' as const }
    const shown = (isBroken: boolean, atMs: number): Taken[] => {
      const name = demoPictureOf(rule, isBroken)
      const picture = name && pictures.get(name)
      return picture ? [{ ...one, ...picture, atMs }] : []
    }
    // What was otherwise before is shown as it was, too.
    const before = rule === 'dates-forged' ? shown(false, lastAt.getTime() - BEFORE_MS) : []
    return [...before, ...shown(true, lastAt.getTime() + LATER_MS)]
  })
  await keepPictures(tx, taken)
}
