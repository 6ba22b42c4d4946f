import type { FieldType, LedgerField } from '../ledger/ledger-rules.ts'

/** What a field of one's own may hold. */
export const OWN_KINDS = ['text', 'number', 'day', 'choice', 'yesno'] as const satisfies readonly FieldType[]
export type OwnKind = (typeof OWN_KINDS)[number]

export const MOST_LABEL = 30
export const MOST_CHOICES = 30

/** A field that the installation has defined, as everybody is told of it. */
interface Defined {
  readonly key: string
  readonly section: string
  readonly kind: OwnKind
  readonly zh: string
  readonly en: string
  readonly choices: readonly {
    readonly value: string
    readonly zh: string
    readonly en: string
    readonly retired: boolean
  }[]
  readonly required: boolean
  readonly retired: boolean
}

/** A name without what stands behind it in brackets: a file may leave out in what it is counted. */
const bare = (name: string): string => name.replace(/[(\uff08].*[)\uff09]/, '')

/** A field of one's own as one of the register. */
export const asLedgerField = (one: Defined): LedgerField => ({
  ...{ key: one.key, group: one.section, type: one.kind, label: { zh: one.zh, en: one.en } },
  headers: [bare(one.zh), bare(one.en)],
  ...(one.kind === 'choice' && {
    choices: one.choices.map(({ value, zh, en, retired }) => ({
      ...{ value, label: { zh, en }, also: [] },
      ...(retired && { retired: true as const }),
    })),
  }),
  ...(one.required && { required: true }),
  ...(one.retired && { retired: true }),
})
