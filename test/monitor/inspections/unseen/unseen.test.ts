import { expect, test } from 'vitest'
import type { PlantedCase, PlantedTable } from '../planted-table.ts'
import { ACTIVITIES_UNSEEN, LETTERS_UNSEEN } from './activities.table.ts'
import { FILES_UNSEEN, SOFT_UNSEEN, WORDS_UNSEEN } from './answers.table.ts'
import { DOCUMENTS_UNSEEN } from './documents.table.ts'
import { FEET_UNSEEN } from './feet.table.ts'
import { GUIDES_UNSEEN } from './guides.table.ts'
import { HIDDEN_UNSEEN } from './hidden.table.ts'
import { HOMES_UNSEEN } from './home.table.ts'
import { HOSTS_UNSEEN } from './hosts.table.ts'
import { MIXED_UNSEEN } from './line.table.ts'
import { DATE_FORMS_UNSEEN, REPORTS_UNSEEN, SEARCHES_UNSEEN, TITLES_UNSEEN } from './pages.table.ts'
import { PERSONAL_UNSEEN } from './personal.table.ts'
import { FOREIGN_SECOND, HIDDEN_SECOND } from './second.table.ts'
import { PERSONAL_SECOND } from './second-personal.table.ts'
import { FOREIGN_UNSEEN } from './tampering.table.ts'
import { CODE_THIRD } from './third/code.table.ts'
import { FOREIGN_THIRD } from './third/foreign.table.ts'
import { HIDDEN_THIRD } from './third/hidden.table.ts'
import { HOMES_THIRD } from './third/home.table.ts'
import { PERSONAL_THIRD } from './third/personal.table.ts'

/** Written by somebody who had not read the rules: what they make of it is what they make of pages that nobody here has seen. */
const UNSEEN: readonly PlantedTable[] = [
  ...[HIDDEN_UNSEEN, FOREIGN_UNSEEN, HOMES_UNSEEN, HOSTS_UNSEEN, PERSONAL_UNSEEN, DOCUMENTS_UNSEEN],
  ...[WORDS_UNSEEN, SOFT_UNSEEN, FILES_UNSEEN, MIXED_UNSEEN, TITLES_UNSEEN, ...FEET_UNSEEN],
  ...[HIDDEN_SECOND, FOREIGN_SECOND, PERSONAL_SECOND],
  ...[HIDDEN_THIRD, FOREIGN_THIRD, PERSONAL_THIRD, HOMES_THIRD, CODE_THIRD],
  ...[
    DATE_FORMS_UNSEEN,
    REPORTS_UNSEEN,
    SEARCHES_UNSEEN,
    GUIDES_UNSEEN,
    ...ACTIVITIES_UNSEEN,
    LETTERS_UNSEEN,
  ],
]
const [FOUND, FALSE] = [0.95, 0.02]

async function saying(cases: readonly PlantedCase[], isFound: boolean): Promise<string[]> {
  const said = await Promise.all(cases.map(async (one) => [one.name, await one.says()] as const))
  return said.flatMap(([name, outcome]) => ((outcome === 'found') === isFound ? [name] : []))
}

test.each(UNSEEN.map((table) => [table.rule, table] as const))(
  'what is written without knowing %s is found by it, and what only looks so is not told',
  async (_, { faulty, sound }) => {
    const [missed, wrong] = [await saying(faulty, false), await saying(sound, true)]
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(faulty.length * (1 - FOUND))
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(sound.length * FALSE)
  },
)
