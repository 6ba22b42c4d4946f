import type { NameIn } from '../../../shared/locales/keys.ts'
import { type CallOutput, call } from '../../base/call.ts'
import { useWords } from '../../base/i18n.ts'
import { toast } from '../../base/ui/dialogs/toasts.ts'
import { type Busy, useBusy } from '../../base/ui/dialogs/useBusy.ts'
import { type Query, useQuery } from '../../base/ui/lists/useQuery.ts'

export const KINDS = ['down', 'hang', 'tls', 'firewall', 'stale'] as const
export type Kind = (typeof KINDS)[number]

/** Others may break sites too, and faults by hand can run out. */
const REFRESH_MS = 10_000

export interface Fleet {
  readonly state: Query<CallOutput<'fleet'>>
  readonly isBusy: Busy['isBusy']
  breakSite(siteId: number, kind: Kind): Promise<void>
  heal(siteId: number): Promise<void>
  cut(down: boolean): Promise<void>
}

/** What is broken by hand in the demo fleet, and the levers. */
export function useFleet(): Fleet {
  const { t } = useWords()
  const { isBusy, run } = useBusy()
  const state = useQuery(
    () => null,
    () => call('fleet'),
    { again: { everyMs: REFRESH_MS, when: () => true } },
  )

  async function act(
    key: string | number,
    words: NameIn<'fleet.done'>,
    work: () => Promise<unknown>,
  ): Promise<void> {
    const done = await run(key, () => work().then(() => true))
    if (done) toast(t(`fleet.done.${words}`))
    await state.reload()
  }
  return {
    state,
    isBusy,
    breakSite: (siteId, kind) => act(siteId, 'broken', () => call('breakSite', { body: { siteId, kind } })),
    heal: (siteId) => act(siteId, 'healed', () => call('healSite', { body: { siteId } })),
    cut: (down) => act('line', down ? 'cut' : 'mended', () => call('cutLine', { body: { down } })),
  }
}
