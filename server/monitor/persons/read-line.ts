import { foldSigns } from '../../../shared/base/signs.ts'
import type { Line } from './lines.ts'
import {
  isContact,
  isName,
  isNameBelow,
  isOfficeLabel,
  isPrivateHeading,
  isTitled,
  namesOrganisation,
  namesPrivate,
} from './names.ts'
import { has } from './whole.ts'
import words from './words.json' with { type: 'json' }

/** A line with what is asked of it again for each of its numbers, found out once. */
export class Read implements Line {
  readonly text: string
  readonly isRow: boolean
  readonly heading: string
  readonly headings: readonly string[]
  readonly above: string
  readonly at: number
  readonly table: number
  readonly isOfDuty: boolean
  readonly isOfOffice: boolean
  #names: readonly string[] | null = null
  #persons: readonly string[] | null = null
  #namesOffice: boolean | null = null
  #isOfContacts: boolean | null = null

  /**
   * @param isOfDuty some way before it stands who is on duty
   * @param isOfOffice it names an organisation, or one of the lines right before it does
   */
  constructor(
    { text, isRow, heading, headings, above, at, table }: Line,
    { isOfDuty = false, isOfOffice = false } = {},
  ) {
    this.isOfDuty = isOfDuty
    this.isOfOffice = isOfOffice
    this.at = at
    this.table = table
    this.text = text
    this.isRow = isRow
    this.heading = heading
    this.headings = headings
    this.above = above
  }

  get names(): readonly string[] {
    this.#names ??= namesOf(this).map(({ name }) => name)
    return this.#names
  }

  /** Of its names those that are none by which an office calls its own. */
  get persons(): readonly string[] {
    this.#persons ??= namesOf(this)
      .filter(({ name, heading }) => !isTitled(name, isPrivateHeading(heading)))
      .map(({ name }) => name)
    return this.#persons
  }

  /** It says where an office can be reached. */
  get namesOffice(): boolean {
    this.#namesOffice ??= OFFICE.test(foldSigns(this.text))
    return this.#namesOffice
  }

  /** A row whose persons are asked for an office's sake. */
  get isOfContacts(): boolean {
    this.#isOfContacts ??= isOfContacts(this)
    return this.#isOfContacts
  }
}

/** A telephone with a wire, or an address of mail: who is named beside it may be asked there as one of an office. */
const OFFICE = /@[\w-]+\.|(?<!\d)\(?0\d{2,3}[) -]{0,2}\d{7,8}(?!\d)/

function isOfContacts(line: Line): boolean {
  if (line.headings.some(isPrivateHeading)) return false
  const text = `${line.heading}\t${line.text}`
  return (isOfOfficials(line) && !namesPrivate(text)) || isContact(text, namesOrganisation)
}

/** A cell says what somebody is in an office, or the heading above a name does. */
const isOfOfficials = ({ text, headings }: Line): boolean =>
  text
    .split('\t')
    .some((cell, column) => isOfficeLabel(cell) || (isName(cell) && isOfficeLabel(headings[column] ?? '')))

interface Cell {
  readonly name: string
  readonly heading: string
}

/** Cells of a row that hold a name, and do not stand in a column of something else. */
function namesOf(line: Line): Cell[] {
  const { headings } = line
  const hasHeading = headings.some((heading) => has(heading, words.nameLabels))
  return line.text.split('\t').flatMap((cell, column) => {
    const heading = headings[column] ?? ''
    const isColumn = !hasHeading || has(heading, words.nameLabels)
    const isOne = has(heading, words.nameHeadings) ? isNameBelow(cell) : isName(cell)
    return isColumn && isOne ? [{ name: cell.trim(), heading }] : []
  })
}
