import type { Page } from 'playwright-core'

const SHUT_OUT = 'unit-21'
const FAILURES = 10

/**
 * An account that is shut out, unless one is: whoever presses every button elsewhere lets it in again.
 * @param admin a page of an administrator.
 */
export async function shutSomebodyOut(admin: Page, origin: string): Promise<void> {
  for (let n = 0; n < FAILURES && (await lockouts(admin)).length === 0; n += 1) {
    await fetch(`${origin}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: SHUT_OUT, password: `wrong-${n}` }),
    })
  }
  if ((await lockouts(admin)).length === 0) throw new Error('nobody is shut out')
}

/** Lets it in again. */
export async function letIn(admin: Page): Promise<void> {
  for (const { id } of await lockouts(admin)) await admin.request.delete(`/api/lockouts/${id}`)
}

async function lockouts(admin: Page): Promise<{ id: number; username: string }[]> {
  const all = (await (await admin.request.get('/api/lockouts')).json()) as { id: number; username: string }[]
  return all.filter(({ username }) => username === SHUT_OUT)
}
