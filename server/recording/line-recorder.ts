import type { Context } from '../base/context.ts'
import { commitFacts } from '../base/facts/commit.ts'
import { followCityAlert } from '../desk/alerts/follow.ts'
import { LASTS_MS, type LineOpinion } from '../monitor/schedule/line-watch.ts'
import { clearBlame } from './doubt.ts'
import type { Recorder } from './recorder.ts'

/**
 * Stores what the monitor thinks of its line, one opinion after the other: one alert of the city's once a doubt
 * lasts, no site blamed from its first moment on.
 */
export class LineRecorder {
  readonly #ctx: Context
  readonly #recorder: Pick<Recorder, 'doubt'>
  #last: Promise<void> = Promise.resolve()
  #clearedSince: number | null = null

  constructor(ctx: Context, recorder: Pick<Recorder, 'doubt'>) {
    this.#ctx = ctx
    this.#recorder = recorder
  }

  tell(opinion: LineOpinion): void {
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

  async #store({ inDoubtSince, evidence }: LineOpinion): Promise<void> {
    const { log, clock } = this.#ctx
    const wanted = inDoubtSince === null ? null : 'critical'
    const isNews = inDoubtSince === null || clock.now() - inDoubtSince >= LASTS_MS
    const told = isNews
      ? await commitFacts(this.#ctx, (tx) => followCityAlert(tx, 'LINE', wanted, evidence, clock.now()))
      : 0
    if (inDoubtSince === null) {
      if (told > 0) log.warn('the line is trusted again')
    } else if (inDoubtSince !== this.#clearedSince) {
      log.warn({ inDoubtSince, evidence }, 'the line is in doubt: nobody is blamed')
      await clearBlame(this.#ctx, inDoubtSince, await this.#recorder.doubt(inDoubtSince))
    }
    this.#clearedSince = inDoubtSince
  }
}
