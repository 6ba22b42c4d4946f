import { chance, choose } from '../../cast/random.ts'
import { listsPersons, PERSONS_NAME, PERSONS_PATH, wrongSentence } from './content/faults.ts'
import { foreignParts } from './foreign.ts'

const FORMS =
  '居住证申领表,生育登记表,低保申请表,就业登记表,残疾人证申请表,公租房申请表,食品经营许可申请书,道路占用申请表'
const ENDINGS = ['doc', 'xls', 'pdf', 'zip'] as const
/** Where the online application system of a site is; of one site in twenty it does not answer. */
export const APPLY_PATH = '/apply/index.html'

/** What stands on a menu page besides its text: forms to download, the application system, a map with old pages. */
export function extras(slug: string, salt: number): string {
  if (slug === 'forms')
    return `<ul>${FORMS.split(',')
      .map((name, n) => form(name, n, salt))
      .join('')}</ul>${listsPersons(salt) ? `<p><a href="${PERSONS_PATH}">${PERSONS_NAME}</a></p>` : ''}`
  if (slug === 'duties') return wrongSentence(salt)
  if (slug === 'guides') return `<p><a href="${APPLY_PATH}">网上申报系统</a></p>`
  if (slug !== 'map') return foreignParts(slug, salt)
  return Array.from(
    { length: oldPages(salt) },
    (_, n) => `<p><a href="/about/old-${n + 1}.html">旧版栏目${n + 1}</a></p>`,
  ).join('')
}

/** Pages that are gone and still stand in the map of the site. */
export function oldPages(salt: number): number {
  return chance(salt, 91) < 0.15 ? 2 + choose(5, salt, 92) : 0
}

function form(name: string, n: number, salt: number): string {
  return `<li><a href="${formPath(n, isLost(n, salt))}">${name}</a></li>`
}

function formPath(n: number, isLost: boolean): string {
  return `/files/${isLost ? 'lost-' : ''}form-${n + 1}.${ENDINGS[n % ENDINGS.length]}`
}

/** The forms of a site that cannot be downloaded any more. */
export function lostForms(salt: number): { path: string; name: string }[] {
  return FORMS.split(',').flatMap((name, n) => (isLost(n, salt) ? [{ path: formPath(n, true), name }] : []))
}

/** One site in eight has lost one or two of its forms. */
function isLost(n: number, salt: number): boolean {
  return chance(salt, 93) < 0.125 && n < 1 + choose(2, salt, 94)
}

export function isSystemDown(salt: number): boolean {
  return chance(salt, 95) < 0.05
}
