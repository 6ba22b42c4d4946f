import { MINUTE } from '../../../shared/base/time.ts'
import { KEPT_OF_SITE, type PictureReason } from '../../../shared/monitor/pictures/pictures.ts'
import type { Tx } from '../../base/db/database.ts'
import { DEMO_PICTURES, demoPicture, demoPictureOf } from '../../monitor/pictures/demo-pictures.ts'
import { keepPictures, type Taken } from '../../monitor/pictures/keep.ts'
import type { PastAlert } from './alerts.ts'
import type { PastRectification } from './rectifications.ts'

/** So long after what it is of a picture is taken. */
const LATER_MS = 2 * MINUTE
/** Rows of one statement. */
const AT_ONCE = 1_000

interface Wanted {
  readonly siteId: number
  readonly atMs: number
  readonly reason: PictureReason
  readonly rule: string
  readonly ref: number
  readonly isBroken: boolean
}

/** The pictures that would have been taken of the past: at each change of a verdict, before and after rectifications. */
export async function storePictures(
  tx: Tx,
  sites: readonly { readonly id: number; readonly url: string }[],
  alerts: readonly PastAlert[],
  rectifications: readonly PastRectification[],
): Promise<void> {
  const urls = new Map(sites.map(({ id, url }) => [id, url]))
  const wanted = [...alerts.flatMap(ofAlert), ...rectifications.flatMap(ofRectification)]
  const pictures = await picturesByName()
  const taken = newestOfEach(wanted).flatMap(({ isBroken, atMs, ...one }): Taken[] => {
    const name = demoPictureOf(one.rule, isBroken)
    const [picture, url] = [name && pictures.get(name), urls.get(one.siteId)]
    return picture && url !== undefined ? [{ ...one, atMs: atMs + LATER_MS, url, ...picture }] : []
  })
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

function ofAlert({ alert: { id, siteId, rule, openedAt, resolvedAt } }: PastAlert): Wanted[] {
  if (siteId === null) return []
  const one = { siteId, reason: 'verdict' as const, rule, ref: id }
  const opened = { ...one, atMs: Date.parse(openedAt), isBroken: true }
  return resolvedAt === null ? [opened] : [opened, { ...one, atMs: Date.parse(resolvedAt), isBroken: false }]
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
    const name = demoPictureOf(rule, true)
    const picture = name && pictures.get(name)
    const one = { siteId, rule, url, ref: id, reason: 'problem' as const, atMs: lastAt.getTime() + LATER_MS }
    return picture ? [{ ...one, ...picture }] : []
  })
  await keepPictures(tx, taken)
}
