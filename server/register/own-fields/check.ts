import { fieldSchema } from '../../../shared/register/ledger/ledger.ts'
import type { FieldSet, FieldValue } from '../../../shared/register/ledger/ledger-rules.ts'
import { OWN_KEYS } from '../../../shared/register/ledger/ledger-rules.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Reason } from '../../base/words/refusals.ts'
import './refusals.ts'

type Fields = Readonly<Record<string, FieldValue | undefined>>

/**
 * What somebody says of a site, with what is said of fields of one's own as these hold it: the contract knows none of
 * them.
 * @throws Refusal invalid, with each field: there is none, it holds something else, or must not be empty
 */
export function checkedOwn(fields: Fields, known: FieldSet): Fields {
  const checked: Record<string, FieldValue | undefined> = { ...fields }
  const wrong: { key: string; reason: Reason }[] = []
  for (const key of OWN_KEYS) {
    const value = fields[key]
    if (value === undefined) continue
    const field = known.of(key)
    const read = field && fieldSchema(field).safeParse(value)
    if (!field || field.retired) wrong.push({ key, reason: 'ownFields.noSuch' })
    else if (!read?.success) wrong.push({ key, reason: 'ownFields.notThat' })
    else if (field.required && (read.data === null || read.data === '')) {
      wrong.push({ key, reason: 'ownFields.mustBeSaid' })
    } else checked[key] = read.data
  }
  refuse(wrong, known)
  return checked
}

/** Whoever adds a site says what has to be said. @throws Refusal invalid, with each field that is left out */
export function requireOwn(fields: Fields, known: FieldSet): void {
  const missing = known.own.filter(
    ({ key, required, retired }) => required && !retired && fields[key] === undefined,
  )
  refuse(
    missing.map(({ key }) => ({ key, reason: 'ownFields.mustBeSaid' as const })),
    known,
  )
}

function refuse(wrong: readonly { key: string; reason: Reason }[], known: FieldSet): void {
  const [first] = wrong
  if (!first) return
  const valuesOf = (key: string) => ({ name: known.of(key)?.label.zh ?? key })
  const issues = wrong.map(({ key, reason }) => ({ path: `body.${key}`, reason, values: valuesOf(key) }))
  throw new Refusal('invalid', first.reason, { values: valuesOf(first.key), issues })
}
