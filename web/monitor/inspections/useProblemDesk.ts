import { computed, shallowRef } from 'vue'
import type { InspectionProblem } from '../../../shared/monitor/inspections/inspections.ts'
import { MOST_AT_ONCE, type ProblemState } from '../../../shared/monitor/inspections/inspections-rules.ts'
import { useWords } from '../../base/i18n.ts'
import { toast } from '../../base/ui/dialogs/toasts.ts'
import type { ListRow } from '../../base/ui/lists/worklist/lines.ts'
import { useListKeys } from '../../base/ui/lists/worklist/useListKeys.ts'
import { useWorkList, type WorkList } from '../../base/ui/lists/worklist/useWorkList.ts'
import { useSession } from '../../people/sessions/store.ts'
import type { InspectionRules, Problems } from './useInspections.ts'

/** What can be said, in the order in which it is offered. */
export const DECIDED = ['confirmed', 'refused', 'open'] as const satisfies readonly ProblemState[]

/** What somebody is about to say of some problems. */
export interface Deciding {
  readonly problems: readonly { readonly id: number; readonly version: number }[]
  readonly to: ProblemState
  /** What the rule is called; how many they are of. */
  readonly name: string
  /** Which of them: the site, or the source that they share. */
  readonly about: string
}

/** What is likeliest said: a word on what waits for one, the way back from what was said. */
export const stepsOf = ({ may, state, goneAt }: InspectionProblem): ProblemState[] =>
  state === 'open'
    ? may.filter((to) => goneAt === null || to === 'refused')
    : may.filter((to) => to === 'open')

/** The row behind some that will have left the list: where whoever works with keys goes on. */
export function rowBehind<T extends ListRow>(work: WorkList<T>, leaving: ReadonlySet<number>): number | null {
  const rows = work.rows.value
  const last = rows.findLastIndex(({ id }) => leaving.has(id))
  const next = rows.slice(last + 1)[0] ?? rows.slice(0, last + 1).findLast(({ id }) => !leaving.has(id))
  return next?.id ?? null
}

/** The list of problems as somebody works on it; what is said of one or many is asked by a dialog. */
export function useProblemDesk(problems: Problems, rules: InspectionRules, isGrouped: boolean) {
  const { t } = useWords()
  const session = useSession()
  const deciding = shallowRef<Deciding | null>(null)
  /** The row that shows all that is known of it. */
  const opened = shallowRef<number | null>(null)
  const work = useWorkList<InspectionProblem>({
    rows: () => problems.items.value,
    isHeld: () => deciding.value !== null,
    pages: problems,
    grouping: {
      of: ({ severity }) => ({ key: severity, name: t(`inspections.severity.${severity}`) }),
      rest: () => '',
      isOn: () => isGrouped,
    },
  })
  const able = (to: ProblemState, rows: readonly InspectionProblem[]) =>
    rows.filter((one) => stepsOf(one).includes(to))

  function decide(to: ProblemState, rows: readonly InspectionProblem[]): void {
    const some = able(to, rows).slice(0, MOST_AT_ONCE)
    const [first] = some
    if (!first) {
      if (rows.length > 0) toast(t('list.keys.cannot', { step: t(`inspections.step.${to}`) }))
      return
    }
    const [ids, sites] = [new Set(some.map(({ rule }) => rule)), new Set(some.map(({ siteId }) => siteId))]
    deciding.value = {
      ...{ problems: some, to },
      name: ids.size === 1 ? rules.nameOf(first.rule) : t('inspections.ofRules', { n: ids.size }),
      about: sites.size === 1 ? first.siteName : t('inspections.ofSites', { n: sites.size }),
    }
  }
  /** What was said is taken over at once, and who works with keys stands on the next one. */
  async function done(): Promise<void> {
    const ids = new Set(deciding.value?.problems.map(({ id }) => id))
    const next = work.cursor.row.value === null ? null : rowBehind(work, ids)
    deciding.value = null
    work.selection.clear()
    await problems.reload()
    work.update()
    if (next === null) return
    work.cursor.set(next)
    work.cursor.isFocusAsked.value = true
  }
  return {
    ...{ problems, rules, work, deciding, opened, able, decide, done },
    /** What can be said of at least one of the selected, and of how many. */
    bulk: computed(() =>
      DECIDED.flatMap((to) => {
        const n = able(to, work.selection.selected.value).length
        return n > 0 ? [{ to, n }] : []
      }),
    ),
    /** Whether this person may say anything of problems. */
    isJudge: () => session.can('problem.judge'),
    toggle: ({ id }: InspectionProblem): void => {
      opened.value = opened.value === id ? null : id
    },
  }
}
export type ProblemDesk = ReturnType<typeof useProblemDesk>

/** The key of each thing that can be said. */
export const DECIDE_KEYS = { confirmed: 'a', refused: 'r', open: 'u' } as const satisfies Record<
  ProblemState,
  string
>

/** Problems without the mouse. */
export function useProblemKeys(desk: ProblemDesk): void {
  const { t } = useWords()
  useListKeys(desk.work, {
    title: () => t('inspections.title'),
    open: desk.toggle,
    canSelect: desk.isJudge,
    also: DECIDED.map((to) => ({
      keys: [DECIDE_KEYS[to]],
      does: () => t(`inspections.step.${to}`),
      press: () => desk.decide(to, desk.work.targets.value),
      isThere: desk.isJudge,
    })),
  })
}
