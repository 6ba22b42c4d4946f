import { z } from 'zod'
import { sentText } from '../../base/sent-text.ts'
import { waysIfGiven } from '../../base/ways.ts'
import { MAX_MORE_PLACES, ROLES } from './rights-rules.ts'

export * from './rights-rules.ts'

export const role = z.enum(ROLES)
export type Role = z.infer<typeof role>
const moreDistricts = z.array(z.string()).max(MAX_MORE_PLACES).optional()
const moreUnitIds = z.array(z.int()).max(MAX_MORE_PLACES).optional()

/**
 * The part of the city that a person sees and acts on. `more` are the places besides the first, of those who have
 * several: read it by `districtsOf` and `unitIdsOf`, which have all of them.
 */
export const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('city') }),
  z.object({ kind: z.literal('district'), district: z.string(), more: moreDistricts }),
  z.object({ kind: z.literal('unit'), unitId: z.int(), more: moreUnitIds }),
])
export type Scope = z.infer<typeof scope>

/** Who is signed in. `id` 0 is a wall link, which is nobody in particular. */
export const user = z.object({
  id: z.int(),
  username: z.string(),
  name: z.string(),
  role,
  scope,
  mustChangePassword: z.boolean(),
  /** The role needs a second factor, and there is none yet. */
  mustEnrolSecondFactor: z.boolean(),
  /** How one came in. A token that is read-only may look, and change nothing. */
  access: z.enum(['session', 'token', 'readOnlyToken', 'wallLink']),
  /** Rooms that cover the whole scope of this user, for `subscribe`. */
  rooms: z.array(z.string()),
})
export type User = z.infer<typeof user>

export const userListItem = z.object({ id: z.int(), name: z.string(), role, scope })
export type UserListItem = z.infer<typeof userListItem>

const username = sentText.toLowerCase().regex(/^[a-z0-9][a-z0-9._-]{1,49}$/)
const about = z.object({
  name: sentText.min(1).max(50),
  role,
  district: z.string().optional(),
  unitId: z.int().optional(),
  /** Besides the first. */
  moreDistricts,
  moreUnitIds,
  /** How the person is reached; what is left out stays as it is. */
  ...waysIfGiven,
})

/** District offices and units need to be told which; who runs or watches the city has all of it. */
function withFittingScope<T extends z.ZodType<z.infer<typeof about>>>(schema: T): T {
  return schema
    .refine((user) => user.role !== 'district' || user.district !== undefined, {
      path: ['district'],
      message: 'a district office needs its district',
    })
    .refine((user) => user.role !== 'unit' || user.unitId !== undefined, {
      path: ['unitId'],
      message: 'a unit needs its number',
    })
    .refine(
      (user) =>
        (user.district === undefined || user.role === 'district' || user.role === 'viewer') &&
        (user.unitId === undefined || user.role === 'unit' || user.role === 'viewer') &&
        (user.district === undefined || user.unitId === undefined),
      { path: ['role'], message: 'this role is not limited to that district or unit' },
    )
    .refine(
      (user) =>
        (user.district !== undefined || !user.moreDistricts?.length) &&
        (user.unitId !== undefined || !user.moreUnitIds?.length),
      { path: ['role'], message: 'further places need a first one' },
    )
}

export const newUser = withFittingScope(about.extend({ username }))
export type NewUser = z.infer<typeof newUser>
/** What an administrator may change; the username stays, for the audit names it. */
export const editedUser = withFittingScope(about)
export type EditedUser = z.infer<typeof editedUser>
