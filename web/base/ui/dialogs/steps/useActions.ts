import { shallowReactive } from 'vue'
import { onLeave } from '../../../forget.ts'
import { useBusy } from '../useBusy.ts'

export interface Versioned {
  readonly id: number
  readonly version: number
}

export interface Actions<T extends Versioned> {
  /** Whether an action with this thing is under way. */
  isBusy(id: number | 'bulk'): boolean
  /**
   * One action with one thing. Actions with the same thing are done one after the other, each on the version that the
   * one before has given: whoever presses the next key before the push has arrived is not told to have been
   * overtaken by himself. The same action again meanwhile (a second press) does nothing.
   * @param name of the action.
   * @returns the thing after it; undefined when it was not begun. A refusal is the caller's, to say it in its form or
   * by `toastError`.
   */
  act(thing: T, name: string, send: (thing: T) => Promise<T>): Promise<T | undefined>
  /** One action with many things. @param after the things that an answer brings. */
  bulk<R>(
    things: readonly T[],
    send: (items: { id: number; version: number }[]) => Promise<R>,
    after: (answer: R) => Iterable<T | undefined>,
  ): Promise<R | undefined>
}

/** What people do to things that have a version. One for all places: a row is busy, too, while its form is sent. */
export function useActions<T extends Versioned>(): Actions<T> {
  const { isBusy, once } = useBusy()
  /** Versions that came of one's own actions. */
  const own = new Map<number, number>()
  const lasts = shallowReactive(new Map<number, Promise<unknown>>())
  onLeave(() => own.clear())
  const versionOf = ({ id, version }: T): number => Math.max(version, own.get(id) ?? 0)

  async function inTurn<R>(id: number, work: () => Promise<R>): Promise<R> {
    const mine = (lasts.get(id) ?? Promise.resolve()).then(work, work)
    lasts.set(id, mine)
    try {
      return await mine
    } finally {
      if (lasts.get(id) === mine) lasts.delete(id)
    }
  }

  return {
    isBusy: (id) => (id === 'bulk' ? isBusy(id) : lasts.has(id)),
    act: (thing, name, send) =>
      once(`${thing.id} ${name}`, () =>
        inTurn(thing.id, async () => {
          const after = await send({ ...thing, version: versionOf(thing) })
          own.set(after.id, after.version)
          return after
        }),
      ),
    bulk: (things, send, after) =>
      once('bulk', async () => {
        await Promise.allSettled(things.map(({ id }) => lasts.get(id)))
        const answer = await send(things.map((thing) => ({ id: thing.id, version: versionOf(thing) })))
        for (const one of after(answer)) if (one) own.set(one.id, one.version)
        return answer
      }),
  }
}
