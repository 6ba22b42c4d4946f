import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { MINUTE, SECOND } from '../../shared/base/time.ts'
import { type Cancel, systemTimers, type Timers } from '../base/clock.ts'
import type { Context } from '../base/context.ts'
import type { Tx } from '../base/db/database.ts'
import { commitFacts } from '../base/facts/commit.ts'
import { followCityAlert } from '../desk/alerts/follow.ts'
import { LASTS_MS, type LineOpinion } from '../monitor/schedule/line-watch.ts'
import { clearBlame } from './doubt.ts'
import type { Recorder } from './recorder.ts'

/** A monitor that doubts says so again and again; one that has not for so long, by the database's clock, is not there any more. */
const HEARD_MS = MINUTE
/** What a monitor thinks is stored again after so long if it tells nothing else: while it doubts, others do, or that came to nothing. */
const AGAIN_MS = HEARD_MS / 4

/**
 * Stores what the monitor thinks of its line, one opinion after the other: one alert of the city's once a doubt
 * lasts, no site blamed from its first moment on. The alert stands while any monitor doubts.
 */
export class LineRecorder {
  readonly #ctx: Context
  readonly #recorder: Pick<Recorder, 'doubt'>
  readonly #timers: Timers
  readonly #monitor = randomUUID()
  #last: Promise<void> = Promise.resolve()
  #clearedSince: number | null = null
  /** The last opinion is not stored again. */
  #cancel: Cancel = () => {}

  constructor(ctx: Context, recorder: Pick<Recorder, 'doubt'>, timers: Timers = systemTimers) {
    this.#ctx = ctx
    this.#recorder = recorder
    this.#timers = timers
  }

  tell(opinion: LineOpinion): void {
    this.#cancel()
    this.#last = this.#last
      .then(() => this.#store(opinion))
      .catch((error: unknown) => {
        this.#ctx.log.error({ err: error }, 'the state of the line could not be stored')
        this.#tellAgain(opinion)
      })
  }

  /** Resolves when everything that was told is stored. */
  settled(): Promise<void> {
    return this.#last
  }

  /** The same, and stores nothing any more. */
  async stop(): Promise<void> {
    await this.#last
    this.#cancel()
  }

  #tellAgain(opinion: LineOpinion): void {
    this.#cancel = this.#timers.after(AGAIN_MS, () => this.tell(opinion))
  }

  async #store(opinion: LineOpinion): Promise<void> {
    // The one before may be about to be stored again since this one was told.
    this.#cancel()
    const { inDoubtSince } = opinion
    if (inDoubtSince === null) await this.#trust(opinion)
    else await this.#doubt(opinion, inDoubtSince)
    this.#clearedSince = inDoubtSince
  }

  async #doubt(opinion: LineOpinion, since: number): Promise<void> {
    const { log, clock } = this.#ctx
    const { evidence } = opinion
    const isNew = since !== this.#clearedSince
    // Before all that may fail: what waits to be stored counts for nothing.
    const misses = isNew ? await this.#recorder.doubt(since) : []
    if (clock.now() - since >= LASTS_MS) {
      await commitFacts(this.#ctx, async (tx) => {
        await this.#saysSo(tx)
        return followCityAlert(tx, 'LINE', 'critical', evidence, clock.now())
      })
    }
    if (isNew) {
      log.warn({ inDoubtSince: since, evidence }, 'the line is in doubt: nobody is blamed')
      await clearBlame(this.#ctx, since, misses)
    }
    this.#tellAgain(opinion)
  }

  /** Another monitor's doubt keeps the alert; should that monitor be gone, nobody else would end it. */
  async #trust(opinion: LineOpinion): Promise<void> {
    const { log, clock } = this.#ctx
    let isHeld = false
    const told = await commitFacts(this.#ctx, async (tx) => {
      isHeld = (await forgetDoubts(tx, this.#monitor)).isAnyLeft
      return isHeld ? [] : followCityAlert(tx, 'LINE', null, opinion.evidence, clock.now())
    })
    if (told > 0) log.warn('the line is trusted again')
    if (isHeld) this.#tellAgain(opinion)
  }

  async #saysSo(tx: Tx): Promise<void> {
    await sql`
      insert into line_doubt (monitor, said_at) values (${this.#monitor}, now())
      on conflict (monitor) do update set said_at = now()
    `.execute(tx)
  }
}

/**
 * Ends the alert of the line where the monitors that doubted are not heard of any more, and no other has said that its line is well: one
 * that visits few sites and asks no reference has nothing to say of it for long.
 */
export async function endUnheardDoubts(ctx: Context, nowMs: number): Promise<void> {
  const told = await commitFacts(ctx, async (tx) => {
    const { isAnyGone, isAnyLeft } = await forgetDoubts(tx, null)
    return isAnyGone && !isAnyLeft ? followCityAlert(tx, 'LINE', null, {}, nowMs) : []
  })
  if (told > 0) ctx.log.warn('no monitor is heard of that doubts its line')
}

/** Forgets the doubts of monitors that have not said so lately, and that of the one which does not doubt any more. */
async function forgetDoubts(
  tx: Tx,
  trusting: string | null,
): Promise<{ readonly isAnyGone: boolean; readonly isAnyLeft: boolean }> {
  const { numAffectedRows = 0n } = await sql`
    delete from line_doubt
    where monitor = ${trusting}::text or said_at < now() - make_interval(secs => ${HEARD_MS / SECOND}::float8)
  `.execute(tx)
  const left = await tx.selectFrom('line_doubt').select('monitor').limit(1).executeTakeFirst()
  return { isAnyGone: numAffectedRows > 0n, isAnyLeft: left !== undefined }
}
