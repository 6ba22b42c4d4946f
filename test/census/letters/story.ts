import type { Context } from '../../../server/base/context.ts'
import { listLetters } from '../../../server/census/letters/queries.ts'
import { recordLetter } from '../../../server/census/letters/service.ts'
import { takeLetterStep } from '../../../server/census/letters/steps.ts'
import { reckoningIn } from '../../../server/census/letters/terms.ts'
import {
  type LetterDetail,
  letterFilter,
  letterStepInput,
  newLetter,
} from '../../../shared/census/letters/letters.ts'
import type { LetterStep } from '../../../shared/census/letters/letters-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { testContext } from '../../support/context.ts'
import type { FreshDatabase } from '../../support/database.ts'
import { makeUnit } from '../../support/make.ts'
import { addUser, makePeople } from '../../support/people.ts'

let serial = 0

/** Who is there in every story of a letter: a second person of the owner's unit, and somebody of another in Haizhu. */
export async function letterStory(fresh: FreshDatabase) {
  const ctx = testContext(fresh)
  const people = await makePeople(fresh.db)
  const otherUnit = (await makeUnit(fresh.db, { name: '海珠区信访局', district: '440105' })).id
  const unitOf = (username: string, unitId: number) =>
    addUser(
      fresh.db,
      { username, name: username, role: 'unit', password_hash: '-' },
      { kind: 'unit', unitId },
    )
  const mate = await unitOf('mate', people.unitId)
  const other = await unitOf('other', otherUnit)
  const record = (more: object = {}, who: Principal = people.duty) => recordLetter(ctx, who, aLetter(more))
  const ours = (more: object = {}) => record({ unitId: people.unitId, ...more })
  const take = taking(ctx)
  const answered = async (more: object = {}) =>
    take(await take(await ours(more), people.owner, 'reply', { text: '已修复' }), mate, 'approve')
  const list = async (who: Principal, filter: object = {}) =>
    listLetters(
      ctx.db,
      who,
      letterFilter.parse(filter),
      { limit: 100 },
      await reckoningIn(ctx.db, ctx.clock.now()),
    )
  return { ctx, people, otherUnit, mate, other, record, ours, take, answered, list }
}
export type LetterStory = Awaited<ReturnType<typeof letterStory>>

/** A question of the day before, each of other words and another person. */
export const aLetter = (more: object = {}) =>
  newLetter.parse({
    ...{
      kind: 'question',
      receivedOn: '2026-03-09',
      title: `路灯不亮 ${++serial}`,
      body: `第 ${serial} 盏`,
    },
    person: { name: '陈先生', phone: `020-8${String(serial).padStart(7, '0')}` },
    ...more,
  })

/** Takes a step as its person sends it, by the version that they saw. */
export const taking =
  (ctx: Context) =>
  (one: Pick<LetterDetail, 'id' | 'version'>, who: Principal, step: LetterStep, more: object = {}) =>
    takeLetterStep(
      ctx,
      who,
      one.id,
      step,
      letterStepInput[step].parse({ version: one.version, ...more }) as never,
    )
