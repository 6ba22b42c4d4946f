/*
 * What every page begins with is asked before the program has been read. This script stands by itself and imports nothing, so
 * that a browser runs it at once; `call` takes the answers, each once.
 */

/** As long as `call` waits for an answer. */
const ANSWER_MS = 30_000

const ask = (address: string): [string, Promise<Response>] => {
  const init = { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(ANSWER_MS) }
  const answer = fetch(address, init)
  // Whoever takes it is told; that nobody has taken it yet is no fault.
  answer.catch(() => {})
  return [address, answer]
}

// Who signs in, or shows the key of a wall, says so himself. The router does not mind capitals and a stroke at the end.
const saysWho = /^\/sign-in\/?$/i.test(location.pathname) || new URLSearchParams(location.search).has('key')
// The program was quicker and has asked by itself.
if (!('early' in globalThis)) {
  const early = new Map(['/api/installation', ...(saysWho ? [] : ['/api/session'])].map(ask))
  Object.assign(globalThis, { early })
}
