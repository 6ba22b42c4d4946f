import { shallowRef } from 'vue'
import type { CrossCheck } from '../../../shared/monitor/imprints/imprints-rules.ts'
import { FIELD_OF } from '../../../shared/monitor/imprints/imprints-rules.ts'
import type { SiteRecord } from '../../../shared/register/ledger/ledger.ts'
import type { FieldValues } from '../../../shared/register/ledger/ledger-rules.ts'
import { call } from '../../base/call.ts'
import { t } from '../../base/i18n.ts'
import type { Fact } from '../../base/live/fact.ts'
import { useBusy } from '../../base/ui/dialogs/useBusy.ts'

/** What the register is about to take over from a page, by the form that changes it. */
export interface Taking {
  readonly record: SiteRecord
  readonly given: FieldValues
  readonly because: string
}

export const isOfRegister = ({ kind }: Fact): boolean =>
  kind === 'register.changed' || kind.startsWith('ledger.')

/** Taking the page's value into the register: it is filled into the form, with the reason, for whoever may change it. */
export function useTaking() {
  const taking = shallowRef<Taking | null>(null)
  const { run } = useBusy()
  const isToTake = ({ outcome, page }: CrossCheck) => outcome === 'differs' && page !== null
  return {
    taking,
    isToTake,
    /** @param mayChange the fields of the register that the reader may change. */
    mayTake: (one: CrossCheck, mayChange: readonly string[]) =>
      isToTake(one) && mayChange.includes(FIELD_OF[one.check]),
    async take(siteId: number, { check, page }: CrossCheck): Promise<void> {
      const record = await run('record', () => call('siteRecord', { params: { id: siteId } }))
      if (!record) return
      const because = t('imprints.because', { check: t(`imprints.check.${check}`) })
      taking.value = { record, given: { [FIELD_OF[check]]: page }, because }
    },
  }
}
