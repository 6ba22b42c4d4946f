import { stemOf } from '../../../../shared/base/places-rules.ts'
import { cut } from '../../../../shared/base/text.ts'
import type { Division } from '../../../../shared/register/divisions/divisions.ts'
import type { Answers, Question } from '../../../../shared/register/import/imports.ts'
import type { Steps } from '../../../base/slices.ts'
import { BadCell } from '../file/fields.ts'
import type { ReadRow } from '../file/parse.ts'
import type { Asked, Places, Where } from './where.ts'

const MOST_LINES = 5
const MOST_EXAMPLES = 3
/** Of a division's name. */
const MOST_NAME = 50

/** Gathers what has to be asked of a register's places, and does what was answered. */
export class Questions {
  readonly #places: Places
  readonly #answers: Answers
  readonly #waiting = new Map<string, { asked: Asked; rows: ReadRow[] }>()
  readonly #added = new Map<string, Division>()
  #departments: Map<string, Division> | null = null
  #left = 0
  #lastFree = 0

  constructor(places: Places, answers: Answers) {
    this.#places = places
    this.#answers = answers
  }

  /**
   * Where a row belongs, as far as it is known or was answered; undefined: it waits, or is left out.
   * @throws BadCell when the answer names a division that there is none.
   */
  settle(row: ReadRow, where: Where): Exclude<Where, Asked> | undefined {
    if (!('key' in where)) return where
    const answer = this.#answers[where.key]
    if (answer === 'leave') {
      this.#left += 1
      return undefined
    }
    if (answer === 'accept') return { division: this.#accepted(where) }
    if (answer?.startsWith('map:')) return { division: this.#mapped(where, answer.slice('map:'.length)) }
    const waiting = this.#waiting.get(where.key) ?? { asked: where, rows: [] }
    waiting.rows.push(row)
    this.#waiting.set(where.key, waiting)
    return undefined
  }

  /** Of a ministry whose codes tell no departments apart, the department that the site's unit is. */
  departmentOf({ unit }: ReadRow): Division {
    // As it is stored: the next file finds it by that.
    const name = cut(unit, MOST_NAME)
    const { area, tree } = this.#places
    // Of namesakes the first.
    this.#departments ??= new Map(
      tree
        .parts(area)
        .toReversed()
        .map((part) => [part.name, part]),
    )
    const known = this.#departments.get(name)
    if (known) return known
    const code = this.#freeCode(area)
    const department = {
      code,
      name,
      nameEn: name,
      level: 'department',
      parent: area,
      successor: null,
    } as const
    this.#departments.set(name, department)
    return this.#add(`unit:${name}`, department)
  }

  *result(): Steps<{ questions: Question[]; added: Division[]; waiting: number; left: number }> {
    const asked = [...this.#waiting.values()]
    const { tree, area } = this.#places
    const parts = tree.parts(area).map((part) => ({ part, stem: stemOf(part.name) }))
    const questions: Question[] = []
    for (const one of asked) questions.push(yield* questionOf(one, parts))
    return {
      questions,
      added: [...this.#added.values()],
      waiting: asked.reduce((sum, { rows }) => sum + rows.length, 0),
      left: this.#left,
    }
  }

  /** A new area of its own in the area; what lies outside is let in as it is. */
  #accepted(asked: Asked): Division {
    if (asked.kind === 'outside') return asked.place
    const { area, tree } = this.#places
    const known = this.#added.get(asked.key)
    if (known) return known
    const isDepartment = tree.get(area)?.level === 'department'
    const name = asked.kind === 'unknownPlace' ? asked.text : asked.code
    const code = asked.kind === 'unknownCode' ? asked.code : this.#freeCode(area)
    const level = isDepartment ? 'department' : 'zone'
    return this.#add(asked.key, { code, name, nameEn: name, level, parent: area, successor: null })
  }

  /** Another name or code of a division that there is: the next import knows it. */
  #mapped(asked: Asked, to: string): Division {
    const { area, tree } = this.#places
    const target = tree.today(to)
    if (!target) throw new BadCell('district', 'imports.answerIsNoDivision', { to })
    if (asked.kind === 'outside' || this.#added.has(asked.key)) return target
    const name = asked.kind === 'unknownPlace' ? asked.text : asked.code
    const code = asked.kind === 'unknownCode' ? asked.code : this.#freeCode(area)
    const level = target.level === 'nation' ? 'department' : target.level
    this.#add(asked.key, { code, name, nameEn: name, level, parent: area, successor: target.code })
    return target
  }

  #add(key: string, division: Division): Division {
    this.#added.set(key, division)
    this.#places.tree.add(division)
    if (!this.#departments?.has(division.name)) this.#departments?.set(division.name, division)
    return division
  }

  #freeCode(area: string): string {
    for (;;) {
      this.#lastFree += 1
      const code = `${area}-${this.#lastFree}`
      if (!this.#places.tree.get(code)) return code
    }
  }
}

interface Waiting {
  readonly asked: Asked
  readonly rows: readonly ReadRow[]
}
interface Part {
  readonly part: Division
  readonly stem: string
}

function* questionOf({ asked, rows }: Waiting, parts: readonly Part[]): Steps<Question> {
  const suggestion = yield* suggested(rows, parts)
  const about = {
    rows: rows.length,
    lines: rows.slice(0, MOST_LINES).map(({ line }) => line),
    examples: rows.slice(0, MOST_EXAMPLES).map(({ name }) => name),
    suggestion: suggestion && named(suggestion),
  }
  if (asked.kind !== 'outside') return { ...asked, ...about }
  const { key, kind, place } = asked
  return { key, kind, place: named(place), ...about }
}

/** The part of the area that most of the names speak of. */
function* suggested(rows: readonly ReadRow[], parts: readonly Part[]): Steps<Division | null> {
  const counts = parts.map(({ part }) => ({ part, count: 0 }))
  for (const { name, unit } of rows) {
    for (const [at, { stem }] of parts.entries()) {
      const count = counts[at]
      if (count && (name.includes(stem) || unit.includes(stem))) count.count += 1
    }
    yield
  }
  const [best] = counts.sort((a, b) => b.count - a.count)
  return best && best.count * 2 > rows.length ? best.part : null
}

const named = ({ code, name, nameEn }: Division) => ({ code, name, nameEn })
