import type { Language } from '../../../../shared/base/words/language.ts'
import type { EmptiedUnit, Question } from '../../../../shared/register/import/imports.ts'
import { inWords } from '../../../base/words/refusals.ts'
import { columnLabel } from '../../sites/column-names.ts'
import type { BadRegisterRow } from '../file/parse.ts'

/** Sites that are named one by one on a terminal. */
const MOST = 20

/** What is wrong with a row, behind the name of its column. */
export function sayWrong({ column, ...said }: Omit<BadRegisterRow, 'line'>, language: Language): string {
  const sentence = inWords(said, language)
  return column ? `${columnLabel(column)}: ${sentence}` : sentence
}

/** A question as the command prints it: what it is about, and what may be answered. */
export function sayQuestion(question: Question): string[] {
  if (question.kind === 'missing') {
    const { sites } = question
    return [
      `? ${sites.length} sites of the register are not in the file. What became of them?`,
      ...sites.slice(0, MOST).map(({ code, name, url }) => `    ${code} ${name} ${url}`),
      ...(sites.length > MOST ? [`    and ${sites.length - MOST} more`] : []),
      '  --answer missing=closed|moved|keep for all of them, --answer missing:CODE=… for one; keep: forgotten in the file',
    ]
  }
  if (question.kind === 'changedCode') {
    const { from, to, key, same, line } = question
    const why = same.map((one) => (one === 'host' ? 'address' : 'name and unit')).join(', ')
    return [
      `? line ${line}: ${to.code} ${to.name} has the ${why} of ${from.code} ${from.name}, which is not in the file. Is it the same site?`,
      `  --answer ${key}=same|other`,
    ]
  }
  if (question.kind === 'reappeared') {
    const { site, to, key, line, how, same } = question
    const what =
      same === 'code'
        ? `${to.code} ${to.name}`
        : `${to.code} ${to.name} has the address of ${site.code} ${site.name}, which`
    return [
      `? line ${line}: ${what} was said to be ${how}. Is it open again, or what is it?`,
      `  --answer ${key}=reopened${same === 'host' ? '|other (another site at that address)' : ''}|mistake (of the file: left out)`,
    ]
  }
  const about = {
    unknownCode: () => `no division has the code ${'code' in question ? question.code : ''}`,
    unknownPlace: () => `"${'text' in question ? question.text : ''}" is no division that is known`,
    outside: () =>
      'place' in question ? `${question.place.name} (${question.place.code}) does not lie in the area` : '',
  }[question.kind]()
  const { rows, lines, examples, suggestion, key } = question
  return [
    `? ${about}: ${rows} rows (lines ${lines.join(', ')}${rows > lines.length ? ' …' : ''}), such as ${examples.join(', ')}`,
    `  --answer ${key}=accept (a group of its own), =map:CODE${suggestion ? ` (perhaps ${suggestion.code} ${suggestion.name})` : ''} or =leave`,
  ]
}

/** A unit that is left without sites, as the command prints it. */
export function sayEmptied({ name, place, into }: EmptiedUnit): string {
  const to = into.map((one) => `${one.sites} to ${one.name} (${one.place.name})`).join(', ')
  return `! ${name} (${place.name}) has no sites after this: ${to}`
}
