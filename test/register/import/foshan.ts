import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { loadBoard } from '../../../server/city/board/load.ts'
import { namedPlaces } from '../../../server/register/divisions/area.ts'
import type { DivisionTree } from '../../../server/register/divisions/tree.ts'
import { readRegister } from '../../../server/register/import/file/read.ts'
import { importRegister } from '../../../server/register/import/import.ts'
import { planImport } from '../../../server/register/import/plan/plan.ts'
import type { Answers } from '../../../shared/register/import/imports.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { treeFor } from '../../support/registers/guangzhou.ts'
import { type RegisterLine, registerFile } from '../../support/registers/registers.ts'

export let fresh: FreshDatabase
export let ctx: TestContext
export let tree: DivisionTree

export const plan = (lines: readonly RegisterLine[]) => planFile(registerFile(lines))
export async function planFile(bytes: Uint8Array, answers: Answers = {}, area: string | null = null) {
  return planImport(fresh.db, await readRegister(bytes), answers, area)
}
export const load = (lines: readonly RegisterLine[], answers: Answers = {}, area: string | null = null) =>
  loadFile(registerFile(lines), answers, area)
export async function loadFile(bytes: Uint8Array, answers: Answers = {}, area: string | null = null) {
  const made = await planFile(bytes, answers, area)
  const result = await importRegister(ctx, made.rows, {
    ...made,
    area: { code: made.area.code, by: made.areaBy === 'file' ? 'register' : 'hand' },
  })
  return { ...made, ...result }
}
/** Groups in the order of the wall, with how many sites each has. */
export async function wall() {
  const { area, groups } = await namedPlaces(fresh.db)
  const { board } = await loadBoard(fresh.db, ctx.clock.now())
  const counts = (code: string) =>
    [...board.sites.values()].filter(({ district }) => district === code).length
  return { area: area?.name, groups: groups.map(({ code, name }) => `${name} ${counts(code)}`) }
}
export const part = (code: string) => {
  const division = tree.get(code)
  if (!division) throw new Error(`there is no ${code}`)
  return division
}

/** Call once in a file: no groups and no sites, for each story. */
export function loadIntoFoshan(): void {
  beforeAll(async () => {
    fresh = await freshDatabase()
    ctx = testContext(fresh)
    tree = await treeFor('440600')
  })
  afterAll(() => fresh.drop())
  beforeEach(async () => {
    await sql`truncate district, fact restart identity cascade`.execute(fresh.db)
    await sql`delete from setting where key = 'area'`.execute(fresh.db)
    await sql`delete from division where code ~ '[a-z-]' or edited`.execute(fresh.db)
    await fresh.db.updateTable('fact_counter').set({ seq: 0 }).execute()
  })
}
