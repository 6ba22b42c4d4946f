import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Asking, plantedAnswer } from './answer.ts'
import type { Answer } from './showing.ts'

/** Below 3 s, in which a home page has to be there; and above it, but well below 15 s, at which a page counts as not open. */
const [SLOW_MS, VERY_SLOW_MS] = [2_500, 3_600]

/** Answers a request to the test site as its plan wants it at an instant. */
export function servePlanted(
  request: IncomingMessage,
  response: ServerResponse,
  seed: number,
  atMs: number,
): void {
  giveAnswer(request, response, plantedAnswer(seed, pathOf(request), atMs, askingOf(request)))
}

/** What is asked for, without what stands behind `?` and `#`. */
export const pathOf = ({ url = '/' }: IncomingMessage): string => url.split(/[?#]/, 1)[0] ?? '/'

/** Who asks, by what it says of itself, and what stands behind `?`. */
export const askingOf = ({ url = '/', headers }: IncomingMessage): Asking => ({
  isRobot: /spider|bot\b/i.test(headers['user-agent'] ?? ''),
  query: url.split('?')[1]?.split('#', 1)[0] ?? '',
})

/** Gives an answer with all that is wrong with it. @param slowMs so late comes one that is slow */
export function giveAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  slowMs = SLOW_MS,
): void {
  if (answer.trouble === 'silent') return
  if (answer.trouble === 'closed') {
    response.destroy()
    return
  }
  if (answer.trouble === 'truncated') {
    truncate(response, answer)
    return
  }
  const send = () => {
    const headers = { 'content-type': 'text/html; charset=utf-8', ...answer.headers }
    response.writeHead(answer.status, headers)
    response.end(request.method === 'HEAD' ? undefined : answer.body)
  }
  if (answer.trouble !== 'slow' && answer.trouble !== 'verySlow') {
    send()
    return
  }
  const timer = setTimeout(send, answer.trouble === 'slow' ? slowMs : VERY_SLOW_MS)
  response.once('close', () => clearTimeout(timer))
}

/** Announces a whole page, sends the beginning and hangs up. */
function truncate(response: ServerResponse, { body }: Answer): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': body.length + 9_000,
  })
  response.write(body, () => response.destroy())
}
