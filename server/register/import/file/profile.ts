import {
  BETWEEN_NAMES,
  type FieldValue,
  LEDGER_FIELDS,
  type LedgerField,
  MOST_NAMES,
  MOST_OF_PERSON,
} from '../../../../shared/register/ledger/ledger-rules.ts'
import { BadCell, readUrl } from './fields.ts'

const BY_KEY = new Map(LEDGER_FIELDS.map((field) => [field.key, field]))
const YES = /^(1|是|y|yes|true|✓)$/i
const NO = /^(0|否|n|no|false|✗)$/i
const PARENT = /^(bm\d{4}|bm\d{8}|\d{6}|\d{10})$/

/**
 * What a cell says of a field of the profile; null where it says nothing. Telephones and mail addresses are taken as
 * they are: a register that is twenty years old is loaded all the same, and a form is stricter with who changes them.
 * @param cell trimmed, no longer than an item may be
 * @throws BadCell
 */
export function readField(key: string, cell: string): FieldValue {
  const field = BY_KEY.get(key)
  if (!field || cell === '') return null
  switch (field.type) {
    case 'person':
    case 'phone':
    case 'mail':
      if ([...cell].length > MOST_OF_PERSON) {
        throw new BadCell(key, 'imports.cellTooLong', { most: MOST_OF_PERSON })
      }
      return cell
    case 'url':
      return address(key, cell)
    case 'yesno':
      return yesNo(key, cell)
    case 'choice':
      return choice(field, cell)
    case 'names':
      return names(key, cell)
    case 'parent':
      if (!PARENT.test(cell.toLowerCase())) throw new BadCell(key, 'imports.notCode', { cell })
      return cell.toLowerCase()
    default:
      return cell
  }
}

/** Said of the column that it stands in. */
function address(key: string, cell: string): string {
  try {
    return readUrl(cell)
  } catch (error) {
    if (error instanceof BadCell) throw new BadCell(key, error.reason, error.values)
    throw error
  }
}

function yesNo(key: string, cell: string): boolean {
  if (YES.test(cell)) return true
  if (NO.test(cell)) return false
  throw new BadCell(key, 'imports.notYesNo', { cell })
}

function choice({ key, choices = [] }: LedgerField, cell: string): string {
  const word = cell.toLowerCase()
  const found = choices.find(({ value, label, also }) =>
    [value, label.zh, label.en.toLowerCase(), ...also].includes(word),
  )
  if (found) return found.value
  throw new BadCell(key, 'ledger.notOneOf', { cell, choices: choices.map(({ label }) => label.zh) })
}

function names(key: string, cell: string): FieldValue {
  const found = cell
    .split(BETWEEN_NAMES)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (found.length > MOST_NAMES) throw new BadCell(key, 'ledger.tooManyNames', { most: MOST_NAMES })
  return found.length > 0 ? found : null
}
