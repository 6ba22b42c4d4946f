import { type ShallowRef, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import type { ProblemGroup } from '../../../shared/monitor/inspections/inspections.ts'
import { type ProblemState, sourceName } from '../../../shared/monitor/inspections/inspections-rules.ts'
import { useWords } from '../../base/i18n.ts'
import { toast } from '../../base/ui/dialogs/toasts.ts'
import { useListKeys } from '../../base/ui/lists/worklist/useListKeys.ts'
import { useWorkList } from '../../base/ui/lists/worklist/useWorkList.ts'
import { useSession } from '../../people/sessions/store.ts'
import type { InspectionRules, ProblemsAsked, useProblemGroups } from './useInspections.ts'
import { DECIDE_KEYS, type Deciding, rowBehind } from './useProblemDesk.ts'

/** Of what source the problems of a group are. */
export function useSourceName(): (group: Pick<ProblemGroup, 'told'>) => string {
  const { t } = useWords()
  return ({ told }) =>
    told === null ? t('inspections.eachOwn') : t('inspections.ofSource', { source: sourceName(told) })
}

/** The address of the list that has the problems of a group one by one. */
export const groupQuery = ({ rule, told }: Pick<ProblemGroup, 'rule' | 'told'>, asked: ProblemsAsked) => ({
  ...{ show: 'list', rule, state: asked.state },
  ...(told !== null && { told }),
  ...(asked.district && { district: asked.district }),
  ...(asked.q && { q: asked.q }),
})

/** Problems by rule and source as somebody works on them. */
export function useGroupDesk(
  groups: ReturnType<typeof useProblemGroups>,
  rules: InspectionRules,
  asked: () => ProblemsAsked,
) {
  const { t } = useWords()
  const session = useSession()
  const deciding: ShallowRef<Deciding | null> = shallowRef(null)
  const sourceOf = useSourceName()
  const work = useWorkList<ProblemGroup>({
    rows: () => groups.data.value ?? [],
    asked: () => [asked(), groups.data.value !== undefined],
    isHeld: () => deciding.value !== null,
    grouping: {
      of: ({ severity }) => ({ key: severity, name: t(`inspections.severity.${severity}`) }),
      rest: () => '',
    },
  })
  function decide(to: ProblemState, group: ProblemGroup): void {
    if (!group.may.includes(to)) toast(t('list.keys.cannot', { step: t(`inspections.step.${to}`) }))
    else {
      const { waiting: problems, open, rule } = group
      const about = sourceOf(group)
      const rest = open - problems.length
      deciding.value = {
        ...{ problems, to, name: rules.nameOf(rule) },
        about: rest > 0 ? t('inspections.firstOnly', { about, n: problems.length, rest }) : about,
      }
    }
  }
  async function done(): Promise<void> {
    const decided = new Set(deciding.value?.problems.map(({ id }) => id))
    const leaving = work.rows.value.filter(({ waiting }) => waiting.some(({ id }) => decided.has(id)))
    const next = work.cursor.row.value === null ? null : rowBehind(work, new Set(leaving.map(({ id }) => id)))
    deciding.value = null
    await groups.reload()
    work.update()
    if (next === null) return
    work.cursor.set(next)
    work.cursor.isFocusAsked.value = true
  }
  return { rules, work, deciding, decide, done, asked, isJudge: () => session.can('problem.judge') }
}
export type GroupDesk = ReturnType<typeof useGroupDesk>

/** The same without the mouse. */
export function useGroupKeys(desk: GroupDesk): void {
  const { t } = useWords()
  const router = useRouter()
  const on = (to: ProblemState) => () => {
    if (desk.work.current.value) desk.decide(to, desk.work.current.value)
  }
  useListKeys(desk.work, {
    title: () => t('inspections.show.groups'),
    open: (group) => void router.push({ name: 'inspections', query: groupQuery(group, desk.asked()) }),
    also: (['confirmed', 'refused'] as const).map((to) => ({
      keys: [DECIDE_KEYS[to]],
      does: () => t(`inspections.stepAll.${to}`),
      press: on(to),
      isThere: desk.isJudge,
    })),
  })
}
