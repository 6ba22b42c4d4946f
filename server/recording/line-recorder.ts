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

/** A monitor that doubts says so at each round; one that has not for so long, by the database's clock, is not there any more. */
const HEARD_MS = MINUTE

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
  /** Asks again whether others doubt still. */
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
      .catch((error: unknown) =>
        this.#ctx.log.error({ err: error }, 'the state of the line could not be stored'),
      )
  }

  /** Resolves when everything that was told is stored. */
  settled(): Promise<void> {
    return this.#last
  }

  /** The same, and asks nobody any more. */
  async stop(): Promise<void> {
    await this.#last
    this.#cancel()
  }

  async #store(opinion: LineOpinion): Promise<void> {
    // The one before may have begun to ask again after this one was told.
    this.#cancel()
    const { log, clock } = this.#ctx
    const { inDoubtSince, evidence } = opinion
    if (inDoubtSince === null) await this.#trust(opinion)
    else if (clock.now() - inDoubtSince >= LASTS_MS) {
      await commitFacts(this.#ctx, async (tx) => {
        await this.#saysSo(tx)
        return followCityAlert(tx, 'LINE', 'critical', evidence, clock.now())
      })
    }
    if (inDoubtSince !== null && inDoubtSince !== this.#clearedSince) {
      log.warn({ inDoubtSince, evidence }, 'the line is in doubt: nobody is blamed')
      await clearBlame(this.#ctx, inDoubtSince, await this.#recorder.doubt(inDoubtSince))
    }
    this.#clearedSince = inDoubtSince
  }

  /** Another monitor's doubt keeps the alert; should that monitor be gone, nobody else would end it. */
  async #trust(opinion: LineOpinion): Promise<void> {
    const { log, clock } = this.#ctx
    let isHeld = false
    const told = await commitFacts(this.#ctx, async (tx) => {
      isHeld = await this.#doOthersDoubt(tx)
      return isHeld ? [] : followCityAlert(tx, 'LINE', null, opinion.evidence, clock.now())
    })
    if (told > 0) log.warn('the line is trusted again')
    if (isHeld) this.#cancel = this.#timers.after(HEARD_MS, () => this.tell(opinion))
  }

  async #saysSo(tx: Tx): Promise<void> {
    await sql`
      insert into line_doubt (monitor, said_at) values (${this.#monitor}, now())
      on conflict (monitor) do update set said_at = now()
    `.execute(tx)
  }

  /** Whether any doubts that has said so lately; this one does not any more. */
  async #doOthersDoubt(tx: Tx): Promise<boolean> {
    await sql`
      delete from line_doubt
      where monitor = ${this.#monitor} or said_at < now() - make_interval(secs => ${HEARD_MS / SECOND}::float8)
    `.execute(tx)
    const other = await tx.selectFrom('line_doubt').select('monitor').limit(1).executeTakeFirst()
    return other !== undefined
  }
}
