import { atOnce } from '../../../server/base/slices.ts'
import { Tokens } from '../../../server/monitor/columns/tokens.ts'
import { type PageInput, readWhole } from '../../../server/monitor/read/read.ts'
import { homeSeen } from '../../../server/monitor/visit/reading/page-seen.ts'

/** A home page as the monitor reads it: what was found, what its columns are made of, and what stands on it. */
export function readHome(input: Omit<PageInput, 'kind' | 'beside'> & { readonly url: string }) {
  const tokens = new Tokens()
  const reading = readWhole({ ...input, kind: 'home', beside: tokens })
  return { ...reading, tokens: tokens.found, seen: atOnce(homeSeen(reading, tokens.found, input.url)) }
}
