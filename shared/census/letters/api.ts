import { z } from 'zod'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import {
  letter,
  letterDetail,
  letterFilter,
  letterImport,
  letterStepInput,
  newLetter,
  siteUnanswered,
} from './letters.ts'
import { LETTER_STEPS, type LetterStep } from './letters-rules.ts'
import './rights.ts'

const step = <S extends LetterStep>(name: S, summary: string) =>
  ({
    method: 'POST',
    path: `/api/letters/:id/${name}`,
    summary,
    needs: LETTER_STEPS[name].needs as (typeof LETTER_STEPS)[S]['needs'],
    params: id,
    body: letterStepInput[name] as (typeof letterStepInput)[S],
    output: letterDetail,
  }) as const

/** Letters of citizens (百姓热线): lists, recording, importing, and the steps of each. */
export const letterEndpoints = {
  letters: {
    method: 'GET',
    path: '/api/letters',
    summary: 'Letters of the own scope: open ones by their last day, others newest first',
    needs: 'letter.read',
    cost: 3,
    query: letterFilter.extend({ ...paging, limit: z.coerce.number().int().min(1).max(200).default(50) }),
    output: page(letter),
  },
  letter: {
    method: 'GET',
    path: '/api/letters/:id',
    summary: 'One letter with its steps; who wrote it is told only to those who handle it',
    needs: 'letter.read',
    params: id,
    output: letterDetail,
  },
  siteUnanswered: {
    method: 'GET',
    path: '/api/sites/:id/unanswered',
    summary:
      'Letters without an answer for months: by the hotline, and by what the monitor has seen in the own message columns of the site',
    needs: 'signedIn',
    params: id,
    output: siteUnanswered,
  },
  recordLetter: {
    method: 'POST',
    path: '/api/letters',
    summary: 'Record a letter; its last day is reckoned in working days',
    needs: 'letter.record',
    body: newLetter,
    output: letterDetail,
  },
  importLetters: {
    method: 'POST',
    path: '/api/letters/import',
    summary:
      'Record the letters of a sheet (CSV or XLSX), all or none; dryRun=true tells what would come of it',
    needs: 'letter.record',
    cost: 20,
    query: z.object({ dryRun: z.enum(['true', 'false']).optional() }),
    takes: 'application/octet-stream',
    output: letterImport,
  },
  assignLetter: step('assign', 'Give a letter to a department'),
  transferLetter: step('transfer', 'Give it to another department'),
  returnLetter: step('return', 'It is not for this department, for a reason'),
  joinLetter: step('join', 'Have another department handle it, too'),
  contributeLetter: step('contribute', 'What a department says to it, for the answer'),
  askLetter: step('ask', 'Ask for more time, once'),
  extendLetter: step('extend', 'Give more time, once; not by who asks for it'),
  declineLetter: step('decline', 'Refuse more time'),
  replyLetter: step('reply', 'Write the answer, to be looked through'),
  reviseLetter: step('revise', 'Give the answer back to be rewritten'),
  approveLetter: step('approve', 'Another than its author approves the answer: the letter is answered'),
  publishLetter: step('publish', 'Show letter and answer to the public'),
  unpublishLetter: step('unpublish', 'Show them no longer'),
  rateLetter: step('rate', 'How satisfied the citizen is'),
  closeLetter: step('close', 'Nothing is left to be done'),
  reopenLetter: step('reopen', 'It goes on; its first answer stays what counts'),
  linkLetter: step('link', 'It is about a site: an alert of it, or a finding'),
  mergeLetter: step('merge', 'It is the same as another letter, which answers for both'),
  forgetLetter: step('forget', 'Delete what is known of the person; everybody may read the letter no longer'),
} as const satisfies Record<string, Endpoint>
