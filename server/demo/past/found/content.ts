import { placeOf } from '../../../monitor/wrong-words/book.ts'
import { plainPath } from '../../fleet/pages/chrome.ts'
import {
  type ContentFault,
  contentFaults,
  HIDDEN_HOST,
  HIDDEN_LINKS,
  KEYWORDS,
  listed,
  PERSONS_FILE,
  PERSONS_PATH,
  wrongSaid,
} from '../../fleet/pages/content/faults.ts'
import type { MadeOf, MadeProblem } from './kinds.ts'

/** What is wrong with the content of a demo site, as the rules of content find it. */
export function faultyContent({ site, behaviour }: MadeOf): MadeProblem[] {
  const { salt } = behaviour.publisher
  return contentFaults(salt).flatMap((fault) => FOUND[fault](salt, site.host))
}

const FOUND: Readonly<Record<ContentFault, (salt: number, host: string) => MadeProblem[]>> = {
  hidden: () => [
    {
      ...{ rule: 'hidden-links', key: HIDDEN_HOST, path: '/', told: HIDDEN_HOST },
      excerpt: HIDDEN_LINKS.map((text) => `${text} (www.${HIDDEN_HOST})`).join('；'),
      detail: { by: 'offscreen', links: HIDDEN_LINKS.length, hosts: HIDDEN_HOST, all: HIDDEN_LINKS.length },
    },
  ],
  // It is in a browser that these are hidden links (`drawnFaults`).
  hiddenByFile: () => [],
  tampered: () => [
    {
      ...{ rule: 'foreign-words', key: '/', path: '/', excerpt: KEYWORDS },
      detail: { places: 'keywords', words: KEYWORDS.replaceAll(',', ' ') },
    },
  ],
  persons: (salt, host) => published(salt, 'persons', PERSONS_PATH, host),
  personFile: (salt, host) => published(salt, 'personFile', PERSONS_FILE, host),
  wrongWord: (salt) => {
    const { sentence, wrong, right, kind } = wrongSaid(salt)
    const from = sentence.indexOf(wrong)
    const path = plainPath('duties')
    return [
      {
        ...{
          rule: 'wrong-words',
          key: placeOf(wrong, sentence, from, from + wrong.length),
          path,
          excerpt: sentence,
        },
        detail: { wrong, right, kind },
        outline: { text: wrong },
      },
    ]
  },
}

function published(salt: number, where: 'persons' | 'personFile', path: string, host: string): MadeProblem[] {
  const [, ...rows] = listed(salt, where)
  const [first = []] = rows
  const covered = (text = '') => `${text.slice(0, 3)}***${text.slice(-2)}`
  const [no, name = '', identity, phone, sum] = first
  const excerpt = [no, `${name.slice(0, 1)}**`, covered(identity), covered(phone), sum].join(' ')
  return (['identity', 'mobile'] as const).map((kind) => ({
    ...{ rule: 'personal-data', key: `${kind} ${path}`, path, excerpt, told: `${host}${path}` },
    detail: { kind, count: rows.length, samples: covered(kind === 'identity' ? identity : phone) },
  }))
}
