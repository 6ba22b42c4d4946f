import { createHash } from 'node:crypto'
import type { DocumentData } from '../../../../shared/census/documents/documents.ts'
import type { DocumentKind } from '../../../../shared/census/documents/documents-rules.ts'
import { namedPlaces, placeNames } from '../../../register/divisions/area.ts'
import { deepReport } from './deep-report.ts'
import { dutyLogOf } from './duty-log.ts'
import type { Made, Making } from './made.ts'
import { noticeOf } from './notice.ts'
import { rankingOf } from './ranking.ts'
import { type KeepPart, registerOf } from './register.ts'
import { circularOf } from './rounds/circular.ts'
import { closingDocument } from './rounds/closing-report.ts'
import { halfMonthOf } from './rounds/half-month.ts'
import { scoreSheetOf } from './sheet.ts'

/** How one that is being made is followed: how far it is, and where its pieces go. */
export interface Following {
  readonly told: (done: number) => Promise<void>
  readonly keep: KeepPart
}

const MAKERS: Readonly<Record<DocumentKind, (making: Making, by: Following) => Promise<Made>>> = {
  'deep-report': (making, { told }) => deepReport(making, told),
  circular: (making, { told }) => circularOf(making, told),
  'half-month': halfMonthOf,
  notice: noticeOf,
  sheet: scoreSheetOf,
  'duty-log': dutyLogOf,
  register: (making, { keep }) => registerOf(making, keep),
  ranking: (making, { told }) => rankingOf(making, told),
  'closing-report': closingDocument,
}

/**
 * Everything that a document says, as data: the one place where its figures come from, whatever it is shown, printed or
 * written as. @throws Refusal as the kind has it
 */
export async function makeData(making: Making, by: Following): Promise<DocumentData> {
  const { ctx, db, asked, round } = making
  const { parts, edition, ...made } = await MAKERS[asked.kind](making, by)
  const names = await placeNames(db)
  const site = await siteNamed(making)
  const { area } = await namedPlaces(db)
  const whole = names.get(asked.district ?? '')
  const { figures, sections, tables } = parts
  return {
    ...{ kind: asked.kind, madeAt: new Date(ctx.clock.now()).toISOString(), ...made },
    place: {
      ...{ district: asked.district ?? null, siteId: asked.siteId ?? null },
      ...{ name: site ?? whole?.name ?? '', nameEn: site ?? whole?.nameEn ?? '' },
    },
    area: { name: area?.name ?? whole?.name ?? '', nameEn: area?.nameEn ?? whole?.nameEn ?? '' },
    round: round && { id: round.id, number: round.number },
    edition: edition && { code: edition.code, revision: edition.revision, name: edition.name },
    ...{ figures, sections, tables },
    places: Object.fromEntries(
      [...names].filter(([code]) => code !== '').map(([code, { name, nameEn }]) => [code, { name, nameEn }]),
    ),
    rules: Object.fromEntries(
      [...(edition?.rules ?? []), ...(edition?.sections ?? [])].map(({ id, name }) => [id, name]),
    ),
  }
}

async function siteNamed({ db, asked }: Making): Promise<string | null> {
  if (asked.siteId === undefined) return null
  const row = await db.selectFrom('site').select('name').where('id', '=', asked.siteId).executeTakeFirst()
  return row?.name ?? null
}

/** SHA-256 of what a document says, the same whatever the order in which a database gives the keys back. */
export const hashOf = (data: DocumentData): string =>
  createHash('sha256').update(canonical(data)).digest('hex')

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
}
