import type { InEach } from '../../register/rule-editions/editions.ts'
import words from './fault-words.json' with { type: 'json' }
import type { Template } from './page-checks-rules.ts'

/* Faults of accessibility as people are told of them. axe-core says what should be so, in terms of HTML. */

/** A rule of axe-core in plain words. */
export interface FaultWords {
  /** What is wrong, and for whom. */
  readonly what: InEach
  /** What whoever makes the pages has to do. */
  readonly mend: InEach
}

const FAULTS: ReadonlyMap<string, FaultWords> = new Map(Object.entries(words.faults))

/** The words of a rule by its name there, as `image-alt`; undefined for one that is new. */
export const faultWords = (rule: string): FaultWords | undefined => FAULTS.get(rule)

/** Pages by what their templates are called, as one writes them in a sentence. */
export function templateNames(templates: readonly Template[]): InEach {
  const names = templates.map((one) => words.templates[one])
  const joined = (language: keyof InEach) => names.map((one) => one[language]).join(words.and[language])
  return { zh: joined('zh'), en: joined('en') }
}
