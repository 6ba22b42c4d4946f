import { dayOfNumber, isDay } from '../../../../shared/base/time.ts'
import {
  BETWEEN_NAMES,
  type FieldValue,
  type LedgerField,
  MOST_NAMES,
  MOST_NUMBER,
  MOST_OF_PERSON,
} from '../../../../shared/register/ledger/ledger-rules.ts'
import { BadCell, readUrl } from './fields.ts'

const YES = /^(1|是|y|yes|true|✓)$/i
const NO = /^(0|否|n|no|false|✗)$/i
const PARENT = /^(bm\d{4}|bm\d{8}|\d{6}|\d{10})$/

/**
 * What a cell says of a field of the profile; null where it says nothing (whether it has to say something depends on
 * what the register says already: `plan/required.ts`). Telephones and mail addresses are taken as
 * they are: a register that is twenty years old is loaded all the same, and a form is stricter with who changes them.
 * @param cell trimmed, no longer than an item may be
 * @throws BadCell
 */
export function readField(field: LedgerField, cell: string): FieldValue {
  const { key } = field
  if (cell === '') return null
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
    case 'number':
      return number(key, cell)
    case 'day':
      return day(key, cell)
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
  const wordsOf = ({ value, label, also }: (typeof choices)[number]) => [value, label.zh, label.en, ...also]
  // Where two differ by that alone, the one that is written so.
  const found =
    choices.find((one) => wordsOf(one).includes(cell)) ??
    choices.find((one) => wordsOf(one).some((name) => name.toLowerCase() === word))
  if (found) return found.value
  throw new BadCell(key, 'ledger.notOneOf', { cell, choices: choices.map(({ label }) => label.zh) })
}

/** `1,200.5`, with digits of any width. */
function number(key: string, cell: string): number {
  const plain = cell.normalize('NFKC').replace(/(?<=\d),(?=\d{3})/g, '')
  const value = Number(plain)
  if (/^[+-]?\d+(\.\d+)?$/.test(plain) && Math.abs(value) <= MOST_NUMBER) return value
  throw new BadCell(key, 'imports.notNumber', { cell })
}

/** The day of a spreadsheet's serial number: the 25,569th is the first of 1970. */
const SERIAL_1970 = 25_569
/** Serials of this age: a year alone is none of them. */
const SERIALS = { min: 20_000, max: 80_000 }

/** 2026-11-28, 2026/11/28, 2026年11月28日, 20261128, or the serial number that a spreadsheet keeps it as. */
function day(key: string, cell: string): string {
  const plain = cell.normalize('NFKC').replace(/\s+\d{1,2}:\d{2}(:\d{2})?$/, '')
  const [, year = '', month = '', date = ''] =
    /^(\d{4})[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?$/.exec(plain) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ??
    []
  const found = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  if (isDay(found)) return found
  const serial = Number(plain)
  if (/^\d{5}(\.\d+)?$/.test(plain) && serial >= SERIALS.min && serial <= SERIALS.max) {
    return dayOfNumber(Math.floor(serial) - SERIAL_1970)
  }
  throw new BadCell(key, 'imports.notDay', { cell })
}

function names(key: string, cell: string): FieldValue {
  const found = cell
    .split(BETWEEN_NAMES)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (found.length > MOST_NAMES) throw new BadCell(key, 'ledger.tooManyNames', { most: MOST_NAMES })
  return found.length > 0 ? found : null
}
