import type { Person } from '../../../shared/base/person.ts'
import { SETUP_STEPS, type SetupStep } from '../../../shared/desk/setup/setup.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { type Facts, keepSkipped, setupFacts, skippedSteps } from './queries.ts'

/** Whether a step is done, and how many are lacking where they can be counted. */
const JUDGES: Record<(typeof SETUP_STEPS)[number], (facts: Facts) => { done: boolean; lacking: number }> = {
  register: ({ sites }) => ({ done: sites, lacking: 0 }),
  districts: ({ sites, districtsWithout: lacking }) => ({ done: sites && lacking === 0, lacking }),
  people: ({ workgroup }) => ({ done: workgroup, lacking: 0 }),
  channels: ({ channels }) => ({ done: channels, lacking: 0 }),
  wall: ({ wallLinks }) => ({ done: wallLinks, lacking: 0 }),
}

/**
 * The steps to a running room. What the demo has made is no step of anybody's: of it there is one, whether somebody has
 * looked at it.
 */
export async function setupSteps(db: Db, isDemo: boolean): Promise<SetupStep[]> {
  const skipped = await skippedSteps(db)
  if (isDemo) return [{ step: 'demo', state: skipped.includes('demo') ? 'skipped' : 'missing', lacking: 0 }]
  const facts = await setupFacts(db)
  return SETUP_STEPS.map((step) => {
    const { done, lacking } = JUDGES[step](facts)
    return { step, state: done ? 'done' : skipped.includes(step) ? 'skipped' : 'missing', lacking }
  })
}

/** Skips a step or takes it up again. @throws Refusal conflict, of the demo's where there is none, and the other way round */
export async function skipStep(
  ctx: Context,
  user: Person,
  given: { readonly step: SetupStep['step']; readonly skipped: boolean; readonly isDemo: boolean },
): Promise<SetupStep[]> {
  const { step, skipped, isDemo } = given
  if ((step === 'demo') !== isDemo) throw new Refusal('conflict', 'setup.notHere')
  const at = new Date(ctx.clock.now())
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await keepSkipped(tx, step, skipped))) return
    const action = skipped ? 'setup.skipped' : 'setup.resumed'
    await recordAudit(tx, { at, actor: user, action, entity: 'settings', entityId: null, detail: { step } })
  })
  return setupSteps(ctx.db, isDemo)
}
