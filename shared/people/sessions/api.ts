import { z } from 'zod'
import { factorCode, password } from '../accounts/accounts.ts'
import type { Endpoint } from '../rights/endpoint.ts'
import { role, user } from '../rights/rights.ts'

/** Signing in and out. */
export const sessionEndpoints = {
  signIn: {
    method: 'POST',
    path: '/api/session',
    summary: 'Sign in by password, or by the key of a wall link',
    needs: 'open',
    cost: 20,
    body: z.union([
      z.object({
        username: z.string().min(1).max(100),
        password,
        /** The second factor, of those who have one: without it the answer is `second_factor`. */
        code: factorCode.optional(),
      }),
      z.object({ wallKey: z.string().min(1).max(200) }),
    ]),
    output: user,
  },
  session: {
    method: 'GET',
    path: '/api/session',
    summary: 'Who is signed in',
    needs: 'wall',
    output: user,
  },
  demoSignIns: {
    method: 'GET',
    path: '/api/session/demo',
    summary: 'The sign-ins of the demo; none where a real register is loaded',
    needs: 'open',
    output: z.array(z.object({ username: z.string(), name: z.string(), role, password: z.string() })),
  },
  signInOptions: {
    method: 'GET',
    path: '/api/session/options',
    summary: 'What the sign-in page offers besides a password',
    needs: 'open',
    output: z.object({ provider: z.object({ label: z.string() }).nullable() }),
  },
  startProvider: {
    method: 'GET',
    path: '/api/session/provider',
    summary: 'Go to the sign-in provider (OpenID Connect); for browsers',
    needs: 'open',
    query: z.object({ next: z.string().max(2000).optional() }),
    output: z.string(),
    media: 'text/html',
  },
  returnFromProvider: {
    method: 'GET',
    path: '/api/session/provider/return',
    summary: 'Where the sign-in provider sends the browser back to',
    needs: 'open',
    output: z.string(),
    media: 'text/html',
  },
  signOut: {
    method: 'DELETE',
    path: '/api/session',
    summary: 'Sign out',
    needs: 'wall',
    /** Where to end the session at the sign-in provider too. */
    output: z.object({ leaveAt: z.string().nullable() }),
  },
  changePassword: {
    method: 'POST',
    path: '/api/session/password',
    summary: 'Change the own password; other sessions end, and API tokens unless they are kept',
    needs: 'person',
    body: z.object({
      current: password,
      next: password,
      /** Else the own API tokens end, as the other sessions do. */
      keepTokens: z.boolean().default(false),
    }),
  },
} as const satisfies Record<string, Endpoint>
