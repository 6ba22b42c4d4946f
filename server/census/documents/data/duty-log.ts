import type { Fact } from '../../../../shared/base/facts.ts'
import { addDays, localDay, startOfDay } from '../../../../shared/base/time.ts'
import type { Value } from '../../../../shared/census/documents/documents.ts'
import type { Scope } from '../../../../shared/people/rights/rights.ts'
import type { Db } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { col, type Made, type Making, Parts } from './made.ts'

declare module '../../../base/context.ts' {
  interface After {
    /** The log as the page of those on duty reads it, newest first: what people did, and what befell many sites at once. */
    listFacts(
      db: Db,
      scope: Scope,
      filter: { from: string; to: string; district: string | undefined; people: true; limit: number },
    ): Promise<Fact[]>
  }
}

/** Entries of one day. */
const MOST = 5000

/** 值班日志 of a day: who did what and wrote what down, as the log itself has it. @throws Refusal invalid for a day to come */
export async function dutyLogOf({ ctx, db, user, asked }: Making): Promise<Made> {
  const today = localDay(ctx.clock.now())
  const day = asked.on ?? today
  if (day > today) throw new Refusal('invalid', 'documents.dayToCome')
  const facts = await ctx.after.listFacts(db, user.scope, {
    from: new Date(startOfDay(day)).toISOString(),
    to: new Date(startOfDay(addDays(day, 1))).toISOString(),
    ...{ district: asked.district, people: true, limit: MOST },
  })
  const of = (kind: string) => facts.filter((fact) => fact.kind === kind).length
  const people = new Set(facts.flatMap(({ actor }) => (actor ? [actor.name] : [])))
  const parts = new Parts().section('log').count({
    ...{ entries: facts.length, people: people.size, notes: of('note.written') },
    ...{ acknowledged: of('alert.acknowledged'), assigned: of('alert.assigned') },
    ...{ raised: of('rectification.raised'), closed: of('rectification.closed') },
  })
  const rows = [...facts]
    .reverse()
    .map((fact): Value[] => [...[fact.at, fact.actor?.name ?? '', fact.kind, subjectOf(fact), textOf(fact)]])
  parts.table(
    'log',
    [col('time', 'time'), col('person'), col('deed', 'deed'), col('about'), col('text')],
    rows,
  )
  return { window: { from: day, to: day }, edition: null, denominator: 0, excluded: [], unmeasured: 0, parts }
}

/** What a fact is about, by the name that it carries itself. */
function subjectOf({ data }: Fact): string {
  if (data === null) return ''
  if ('alert' in data) return data.alert.siteName ?? ''
  if ('rectification' in data) return data.rectification.siteName
  if ('about' in data) return data.about.name ?? ''
  return 'number' in data ? String(data.number) : ''
}

const textOf = ({ data }: Fact): string => (data && 'text' in data && data.text) || ''
