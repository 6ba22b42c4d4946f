import { z } from 'zod'
import { sentText } from '../../base/sent-text.ts'
import { type Endpoint, id, page, paging } from '../rights/endpoint.ts'
import { editedUser, newUser, role, userListItem } from '../rights/rights.ts'
import {
  ACCOUNT_STATES,
  account,
  accountImport,
  apiToken,
  factorCode,
  lockout,
  newToken,
  password,
  profile,
  secondFactorState,
  session,
  signInPolicy,
} from './accounts.ts'

const sessionId = z.object({ sessionId: z.string().max(64) })
const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })
const proof = z.object({ password, code: factorCode })

/** The own account: second factor, sessions, tokens. */
const own = {
  secondFactor: {
    method: 'GET',
    path: '/api/session/second-factor',
    summary: 'Whether the own account has a second factor',
    needs: 'person',
    output: secondFactorState,
  },
  startSecondFactor: {
    method: 'POST',
    path: '/api/session/second-factor',
    summary: 'Get a secret for an authenticator; it counts once a code confirms it',
    needs: 'person',
    body: z.object({ password }),
    output: z.object({ secret: z.string(), uri: z.string(), qr: z.string().describe('SVG') }),
  },
  confirmSecondFactor: {
    method: 'POST',
    path: '/api/session/second-factor/confirm',
    summary: 'Switch the second factor on by a first code; recovery codes are shown this once',
    needs: 'person',
    body: z.object({ code: factorCode }),
    output: recoveryCodes,
  },
  newRecoveryCodes: {
    method: 'POST',
    path: '/api/session/second-factor/recovery',
    summary: 'Get other recovery codes, shown this once; those before are void',
    needs: 'person',
    body: proof,
    output: recoveryCodes,
  },
  disableSecondFactor: {
    method: 'POST',
    path: '/api/session/second-factor/disable',
    summary: 'Switch the second factor off',
    needs: 'person',
    body: proof,
  },
  profile: {
    method: 'GET',
    path: '/api/session/profile',
    summary: 'How one is reached, and the language of the own notices',
    needs: 'person',
    output: profile,
  },
  setProfile: {
    method: 'POST',
    path: '/api/session/profile',
    summary: 'Say how one is reached, and in which language notices come',
    needs: 'person',
    body: profile,
    output: profile,
  },
  sessions: {
    method: 'GET',
    path: '/api/sessions',
    summary: 'Where one is signed in',
    needs: 'person',
    output: z.array(session),
  },
  endSession: {
    method: 'DELETE',
    path: '/api/sessions/:sessionId',
    summary: 'Sign out one of the own sessions',
    needs: 'person',
    params: sessionId,
  },
  endOtherSessions: {
    method: 'DELETE',
    path: '/api/sessions',
    summary: 'Sign out everywhere but here',
    needs: 'person',
    output: z.object({ ended: z.int() }),
  },
  tokens: {
    method: 'GET',
    path: '/api/tokens',
    summary: 'The own API tokens',
    needs: 'person',
    output: z.array(apiToken),
  },
  createToken: {
    method: 'POST',
    path: '/api/tokens',
    summary: 'Make an API token, shown this once; it never reaches further than its person',
    needs: 'person',
    body: newToken,
    output: z.object({ token: apiToken, key: z.string() }),
  },
  revokeToken: {
    method: 'DELETE',
    path: '/api/tokens/:id',
    summary: 'Revoke one of the own tokens',
    needs: 'person',
    params: id,
  },
} as const satisfies Record<string, Endpoint>

/** An administrator manages all accounts, a district those of its own people. */
export const MANAGES_ACCOUNTS = ['user.manage', 'user.district'] as const

/** Other people's accounts. */
const administered = {
  accounts: {
    method: 'GET',
    path: '/api/accounts',
    summary: 'Accounts, by username',
    needs: MANAGES_ACCOUNTS,
    query: z.object({
      q: sentText.max(100).optional(),
      role: role.optional(),
      state: z.enum(ACCOUNT_STATES).optional(),
      ...paging,
    }),
    output: page(account),
  },
  importAccounts: {
    method: 'POST',
    path: '/api/accounts/import',
    summary:
      'Make and change accounts by a sheet (CSV or XLSX), all or none; dryRun=true tells what would come of it',
    needs: MANAGES_ACCOUNTS,
    query: z.object({ dryRun: z.enum(['true', 'false']).optional() }),
    takes: 'application/octet-stream',
    output: accountImport,
    cost: 20,
  },
  editUser: {
    method: 'POST',
    path: '/api/users/:id',
    summary: 'Change name, role and scope; open connections follow at once',
    needs: MANAGES_ACCOUNTS,
    params: id,
    body: editedUser,
    output: userListItem,
  },
  enableUser: {
    method: 'POST',
    path: '/api/users/:id/enable',
    summary: 'Let somebody who was disabled in again, with the password of before',
    needs: MANAGES_ACCOUNTS,
    params: id,
  },
  resetSecondFactor: {
    method: 'DELETE',
    path: '/api/users/:id/second-factor',
    summary: 'Switch off the second factor of somebody who has lost it',
    needs: 'user.manage',
    params: id,
  },
  unlinkProvider: {
    method: 'DELETE',
    path: '/api/users/:id/provider',
    summary: 'Forget who somebody is at the sign-in provider; the next sign-in by it ties them anew',
    needs: 'user.manage',
    params: id,
  },
  userSessions: {
    method: 'GET',
    path: '/api/users/:id/sessions',
    summary: 'Where somebody is signed in',
    needs: 'user.manage',
    params: id,
    output: z.array(session),
  },
  endUserSession: {
    method: 'DELETE',
    path: '/api/users/:id/sessions/:sessionId',
    summary: 'Sign out one session of somebody',
    needs: 'user.manage',
    params: id.extend(sessionId.shape),
  },
  endUserSessions: {
    method: 'DELETE',
    path: '/api/users/:id/sessions',
    summary: 'Sign somebody out everywhere',
    needs: 'user.manage',
    params: id,
    output: z.object({ ended: z.int() }),
  },
  userTokens: {
    method: 'GET',
    path: '/api/users/:id/tokens',
    summary: 'The API tokens of somebody',
    needs: 'user.manage',
    params: id,
    output: z.array(apiToken),
  },
  revokeUserToken: {
    method: 'DELETE',
    path: '/api/users/:id/tokens/:tokenId',
    summary: 'Revoke a token of somebody',
    needs: 'user.manage',
    params: id.extend({ tokenId: id.shape.id }),
  },
  lockouts: {
    method: 'GET',
    path: '/api/lockouts',
    summary: 'Who is shut out for too many failed sign-ins, and until when',
    needs: 'user.manage',
    output: z.array(lockout),
  },
  liftLockout: {
    method: 'DELETE',
    path: '/api/lockouts/:id',
    summary: 'Let a name or network that is shut out try again',
    needs: 'user.manage',
    params: id,
  },
  signInPolicy: {
    method: 'GET',
    path: '/api/sign-in-policy',
    summary: 'Which roles must have a second factor',
    needs: 'user.manage',
    output: signInPolicy,
  },
  setSignInPolicy: {
    method: 'POST',
    path: '/api/sign-in-policy',
    summary: 'Say which roles must have a second factor',
    needs: 'user.manage',
    body: signInPolicy,
    output: signInPolicy,
  },
} as const satisfies Record<string, Endpoint>

export const accountEndpoints = {
  users: {
    method: 'GET',
    path: '/api/users',
    summary: 'People, or those who can be given work in a district',
    needs: 'signedIn',
    query: z.object({
      q: sentText.max(100).optional(),
      assignable: z.enum(['true', 'false']).optional(),
      district: z.string().optional(),
    }),
    output: z.array(userListItem),
  },
  createUser: {
    method: 'POST',
    path: '/api/users',
    summary: 'Make an account; its first password is shown this once',
    needs: MANAGES_ACCOUNTS,
    cost: 10,
    body: newUser,
    output: z.object({ user: userListItem, password: z.string() }),
  },
  resetPassword: {
    method: 'POST',
    path: '/api/users/:id/password',
    summary: 'Give somebody a new first password, also to somebody who was disabled',
    needs: MANAGES_ACCOUNTS,
    params: id,
    output: z.object({ password: z.string() }),
  },
  disableUser: {
    method: 'DELETE',
    path: '/api/users/:id',
    summary: 'Disable an account and sign it out; what the person did stays',
    needs: MANAGES_ACCOUNTS,
    params: id,
  },
  ...own,
  ...administered,
} as const
